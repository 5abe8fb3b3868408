"""Property values as text, in which every character is visible and secrets are left out."""

import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from toolkit.engine.urn import find_urn
from toolkit.engine.values import UNKNOWN, signature

# Controls, bidirectional and other marks of format, lone surrogates, separators of lines and paragraphs
_INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_ALLOWED = "\n\t"
_SHORT = 60


def visible(text: str) -> str:
    r"""Return a text in which each invisible character is escaped, as `\u202e`.

    Such characters make a text read otherwise than it is (https://trojansource.codes), and a lone surrogate
    cannot be written as UTF-8.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_escape, text))


def _escape(character: str) -> str:
    if character in _ALLOWED or unicodedata.category(character) not in _INVISIBLE:
        return character
    code_point = ord(character)
    return f"\\u{code_point:04x}" if code_point <= 0xFFFF else f"\\U{code_point:08x}"  # noqa: PLR2004 - four digits


def shareable(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return a value in which a phrase replaces secrets and values that the engine does not know yet."""
    if isinstance(value, Mapping):
        if signature(value):  # what is more than a mapping must not leave the state
            return "(secret)"
        return {str(key): shareable(member) for key, member in value.items()}
    if isinstance(value, list):
        return [shareable(member) for member in value]
    return "(known after the update)" if value == UNKNOWN else value


def value_text(value: Any, *, multiline: bool = False) -> str:  # noqa: ANN401 - any JSON
    """Return a property's value as JSON, without secrets.

    Args:
        value: Any JSON.
        multiline: Whether a long value may take several lines.
    """
    safe = shareable(value)
    line = json.dumps(safe, ensure_ascii=False)
    if multiline and len(line) > _SHORT and isinstance(safe, dict | list):
        line = json.dumps(safe, ensure_ascii=False, indent=2)
    return visible(line)


def name_and_type(urn: str) -> tuple[str, str]:
    """Return the logical name and the type token of a URN."""
    parsed = find_urn(urn)
    return (parsed.name, parsed.type) if parsed else (urn, "")
