"""The decorator that makes a rule of a check, and the rules that were made with it."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, TypeVar

from tms_policies.controls import controls_of
from tms_policies.model import ResourceCheck, Rule, Severity, StackCheck

Check = TypeVar("Check", bound=ResourceCheck | StackCheck)
_REGISTERED: dict[str, Rule] = {}


def rule(
    identifier: str,
    *,
    severity: Severity,
    remedy: str,
    why: str,
    types: Sequence[str] = (),
    reads: Sequence[str] = (),
    settings: Mapping[str, Mapping[str, Any]] | None = None,
    scope: Literal["resource", "stack"] = "resource",
) -> Callable[[Check], Check]:
    """Register the decorated check as a rule; the first paragraph of its docstring is what must hold.

    Args:
        identifier: `<service>-<resource>-<subject>`, unique in the pack; `data/controls.json` names the
            controls that the rule implements by it.
        severity: `low` warns unless configured otherwise, any other stops the preview.
        remedy: How to satisfy the rule, as a sentence.
        why: What goes wrong otherwise, with the page of AWS that says so.
        types: Type tokens that the rule is about; none means every `aws:*` type.
        reads: Properties that decide the finding, so that `ignore_changes` must not hide them.
        settings: JSON schema of each setting, with its default.
        scope: `resource` passes the check one resource, `stack` passes it the whole stack.

    Raises:
        ValueError: Two rules have one id, or the check has no docstring.
    """

    def register(check: Check) -> Check:
        sentence = " ".join((inspect.getdoc(check) or "").partition("\n\n")[0].split())
        if not sentence:
            raise ValueError(f"the check of {identifier} has no docstring that says what must hold")
        if identifier in _REGISTERED:
            raise ValueError(f"two rules have the id {identifier}")
        _REGISTERED[identifier] = Rule(
            id=identifier,
            severity=severity,
            controls=controls_of(identifier),
            what=sentence,
            remedy=remedy,
            types=tuple(types),
            check=check,
            reads=tuple(reads),
            settings=settings or {},
            scope=scope,
            why=why,
        )
        return check

    return register


def registered_rules() -> tuple[Rule, ...]:
    """Return every rule registered so far, ordered by id."""
    return tuple(_REGISTERED[identifier] for identifier in sorted(_REGISTERED))
