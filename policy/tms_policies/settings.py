"""Settings of rules: their schemas, and whether a setting selects a resource."""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Any

from tms_policies.model import Resource

Schema = Mapping[str, Any]


def selected(resource: Resource, name: str, patterns: Iterable[object]) -> bool:
    """Return whether a resource is one that a setting names by its physical name, with `*` and `?`.

    A name that is not known or not given is taken for every one, so that it cannot escape the setting.
    """
    value = resource.props.get(name)
    values = [str(item) for item in patterns]
    return bool(values) and (not isinstance(value, str) or any(fnmatchcase(value, item) for item in values))


def strings(description: str, *default: str, **entry: object) -> Schema:
    """Describe a setting that is a list of texts; what more holds for each goes by the schema's keywords."""
    return {
        "type": "array",
        "items": {"type": "string", **entry},
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


def by_name(description: str, kind: str = "string", **entry: object) -> Schema:
    """Describe a setting that gives a value per name; none by default."""
    return {
        "type": "object",
        "additionalProperties": {"type": kind, **entry},
        "default": {},
        "description": description,
    }
