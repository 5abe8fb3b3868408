"""One line per problem: file, key, value, what is allowed; of what pydantic found and of contradictions."""

import difflib
import json
import types
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

SHOWN_CHARACTERS = 80
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
_LIMITS = {
    "too_short": ("are at least", "min_length"),
    "too_long": ("are at most", "max_length"),
    "greater_than_equal": ("is at least", "ge"),
    "less_than_equal": ("is at most", "le"),
}
"""What is said of a limit, and where pydantic has it."""
_OTHER = "what docs/settings.md says"


def shown(value: object) -> str:
    """Give a value as a user wrote it, shortened."""
    try:
        text = json.dumps(value, ensure_ascii=False, default=str)
    except RecursionError:
        text = "a value of too many levels"
    except (TypeError, ValueError):  # keys of YAML may be dates, and a list may hold itself
        text = f"a {type(value).__name__} that cannot be shown"
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[: SHOWN_CHARACTERS - 3]}..."


def printable(text: str) -> str:
    """Escape what would break a line, or cannot be written at all: controls, separators, surrogates."""
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode("ascii") for one in text)


@dataclass(frozen=True, slots=True)
class Problem:
    """A contradiction between values.

    Attributes:
        place: The key, without the project's name.
        why: What is allowed, in words that hold no value of the user's where that may be a secret.
        value: The refused value; `...` where the key says it all.
        verdict: What becomes of it.
    """

    place: str
    why: str
    value: object = ...
    verdict: str = "is refused"

    def line(self, *, secret: bool) -> str:
        """Give the line, without the value if that came from an encrypted setting."""
        if self.value is ...:
            return f"{self.place}: {self.verdict}; {self.why}"
        return f"{self.place}: {HIDDEN if secret else shown(self.value)} {self.verdict}; {self.why}"


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
            annotation = next(one for one in get_args(annotation) if one is not type(None))
        else:
            return annotation


def known_keys(annotation: Any, parts: Sequence[str | int]) -> list[str]:  # noqa: ANN401 as above
    """Give the keys that are allowed at a place inside a value of a type."""
    here = unwrapped(annotation)
    if get_origin(here) in (dict, list):
        return known_keys(get_args(here)[-1], parts[1:]) if parts else []
    if not (isinstance(here, type) and issubclass(here, BaseModel)):
        return []
    fields = {field.alias or name: field.annotation for name, field in here.model_fields.items()}
    if not parts:
        return sorted(fields)
    return known_keys(fields.get(str(parts[0])), parts[1:])


def suggestion(word: str, known: Sequence[str]) -> str:
    """Say which keys are allowed, and which one was probably meant."""
    close = difflib.get_close_matches(word, known, n=1)
    meant = f" (did you mean {close[0]}?)" if close else ""
    return f"is not a known key{meant}; allowed here: {', '.join(known)}"


def describe(error: ErrorDetails, annotation: Any, value: str) -> str:  # noqa: ANN401 as above
    """Give the part of a line behind the key; `value` is the refused value as it may be shown."""
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
        allowed = f"allowed is {ALLOWED.get(kind, _OTHER)}"
    return f"{value} is refused; {allowed}"


def lines(failure: ValidationError, key: str, annotation: Any, *, secret: bool) -> list[str]:  # noqa: ANN401 as above
    """Give one line per problem of a value.

    Args:
        failure: What pydantic found.
        key: The value's own key, which the places inside it are appended to.
        annotation: The value's type, to name the keys that it knows.
        secret: Whether the value came from an encrypted config value and must not be shown.
    """
    found: list[str] = []
    for error in failure.errors(include_url=False):
        value = HIDDEN if secret else shown(error["input"])
        # a key that is no text stands in its own place, and is the value that is refused
        inside = path(error["loc"][:-1] if error["type"] == "invalid_key" else error["loc"])
        place = ".".join(filter(None, (key, inside)))
        found.append(": ".join(filter(None, (place, describe(error, annotation, value)))))
    return found
