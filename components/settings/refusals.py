"""One line per refused value: file, key, value, what is allowed; for pydantic's errors and contradictions."""

import difflib
import json
import types
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

DISPLAYED_CHARACTERS = 80
HIDDEN = "[secret]"
ALLOWED = {
    "string_type": "text (in quotes, where it looks like a number)",
    "int_type": "a whole number, without quotes",
    "int_from_float": "a whole number",
    "bool_type": "true or false, without quotes",
    "dict_type": "a mapping of keys to values",
    "model_type": "a mapping of keys to values",
    "list_type": "a list",
    "float_type": "a number, without quotes",
    "invalid_key": "text as a key (in quotes, where it looks like something else)",
    "string_unicode": "text without halves of characters",
}
CONTRADICTION = "contradiction"
"""The type of the errors that `Settings` adds to pydantic's own; their context has a `Refusal`."""
_LIMITS = {
    "too_short": ("are at least", "min_length"),
    "too_long": ("are at most", "max_length"),
    "greater_than_equal": ("is at least", "ge"),
    "less_than_equal": ("is at most", "le"),
}
"""How a limit is put in words, and where pydantic has it."""
_UNLISTED = "what docs/settings.md says"


def display(value: object) -> str:
    """Return a value as its user wrote it, shortened."""
    try:
        text = json.dumps(value, ensure_ascii=False, default=str)
    except RecursionError:
        text = "a value of too many levels"
    except (TypeError, ValueError):  # keys of YAML may be dates, and a list may hold itself
        text = f"a {type(value).__name__} that cannot be shown"
    return text if len(text) <= DISPLAYED_CHARACTERS else f"{text[: DISPLAYED_CHARACTERS - 3]}..."


def printable(text: str) -> str:
    """Escape what would break a line, or cannot be written at all: controls, separators, surrogates."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii") for letter in text
    )


@dataclass(frozen=True, slots=True)
class Refusal:
    """A value that is refused because of another one.

    Attributes:
        key: The key, without the project's name.
        allowed: What is allowed, without any value that may be a secret.
        value: The refused value; `...` where the key is enough.
        outcome: What becomes of it.
    """

    key: str
    allowed: str
    value: object = ...
    outcome: str = "is refused"

    def line(self, *, secret: bool) -> str:
        """Return the line, without the value if that came from an encrypted setting."""
        if self.value is ...:
            return f"{self.key}: {self.outcome}; {self.allowed}"
        return f"{self.key}: {HIDDEN if secret else display(self.value)} {self.outcome}; {self.allowed}"


def path(parts: Iterable[str | int]) -> str:
    """Join the steps to a value as YAML users write them: `tables.trades.indexes[0]`."""
    text = ""
    for part in parts:
        if part == "[key]":
            continue
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")


def unwrapped(annotation: Any) -> Any:  # noqa: ANN401 annotations have no common type
    """Strip Annotated and Optional off a type."""
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation = get_args(annotation)[0]
        elif origin in (Union, types.UnionType):
            annotation = next(member for member in get_args(annotation) if member is not type(None))
        else:
            return annotation


def known_keys(annotation: Any, parts: Sequence[str | int]) -> list[str]:  # noqa: ANN401 as above
    """Return the keys that are allowed at a path inside a value of a type."""
    kind = unwrapped(annotation)
    if get_origin(kind) in (dict, list):
        return known_keys(get_args(kind)[-1], parts[1:]) if parts else []
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return []
    fields = {field.alias or name: field.annotation for name, field in kind.model_fields.items()}
    if not parts:
        return sorted(fields)
    return known_keys(fields.get(str(parts[0])), parts[1:])


def suggestion(word: str, keys: Sequence[str]) -> str:
    """Return which keys are allowed, and which one was probably meant."""
    close = difflib.get_close_matches(word, keys, n=1)
    meaning = f" (did you mean {close[0]}?)" if close else ""
    return f"is not a known key{meaning}; allowed here: {', '.join(keys)}"


def describe(error: ErrorDetails, annotation: Any, value: str) -> str:  # noqa: ANN401 as above
    """Return the part of a line behind the key; `value` is the refused value as it may be displayed."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return suggestion(str(error["loc"][-1]), known_keys(annotation, error["loc"][:-1]))
    if kind == "missing":
        return "is missing; write it"
    if kind == "value_error":
        allowed = str(context["error"])
    elif kind == "literal_error":
        allowed = f"allowed is {context['expected']}"
    elif kind == "string_too_short":
        allowed = f"allowed is a text of at least {context['min_length']} characters"
    elif kind in _LIMITS:
        words, limit = _LIMITS[kind]
        allowed = f"allowed {words} {context[limit]}"
    else:
        allowed = f"allowed is {ALLOWED.get(kind, _UNLISTED)}"
    return f"{value} is refused; {allowed}"


def entries(failure: ValidationError, annotation: Any, *, secret: bool = False) -> Iterator[tuple[str, str]]:  # noqa: ANN401 as above
    """Yield the key and the line of each refused value.

    Args:
        failure: The errors.
        annotation: The type that was asked for, to name the keys that it knows.
        secret: Whether the value came from an encrypted config value and must not be displayed.
    """
    for error in failure.errors(include_url=False):
        if error["type"] == CONTRADICTION:
            refusal: Refusal = error.get("ctx", {})["refusal"]
            yield refusal.key, refusal.line(secret=secret)
            continue
        value = HIDDEN if secret else display(error["input"])
        # a key that is no text stands in its own place, and is the value that is refused
        key = path(error["loc"][:-1] if error["type"] == "invalid_key" else error["loc"])
        yield key, ": ".join(filter(None, (key, describe(error, annotation, value))))


def lines(failure: ValidationError, annotation: Any) -> list[str]:  # noqa: ANN401 as above
    """Return one line per refused value."""
    return [line for _, line in entries(failure, annotation)]
