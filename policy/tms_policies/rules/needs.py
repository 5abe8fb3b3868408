"""Shapes that rules share beside the flag: one of some values, a number in a range, presence; and settings.

Each need yields nothing when it holds, one finding when it does not, and an unproven finding for a value
that preview does not know; `must_have` asks for presence only, so there an unknown passes.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

from tms_policies.model import Finding, Resource, Unknown
from tms_policies.values import look, number, shown, unproven

Schema = Mapping[str, Any]


def must_have(resource: Resource, line: str, *path: str) -> Iterable[Finding]:
    """Give a finding unless something stands at the path; what it is does not matter."""
    if look(resource.props, *path) in (None, "", [], {}):
        yield Finding(f"{'.'.join(path)} of {resource.name} is missing", line)


def must_be(
    resource: Resource, allowed: Sequence[object], line: str, *path: str, absent: str = ""
) -> Iterable[Finding]:
    """Give a finding unless the value at the path is known to be one of the allowed.

    Args:
        resource: Whose value it is.
        allowed: The values that pass; with None among them, the property may be missing.
        line: What to write instead.
        path: Property names from the outside in.
        absent: What AWS does when the property is missing.
    """
    value, where = look(resource.props, *path), ".".join(path)
    if isinstance(value, Unknown):
        named = ", ".join(str(one) for one in allowed if one is not None)
        yield unproven(value, f"{where} of {resource.name} must be one of {named}")
    elif value not in allowed:
        state = f"missing{absent and f', which means {absent}'}" if value is None else shown(value)
        yield Finding(f"{where} of {resource.name} is {state}", line)


def must_lie(
    resource: Resource, limits: tuple[float, float], line: str, *path: str, default: float | None = None
) -> Iterable[Finding]:
    """Give a finding unless the number at the path is known to lie within the limits, both included."""
    value, where = look(resource.props, *path), ".".join(path)
    found = default if value is None else number(value)
    low, high = limits
    span = f"{low:.10g}" if low == high else f"{low:.10g} to {high:.10g}"
    if isinstance(value, Unknown):
        yield unproven(value, f"{where} of {resource.name} must be {span}")
    elif found is None or not low <= found <= high:
        state = "missing" if value is None else shown(value)
        yield Finding(f"{where} of {resource.name} is {state}, not {span}", line)


def chosen(resource: Resource, name: str, patterns: Iterable[object]) -> bool:
    """Say whether a resource is one that a setting names by its physical name, with `*` and `?`.

    A name that is not known or not given is taken for every one, so that it cannot escape the setting.
    """
    value = resource.props.get(name)
    given = [str(one) for one in patterns]
    return bool(given) and (not isinstance(value, str) or any(fnmatchcase(value, one) for one in given))


def strings(description: str, *default: str, **each: object) -> Schema:
    """Describe a setting that is a list of texts; what more holds for each goes by the schema's keywords."""
    return {
        "type": "array",
        "items": {"type": "string", **each},
        "default": list(default),
        "description": description,
    }


def integer(description: str, default: int, limits: tuple[int, int]) -> Schema:
    """Describe a setting that is a whole number within limits, both included."""
    low, high = limits
    return {
        "type": "integer",
        "minimum": low,
        "maximum": high,
        "default": default,
        "description": description,
    }


def switch(description: str, *, default: bool) -> Schema:
    """Describe a setting that is on or off."""
    return {"type": "boolean", "default": default, "description": description}


def by_name(description: str, kind: str = "string", **each: object) -> Schema:
    """Describe a setting that gives a value per name; none by default."""
    return {
        "type": "object",
        "additionalProperties": {"type": kind, **each},
        "default": {},
        "description": description,
    }


def fixed(*needs: Callable[[Resource], Iterable[Finding]]) -> Callable[[Resource, object], Iterable[Finding]]:
    """Give the check of needs that no setting changes."""

    def check(resource: Resource, _settings: object) -> Iterable[Finding]:
        for need in needs:
            yield from need(resource)

    return check
