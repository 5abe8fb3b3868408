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


def _near(name: str, declared: Mapping[str, object]) -> str:
    near = get_close_matches(name, declared, n=1)
    return f"did you mean {near[0]!r}? " if near else ""


def _texts(schema: Bag, value: Any) -> Iterator[str]:  # noqa: ANN401 - a setting is of any shape
    """Yield every regular expression that a setting holds."""
    if schema.get("format") == PATTERN and isinstance(value, str):
        yield value
    entry = schema.get("additionalProperties")
    if isinstance(entry, dict) and isinstance(value, dict):
        for item in value.values():
            yield from _texts(entry, item)


def _setting(location: str, schema: Bag, value: object) -> Iterator[str]:
    for text in _texts(schema, value):
        try:
            re.compile(text)
        except (re.error, RecursionError, OverflowError) as error:
            yield f"{location} has {text!r}, which is no regular expression ({error}); write one of Python's"


def faults(values: Mapping[str, Bag], rules: Mapping[str, Rule]) -> Iterator[str]:
    """Yield all that is wrong with settings by rule, each with its key, what is allowed and the next step."""
    for name, settings in values.items():
        if name not in rules and name != EVERY:
            yield (
                f"{name}: no rule has this name; {_near(name, rules)}`python -m tms_policies.catalogue` "
                f"lists the rules, and `{EVERY}` stands for every one"
            )
            continue
        declared = rules[name].settings if name in rules else {}
        for key, value in settings.items():
            if key in declared:
                yield from _setting(f"{name}.{key}", declared[key], value)
            else:
                allowed = ", ".join(("enforcementLevel", *declared))
                yield f"{name}.{key}: no such setting; {_near(key, declared)}allowed are {allowed}"
