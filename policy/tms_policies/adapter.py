"""Between the policy SDK and the rules: rules in as the SDK's policies, violations out.

A rule that fails is itself a violation: the engine would say only that something failed, and not which rule.
"""

import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, cast

from pulumi_policy import (
    EnforcementLevel,
    Policy,
    PolicyComplianceFramework,
    PolicyConfigSchema,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    Severity,
    StackValidationArgs,
    StackValidationPolicy,
)

from tms_policies.model import Finding, ResourceCheck, Rule, StackCheck
from tms_policies.session import Session
from tms_policies.values import token_of

_CONTROLS = 4
"""How many controls a message names; the rule's page has all."""


def _findings(rule: Rule, call: Callable[[], Iterable[Finding]]) -> Iterable[Finding]:
    """Run a rule; a failure of its own becomes a finding that names the rule and the place, never values."""
    results: list[Finding] = []
    try:
        results.extend(call())
    except Exception as error:  # noqa: BLE001 - any failure must be a violation, else the engine names no rule
        frame = traceback.extract_tb(error.__traceback__)[-1]
        line = f"{Path(frame.filename).name}:{frame.lineno}"
        results.append(
            Finding(
                f"the rule {rule.id} itself failed ({type(error).__name__} at {line}), so nothing is proven",
                "report this with the resource's declaration; until it is mended the resource does not pass",
            )
        )
    return results


def text_of(rule: Rule, finding: Finding) -> str:
    """Return a message: what is wrong and why, the line to write, the rule's page and its controls."""
    extra = ", ..." if len(rule.controls) > _CONTROLS else ""
    controls = f" ({', '.join(rule.controls[:_CONTROLS])}{extra})" if rule.controls else ""
    return f"{finding.message}. Write: {finding.remedy}. See {rule.page}{controls}"


def _validate_resource(
    rule: Rule, session: Session
) -> Callable[[ResourceValidationArgs, ReportViolation], None]:
    check = cast("ResourceCheck", rule.check)

    def validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
        if not rule.concerns(token_of(args.resource_type)):
            return
        settings = rule.configured(args.get_config())
        for finding in _findings(rule, lambda: check(session.resource, settings)):
            report(text_of(rule, finding), None)

    return validate


def _validate_stack(rule: Rule, session: Session) -> Callable[[StackValidationArgs, ReportViolation], None]:
    check = cast("StackCheck", rule.check)

    def validate(args: StackValidationArgs, report: ReportViolation) -> None:
        settings = rule.configured(args.get_config())
        for finding in _findings(rule, lambda: check(session.stack, settings)):
            report(text_of(rule, finding), finding.urn or None)

    return validate


def registered(rule: Rule, session: Session) -> Policy:
    """Return a rule as the SDK's policy object; all rules of a pack share one session."""
    kind = ResourceValidationPolicy if rule.scope == "resource" else StackValidationPolicy
    validate = (
        _validate_resource(rule, session) if rule.scope == "resource" else _validate_stack(rule, session)
    )
    return kind(
        name=rule.id,
        description=rule.what,
        validate=cast("Any", validate),
        enforcement_level=EnforcementLevel(rule.level),
        severity=Severity(rule.severity),
        framework=PolicyComplianceFramework(
            name="trade-matching baseline", reference=", ".join(rule.controls)
        ),
        tags=list(rule.controls),
        remediation_steps=rule.remedy,
        config_schema=PolicyConfigSchema(
            properties={name: dict(item) for name, item in rule.settings.items()}
        )
        if rule.settings
        else None,
    )
