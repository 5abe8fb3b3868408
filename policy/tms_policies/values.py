"""Reading property bags that may miss anything, spell things loosely, or hold values not known yet."""

import math
import re
from collections.abc import Iterator
from typing import Any

from tms_policies.model import Finding, Secret, Unknown

_SECRET = re.compile(
    r"pass(word|wd)|secret|token|credential|private.?key|api.?key|AKIA[0-9A-Z]{12}", re.IGNORECASE
)
_SHOWN = 90
_FOLDED = re.compile(r"^aws:s3/(\w+)V2:(\w+)V2$")


def token_of(spelled: str) -> str:
    """Return a type token with the `V2` spellings of S3 folded."""
    return _FOLDED.sub(r"aws:s3/\1:\2", spelled)


def look(value: Any, *keys: str) -> Any:  # noqa: ANN401 - a property bag holds anything
    """Descend by keys; None when anything is missing, `Unknown` when anything on the way is.

    A block given as a list of one (the older SDK's spelling) reads as that block.
    """
    for key in keys:
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        if isinstance(value, Unknown):
            return value
        value = value.get(key) if isinstance(value, dict) else None
    return value


def is_true(value: object) -> bool:
    """Return whether the provider would read the value as true."""
    return value is True or (isinstance(value, str) and value.lower() == "true")


def is_false(value: object) -> bool:
    """Return whether the provider would read the value as false."""
    return value is False or (isinstance(value, str) and value.lower() == "false")


def items(value: object) -> list[Any]:
    """Return a list's elements, nothing for nothing, and anything else as one element."""
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]


def blocks(value: object) -> list[dict[str, Any]]:
    """Return the objects of a list of objects; what is not an object is left out."""
    return [item for item in items(value) if isinstance(item, dict)]


def number(value: object) -> float | None:
    """Return a finite number, also when it is spelled as text; None when it is neither."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        values = float(value)
    except (ValueError, OverflowError):
        return None
    return values if math.isfinite(values) else None


def unknowns(value: object) -> Iterator[Unknown]:
    """Yield every unknown inside a value."""
    if isinstance(value, Unknown):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from unknowns(item)
    elif isinstance(value, list):
        for item in value:
            yield from unknowns(item)


def marked(value: Any) -> Any:  # noqa: ANN401 - a secret is of any shape
    """Return a secret with every text inside it marked as one."""
    if isinstance(value, str):
        return Secret(value)
    if isinstance(value, dict):
        return {marked(key): marked(item) for key, item in value.items()}
    return [marked(item) for item in value] if isinstance(value, list) else value


def _hides(value: object) -> bool:
    """Return whether a secret is in a value."""
    if isinstance(value, (list, tuple)):
        return any(_hides(item) for item in value)
    return isinstance(value, Secret) or (isinstance(value, dict) and any(map(_hides, value.values())))


def shown(value: object) -> str:
    """Return a value for a message: quoted, shortened, and hidden when it is a secret or looks like one."""
    if isinstance(value, Unknown):
        return "a value not known yet"
    text = repr(value) if isinstance(value, str) else str(value)
    if _hides(value):
        return "(hidden)"
    if _SECRET.search(text) and not text.startswith(("'arn:", "'alias/aws/")):
        return "(hidden)"
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."


def unproven(unknown: Unknown, need: str, urn: str = "") -> Finding:
    """Return the finding for a value that a rule needs and that preview does not know."""
    return Finding(
        f"{unknown.path} cannot be proven at preview: its value is an output of a resource not yet made, "
        f"and {need}",
        f"compute {unknown.path} from settings (fixed names, account id, region) "
        "instead of another resource's output",
        urn,
    )
