"""What a change lets whom do, and what it takes away, of every policy document in it, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tms_policies.documents.document_properties import CARRIERS
from tms_policies.documents.parse import Statement, parse
from toolkit.engine.changes import ResourceChange
from toolkit.engine.preview import Preview
from toolkit.engine.values import CONCEALED, has_unknown


@dataclass(frozen=True, slots=True)
class Permission:
    """One thing that one statement says.

    Attributes:
        principal: The principal, or what the document is attached to.
        verb: `may`, or `must not` for a denial.
        action: The action, or `all but ...`.
        resource: The resource, or `all but ...`; empty in a trust policy.
        when: The conditions, in words.
    """

    principal: str
    verb: str
    action: str
    resource: str
    when: str

    def __str__(self) -> str:
        """Return it in one sentence."""
        target = f" on `{self.resource}`" if self.resource else ""
        return f"{self.principal} {self.verb} `{self.action}`{target}{self.when}"


@dataclass(frozen=True, slots=True)
class PolicyDocumentChange:
    """Permissions that one document gains and loses.

    Attributes:
        change: The resource that carries it.
        gained: Permissions that are new.
        removed: Permissions that go.
        unknown: Whether the new document is not known before the update.
    """

    change: ResourceChange
    gained: tuple[Permission, ...]
    removed: tuple[Permission, ...]
    unknown: bool = False


def permission_changes(preview: Preview) -> tuple[PolicyDocumentChange, ...]:
    """Return what each changed policy document gains and loses."""
    return tuple(shift for change in preview.changes for shift in _of(change))


def _of(change: ResourceChange) -> Iterator[PolicyDocumentChange]:
    if change.action == "same":
        return
    for name in CARRIERS.get(change.type, ()):
        before, _ = _permissions(change, change.before(name))
        after, unknown = _permissions(change, change.after(name))
        if before != after or unknown:
            gained = tuple(permission for permission in after if permission not in before)
            removed = tuple(permission for permission in before if permission not in after)
            yield PolicyDocumentChange(change, gained, removed, unknown)


def _permissions(change: ResourceChange, text: Any) -> tuple[tuple[Permission, ...], bool]:  # noqa: ANN401 - a property's value
    """Return the permissions of a document, and whether it is unknown, as a secret one is."""
    if text is None:
        return (), False
    if text == CONCEALED or has_unknown(text):
        return (), True
    permissions = (right for statement in parse(text).statements for right in _said(change, statement))
    return tuple(dict.fromkeys(permissions)), False


def _said(change: ResourceChange, statement: Statement) -> Iterator[Permission]:
    verb = "may" if statement.allows else "must not"
    when = _conditions(statement)
    for principal in _principals(change, statement):
        for action in _values(statement, "action"):
            for target in _values(statement, "resource") or [""]:
                yield Permission(principal, verb, action, target, when)


def _values(statement: Statement, element: str) -> list[str]:
    excluded = statement.texts(f"not{element}")
    return [f"all but {', '.join(excluded)}"] if excluded else statement.texts(element)


def _principals(change: ResourceChange, statement: Statement) -> list[str]:
    """Return who is meant; a document without principals speaks of what it is attached to."""
    principals = statement.elements.get("principal")
    if principals is None and "notprincipal" not in statement.elements:
        role = change.after("role") or change.before("role")
        return [f"`{role}`" if isinstance(role, str) else f"`{change.name}`"]
    if isinstance(principals, dict):
        values = [
            principal
            for value in principals.values()
            for principal in (value if isinstance(value, list) else [value])
        ]
        return [f"`{principal}`" for principal in values]
    return ["everybody"] if principals is not None else ["everybody but some"]


def _conditions(statement: Statement) -> str:
    condition = statement.elements.get("condition")
    if not isinstance(condition, dict) or not condition:
        return ""
    tests = [
        f"{key} {operator} {' or '.join(map(str, value)) if isinstance(value, list) else value}"
        for operator, keys in condition.items()
        if isinstance(keys, dict)
        for key, value in keys.items()
    ]
    return f", if {' and '.join(tests)}"
