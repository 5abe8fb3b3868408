"""What is wrong with the pack's configuration and the engine lets pass.

Measured on the engine: types, enums and limits of settings it holds against their schema, before it
configures the pack. The name of a rule or of a setting it does not: a misspelt one would leave its rule as it
is, unnoticed. docs/configuring.md has what the engine says itself.
"""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from tms_policies.model import Bag, Rule

EVERY = "all"
PATTERN = "python-regex"
"""Format of a regular expression; the engine's own `regex` is another language's, without lookaheads."""


def _near(name: str, known: Mapping[str, object]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"did you mean {near[0]!r}? " if near else ""


def _texts(schema: Bag, value: Any) -> Iterator[str]:  # noqa: ANN401 - a setting is of any shape
    """Give every regular expression that a setting holds."""
    if schema.get("format") == PATTERN and isinstance(value, str):
        yield value
    each = schema.get("additionalProperties")
    if isinstance(each, dict) and isinstance(value, dict):
        for one in value.values():
            yield from _texts(each, one)


def _setting(where: str, schema: Bag, value: object) -> Iterator[str]:
    for text in _texts(schema, value):
        try:
            re.compile(text)
        except (re.error, RecursionError, OverflowError) as error:
            yield f"{where} has {text!r}, which is no regular expression ({error}); write one of Python's"


def faults(given: Mapping[str, Bag], rules: Mapping[str, Rule]) -> Iterator[str]:
    """Give all that is wrong with settings by rule, each with its key, what is allowed and the next step."""
    for name, settings in given.items():
        if name not in rules and name != EVERY:
            yield (
                f"{name}: no rule has this name; {_near(name, rules)}`python -m tms_policies.catalogue` "
                f"lists the rules, and `{EVERY}` stands for every one"
            )
            continue
        known = rules[name].settings if name in rules else {}
        for key, value in settings.items():
            if key in known:
                yield from _setting(f"{name}.{key}", known[key], value)
            else:
                allowed = ", ".join(("enforcementLevel", *known))
                yield f"{name}.{key}: no such setting; {_near(key, known)}allowed are {allowed}"
