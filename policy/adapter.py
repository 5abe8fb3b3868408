"""Between the policy SDK and the rules: plain resources in, violations out.

The SDK's proxies raise on a value that is not known yet, and the SDK then turns a mandatory rule into an
advisory line. So rules never meet a proxy: properties are unwrapped first, unknowns become `Unknown`, and
a rule that fails is itself a violation.
"""

import json
import re
import threading
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, cast

from pulumi_policy import (
    EnforcementLevel,
    Policy,
    PolicyComplianceFramework,
    PolicyConfigSchema,
    PolicyResource,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    Severity,
    StackValidationArgs,
    StackValidationPolicy,
)
from pulumi_policy import proxy as sdk
from pulumi_policy.deserialize import serialize_properties

from policy.model import Bag, Finding, Resource, ResourceCheck, Rule, Stack, StackCheck, Unknown

_SENTINELS = frozenset(value for name, value in vars(sdk).items() if name.startswith("UNKNOWN_"))
_FOLDED = re.compile(r"^aws:s3/(\w+)V2:(\w+)V2$")


class _Last(threading.local):
    """What this thread unwrapped last: the SDK asks each policy in turn, in one thread, about one request."""

    resource: tuple[object, Resource] | None = None
    stack: tuple[list[object], Stack] | None = None


_last = _Last()


def plain(value: Any, path: str = "") -> Any:  # noqa: ANN401 - a property bag holds anything
    """Give a value without proxies: unknowns as `Unknown`, whole floats as int."""
    if isinstance(value, str):
        return Unknown(path) if value in _SENTINELS else value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, list):
        return [plain(one, f"{path}[{index}]") for index, one in enumerate(cast("list[Any]", value))]
    if isinstance(value, dict):
        bag = cast("dict[str, Any]", value)
        return {key: plain(one, f"{path}.{key}" if path else key) for key, one in bag.items()}
    return value


def _default_tags(provider: object) -> Bag | Unknown:
    """Give the provider's default tags; the engine sends nested provider settings as JSON text."""
    props = plain(serialize_properties(getattr(provider, "props", None) or {}))
    given = props.get("defaultTags")
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError:
            return {}
    if isinstance(given, Unknown):
        return given
    tags = given.get("tags") if isinstance(given, dict) else None
    return tags if isinstance(tags, (dict, Unknown)) else {}


def _resource(source: ResourceValidationArgs | PolicyResource) -> Resource:
    """Unwrap what the SDK gives for one resource."""
    given: dict[str, list[PolicyResource]] | None = getattr(source, "property_dependencies", None)
    props = plain(serialize_properties(source.props))
    if (
        given is not None
    ):  # of a stack's resource the SDK gives outputs, with unknowns for all that was left out
        props = {key: one for key, one in props.items() if not isinstance(one, Unknown) or given.get(key)}
    return Resource(
        type=_FOLDED.sub(r"aws:s3/\1:\2", source.resource_type),
        name=source.name,
        urn=source.urn,
        props=props,
        protect=bool(source.opts.protect),
        ignore_changes=tuple(source.opts.ignore_changes or ()),
        default_tags=_default_tags(source.provider),
        dependencies={name: tuple(one.urn for one in found) for name, found in (given or {}).items()},
    )


def _mark(source: ResourceValidationArgs | PolicyResource) -> object:
    """Give an object that only calls for the same request share: a container inside the request's message.

    Holding it keeps it from being made anew, so identity means the same request and nothing else.
    """
    return source.opts.ignore_changes


def resource_of(args: ResourceValidationArgs) -> Resource:
    """Give the resource of a call, unwrapped once per request."""
    mark, last = _mark(args), _last.resource
    if last is None or last[0] is not mark or last[1].urn != args.urn:
        last = (mark, _resource(args))
        _last.resource = last
    return last[1]


def stack_of(args: StackValidationArgs) -> Stack:
    """Give the stack of a call, unwrapped once per request."""
    marks, last = [_mark(one) for one in args.resources], _last.stack
    if (
        last is None
        or len(last[0]) != len(marks)
        or any(a is not b for a, b in zip(last[0], marks, strict=True))
    ):
        last = (marks, Stack(tuple(_resource(one) for one in args.resources)))
        _last.stack = last
    return last[1]


def _findings(rule: Rule, call: Callable[[], Iterable[Finding]]) -> Iterable[Finding]:
    """Run a rule; a failure of its own becomes a finding that names the rule and the place, never values."""
    found: list[Finding] = []
    try:
        found.extend(call())
    except Exception as error:  # noqa: BLE001 - any failure must be a violation, else the engine names no rule
        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(frame.filename).name}:{frame.lineno}"
        found.append(
            Finding(
                f"the rule {rule.id} itself failed ({type(error).__name__} at {place}), so nothing is proven",
                "report this with the resource's declaration; until it is mended the resource does not pass",
            )
        )
    return found


def _text(finding: Finding) -> str:
    return f"{finding.message}. Write: {finding.remedy}"


def _validate_resource(rule: Rule) -> Callable[[ResourceValidationArgs, ReportViolation], None]:
    check = cast("ResourceCheck", rule.check)

    def validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
        if not rule.concerns(_FOLDED.sub(r"aws:s3/\1:\2", args.resource_type)):
            return
        settings = rule.configured(args.get_config())
        for finding in _findings(rule, lambda: check(resource_of(args), settings)):
            report(_text(finding), None)

    return validate


def _validate_stack(rule: Rule) -> Callable[[StackValidationArgs, ReportViolation], None]:
    check = cast("StackCheck", rule.check)

    def validate(args: StackValidationArgs, report: ReportViolation) -> None:
        settings = rule.configured(args.get_config())
        for finding in _findings(rule, lambda: check(stack_of(args), settings)):
            report(_text(finding), finding.urn or None)

    return validate


def registered(rule: Rule) -> Policy:
    """Give a rule as the SDK's policy object."""
    kind = ResourceValidationPolicy if rule.scope == "resource" else StackValidationPolicy
    validate = _validate_resource(rule) if rule.scope == "resource" else _validate_stack(rule)
    return kind(
        name=rule.id,
        description=rule.what,
        validate=cast("Any", validate),
        enforcement_level=EnforcementLevel.MANDATORY,
        severity=Severity(rule.severity),
        framework=PolicyComplianceFramework(
            name="trade-matching baseline", reference=", ".join(rule.controls)
        ),
        tags=list(rule.controls),
        remediation_steps=rule.remedy,
        config_schema=PolicyConfigSchema(properties={name: dict(one) for name, one in rule.settings.items()})
        if rule.settings
        else None,
    )
