"""IAM patterns against each other: `*` stands for any text, `?` for one character.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
"""

import re
from collections.abc import Callable
from functools import lru_cache

from tms_policies.model import Unknown

_VARIABLE = re.compile(r"\$\{([^}]*)\}")
_ESCAPES = {"${*}": "*", "${?}": "?", "${$}": "$"}
_DEFAULTED = re.compile(r"\s*([^,]*?)\s*,\s*'(.*)'\s*", re.DOTALL)
_ANY, _ONE = "\0", "\1"
ANYTHING = _ANY
"""The symbols of the pattern `*`."""


@lru_cache(maxsize=4096)
def symbols(pattern: str, *, folded: bool = False, open_variables: bool = False) -> str:
    """Return a pattern with its wildcards as symbols of their own.

    Args:
        pattern: With `*`, `?`, policy variables, and the escapes `${*}`, `${?}` and `${$}`.
        folded: Whether letter case does not count.
        open_variables: Whether a policy variable may be any text; else it stands for itself only.
    """
    text = pattern.lower() if folded else pattern
    results: list[str] = []
    last = 0
    for match in _VARIABLE.finditer(text):
        results.append(literal(text[last : match.start()]))
        results.append(_ESCAPES.get(match[0], _ANY if open_variables else match[0]))
        last = match.end()
    results.append(literal(text[last:]))
    return re.sub(f"{_ANY}+", _ANY, "".join(results))


def filled(
    pattern: str, value_of: Callable[[str], str | Unknown | None], *, wild: bool
) -> str | Unknown | None:
    """Return a pattern as symbols, with the values of a request for its policy variables.

    A value stands for itself: wildcards in it are text.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html

    Args:
        pattern: As for `symbols`.
        value_of: Gives a context key's one value; None without one.
        wild: Whether `*` and `?` are wildcards; else they are text.

    Returns:
        The symbols; None if a variable has no value and no default, `Unknown` if one's value is not known.
    """
    results: list[str] = []
    last = 0
    for match in _VARIABLE.finditer(pattern):
        between = pattern[last : match.start()]
        results.append(literal(between) if wild else between)
        value = _ESCAPES.get(match[0]) or _substitute(match[1], value_of)
        if not isinstance(value, str):
            return value
        results.append(value)
        last = match.end()
    results.append(literal(pattern[last:]) if wild else pattern[last:])
    return "".join(results)


def _substitute(inside: str, value_of: Callable[[str], str | Unknown | None]) -> str | Unknown | None:
    """Return the value of what stands between a variable's braces: a key, or a key and its default."""
    defaulted = _DEFAULTED.fullmatch(inside)
    if defaulted is None:
        return value_of(inside.strip())
    value = value_of(defaulted[1])
    return defaulted[2] if value is None else value


def literal(text: str) -> str:
    """Return a pattern as symbols where variables are plain text, as before version 2012-10-17."""
    return text.replace("*", _ANY).replace("?", _ONE)


@lru_cache(maxsize=8192)
def meets(item: str, second: str) -> bool:
    """Return whether some text matches both patterns, given as symbols."""
    reached = _closed({0}, second)
    for sign in item:
        if sign == _ANY:
            reached = set(range(min(reached), len(second) + 1)) if reached else set()
            continue
        reached = _closed(
            {
                location if second[location] == _ANY else location + 1
                for location in reached
                if location < len(second) and _agree(sign, second[location])
            },
            second,
        )
        if not reached:
            return False
    return len(second) in reached


def _agree(item: str, second: str) -> bool:
    return item == second or _ONE in (item, second) or second == _ANY


def _closed(places: set[int], pattern: str) -> set[int]:
    """Add the places that are reached by letting a `*` stand for nothing."""
    result = set(places)
    for location in places:
        here = location
        while here < len(pattern) and pattern[here] == _ANY:
            here += 1
            result.add(here)
    return result


@lru_cache(maxsize=8192)
def holds(wide: str, narrow: str) -> bool:
    """Return whether every text that matches the narrow pattern matches the wide one, both given as symbols.

    A wildcard of the narrow one is taken for a sign that only a wildcard covers; for patterns whose `*` and
    `?` stand side by side that may say no where yes is true, never the reverse.
    """
    return _expression(wide).fullmatch(narrow) is not None


@lru_cache(maxsize=4096)
def _expression(wide: str) -> re.Pattern[str]:
    text = "".join({_ANY: ".*", _ONE: f"[^{_ANY}]"}.get(sign, re.escape(sign)) for sign in wide)
    return re.compile(text, re.DOTALL)


def covers_action(wide: str, narrow: str) -> bool:
    """Return whether an action pattern covers another; letter case does not count."""
    return holds(symbols(wide, folded=True), symbols(narrow, folded=True))


def covers_resource(wide: str, narrow: str) -> bool:
    """Return whether a resource pattern covers another."""
    return holds(symbols(wide), symbols(narrow))


def resources_meet(item: str, second: str) -> bool:
    """Return whether some resource matches both patterns."""
    return meets(symbols(item, open_variables=True), symbols(second, open_variables=True))
