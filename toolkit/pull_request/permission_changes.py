"""What a change lets whom do, and what it takes away, of every policy document in it, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tms_policies.documents.document_properties import CARRIERS
from tms_policies.documents.parse import Statement, parse
from toolkit.engine.preview import Preview, ResourceChange
from toolkit.engine.values import CONCEALED, has_unknown


@dataclass(frozen=True, slots=True)
class Right:
    """One thing that one statement says.

    Attributes:
        who: The principal, or what the document is attached to.
        verb: `may`, or `must not` for a denial.
        action: The action, or `all but ...`.
        what: The resource, or `all but ...`; empty in a trust policy.
        when: The conditions, in words.
    """

    who: str
    verb: str
    action: str
    what: str
    when: str

    def __str__(self) -> str:
        """Say it in one sentence."""
        what = f" on `{self.what}`" if self.what else ""
        return f"{self.who} {self.verb} `{self.action}`{what}{self.when}"


@dataclass(frozen=True, slots=True)
class Shift:
    """Rights that one document gains and loses.

    Attributes:
        change: The resource that carries it.
        gained: Rights that are new.
        lost: Rights that go.
        unknown: Whether the new document is not known before the update.
    """

    change: ResourceChange
    gained: tuple[Right, ...]
    lost: tuple[Right, ...]
    unknown: bool = False


def shifts(preview: Preview) -> tuple[Shift, ...]:
    """Give what each changed policy document gains and loses."""
    return tuple(found for change in preview.changes for found in _of(change))


def _of(change: ResourceChange) -> Iterator[Shift]:
    if change.action == "same":
        return
    for name in CARRIERS.get(change.type, ()):
        before, _ = _rights(change, change.before(name))
        after, unknown = _rights(change, change.after(name))
        if before != after or unknown:
            gained = tuple(one for one in after if one not in before)
            lost = tuple(one for one in before if one not in after)
            yield Shift(change, gained, lost, unknown)


def _rights(change: ResourceChange, text: Any) -> tuple[tuple[Right, ...], bool]:  # noqa: ANN401 - a property's value
    """Give the rights of a document, and whether it is unknown, as a secret one is."""
    if text is None:
        return (), False
    if text == CONCEALED or has_unknown(text):
        return (), True
    found = (right for one in parse(text).statements for right in _said(change, one))
    return tuple(dict.fromkeys(found)), False


def _said(change: ResourceChange, statement: Statement) -> Iterator[Right]:
    verb = "may" if statement.allows else "must not"
    when = _conditions(statement)
    for who in _principals(change, statement):
        for action in _values(statement, "action"):
            for what in _values(statement, "resource") or [""]:
                yield Right(who, verb, action, what, when)


def _values(statement: Statement, element: str) -> list[str]:
    others = statement.texts(f"not{element}")
    return [f"all but {', '.join(others)}"] if others else statement.texts(element)


def _principals(change: ResourceChange, statement: Statement) -> list[str]:
    """Give who is meant; a document without principals speaks of what it is attached to."""
    given = statement.elements.get("principal")
    if given is None and "notprincipal" not in statement.elements:
        role = change.after("role") or change.before("role")
        return [f"`{role}`" if isinstance(role, str) else f"`{change.name}`"]
    if isinstance(given, dict):
        values = [one for value in given.values() for one in (value if isinstance(value, list) else [value])]
        return [f"`{one}`" for one in values]
    return ["everybody"] if given is not None else ["everybody but some"]


def _conditions(statement: Statement) -> str:
    given = statement.elements.get("condition")
    if not isinstance(given, dict) or not given:
        return ""
    tests = [
        f"{key} {operator} {' or '.join(map(str, value)) if isinstance(value, list) else value}"
        for operator, keys in given.items()
        if isinstance(keys, dict)
        for key, value in keys.items()
    ]
    return f", if {' and '.join(tests)}"
