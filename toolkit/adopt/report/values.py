"""Values in words: what is shown of a property, with nothing in it that could show as something else."""

import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from toolkit.engine.urn import find_urn
from toolkit.engine.values import UNKNOWN, signature

# Controls, bidirectional and other marks of format, lone surrogates, separators of lines and paragraphs
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_KEPT = "\n\t"
_SHORT = 60


def visible(text: str) -> str:
    r"""Give a text in which each character that would not be seen is written out, as `\u202e`.

    Such characters make a text read otherwise than it is (https://trojansource.codes), and a lone surrogate
    cannot be written as UTF-8.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        one if one in _KEPT or unicodedata.category(one) not in _UNSEEN else _escape(one) for one in text
    )


def _escape(one: str) -> str:
    return f"\\u{ord(one):04x}" if ord(one) <= 0xFFFF else f"\\U{ord(one):08x}"  # noqa: PLR2004 - four digits


def shareable(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Give a value with words in the place of secrets, and of what the engine does not know yet."""
    if isinstance(value, Mapping):
        if signature(value):  # what is more than a mapping must not leave the state
            return "(secret)"
        return {str(key): shareable(one) for key, one in value.items()}
    if isinstance(value, list):
        return [shareable(one) for one in value]
    return "(known after the update)" if value == UNKNOWN else value


def shown(value: Any, *, multiline: bool = False) -> str:  # noqa: ANN401 - any JSON
    """Give a property's value as JSON, secrets left out.

    Args:
        value: Any JSON.
        multiline: Whether one that is long may take several lines.
    """
    given = shareable(value)
    line = json.dumps(given, ensure_ascii=False)
    if multiline and len(line) > _SHORT and isinstance(given, dict | list):
        line = json.dumps(given, ensure_ascii=False, indent=2)
    return visible(line)


def named(urn: str) -> tuple[str, str]:
    """Give the logical name and the type token that a URN ends with."""
    parsed = find_urn(urn)
    return (parsed.name, parsed.type) if parsed else (urn, "")
