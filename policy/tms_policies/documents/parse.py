"""From a policy's JSON text, or an object of the same form, to statements; loose spellings are read.

Grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html. AWS takes one
statement instead of a list, one string instead of a list, and some services any case of element names, so
all of these are read; what no service accepts is an error of the document.
"""

import json
from dataclasses import dataclass, field, replace
from typing import Any

from tms_policies.model import Secret, Unknown
from tms_policies.values import items, marked, shown

_ELEMENTS = frozenset(
    [
        "sid",
        "effect",
        "principal",
        "notprincipal",
        "action",
        "notaction",
        "resource",
        "notresource",
        "condition",
    ],
)


@dataclass(frozen=True)
class Statement:
    """One statement.

    Attributes:
        label: How a message names it: its Sid, else its index.
        allows: Whether it grants; anything but Deny counts as granting.
        elements: Its elements by lower-case name.
    """

    label: str
    allows: bool
    elements: dict[str, Any]

    def listed(self, element: str) -> list[Any]:
        """Return an element's values: strings, `Unknown`, or whatever a wrong document holds."""
        return items(self.elements.get(element))

    def texts(self, element: str) -> list[str]:
        """Return an element's values that are text."""
        return [item for item in self.listed(element) if isinstance(item, str)]

    def unknown(self, element: str) -> Unknown | None:
        """Return the first value of an element that is not known."""
        return next((item for item in self.listed(element) if isinstance(item, Unknown)), None)


@dataclass(frozen=True)
class Document:
    """A policy document.

    Attributes:
        statements: In order.
        errors: What makes it invalid, each with its place.
        unknown: Set when nothing of it, or not all its statements, is known.
        version: Of the policy language; a document without one has the older.
    """

    statements: tuple[Statement, ...] = ()
    errors: tuple[str, ...] = ()
    unknown: Unknown | None = None
    version: str | Unknown = "2008-10-17"


@dataclass
class _Reading:
    """What is gathered while a document is read."""

    statements: list[Statement] = field(default_factory=list[Statement])
    errors: list[str] = field(default_factory=list[str])
    unknown: Unknown | None = None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object of pairs, refusing a key given twice: readers disagree on which one counts."""
    bag = dict(pairs)
    if len(bag) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return bag


def loaded(value: object) -> Any:  # noqa: ANN401 - JSON holds anything
    """Read JSON text; what is not text is given back.

    Raises:
        ValueError: If it is not JSON, is nested too deeply, or has a key twice in one object.
    """
    if not isinstance(value, str):
        return value
    try:
        result = json.loads(value, object_pairs_hook=_unique)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON (line {error.lineno}, column {error.colno})") from error
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return marked(result) if isinstance(value, Secret) else result


def _folded(bag: dict[str, Any]) -> dict[str, Any]:
    """Return an object with its keys in lower case; a secret's keys stay secret."""
    return {
        (Secret if isinstance(key, Secret) else str)(str(key).lower()): value for key, value in bag.items()
    }


def _statement(index: int, value: dict[str, Any], reading: _Reading) -> Statement:
    """Read one statement and note what is wrong with it."""
    elements = _folded(value)
    sid, effect = elements.get("sid"), elements.get("effect")
    label = f"statement {shown(sid)}" if isinstance(sid, str) and sid else f"statement {index}"
    if effect not in ("Allow", "Deny") and not isinstance(effect, Unknown):
        reading.errors.append(f'{label} needs "Effect": "Allow" or "Deny"')
    for name in sorted(elements.keys() - _ELEMENTS):
        reading.errors.append(f"{label} has the unknown element {shown(name)}")
    if not elements.keys() & {"action", "notaction"}:
        reading.errors.append(f"{label} has no Action")
    for name in ("action", "notaction", "resource", "notresource"):
        result = items(elements.get(name, "-"))
        if not result or any(not isinstance(item, (str, Unknown)) for item in result):
            reading.errors.append(f"{label} has a {name.capitalize()} that is not text or a list of texts")
    denies = isinstance(effect, str) and effect.lower() == "deny"
    return Statement(label, not denies, elements)


def parse(value: object) -> Document:
    """Read a policy document.

    Args:
        value: JSON text, an object, or `Unknown`.
    """
    if isinstance(value, Unknown):
        return Document(unknown=value)
    try:
        bag = loaded(value)
    except ValueError as error:
        return Document(errors=(str(error),))
    if not isinstance(bag, dict):
        return Document(errors=("not a JSON object",))
    folded = _folded(bag)
    result, version = folded.get("statement"), folded.get("version", Document.version)
    if isinstance(result, Unknown):
        return Document(unknown=result)
    return replace(_read(items(result)), version=version if isinstance(version, Unknown) else str(version))


def _read(result: list[Any]) -> Document:
    """Read the statements of a document."""
    reading = _Reading(errors=[] if result else ["it has no Statement"])
    for index, item in enumerate(result):
        if isinstance(item, dict):
            reading.statements.append(_statement(index, item, reading))
        elif isinstance(item, Unknown):
            reading.unknown = item
        else:
            reading.errors.append(f"statement {index} is not an object")
    return Document(tuple(reading.statements), tuple(reading.errors), reading.unknown)
