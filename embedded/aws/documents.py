"""Whether two JSON documents mean the same: AWS gives them back with other spacing, order and list forms."""

import json
from typing import cast

_SETS_IN_POLICIES = frozenset(
    {"Action", "NotAction", "Resource", "NotResource", "AWS", "Service", "Federated", "CanonicalUser"}
)


def same_json(one: str, other: str) -> bool:
    """Whether two JSON texts hold the same value, whatever their spacing and key order.

    Args:
        one: A JSON text, or any text.
        other: A JSON text, or any text.

    Returns:
        True when they are equal as values; texts that are not JSON are compared as they are.
    """
    try:
        return json.loads(one) == json.loads(other)
    except ValueError:
        return one == other


def same_policy(one: str, other: str) -> bool:
    """Whether two policy documents allow and deny the same, as the published provider judges it.

    A single value equals a list of it, the order of actions, resources, principals and condition values
    does not matter, nor does the order of statements.

    Args:
        one: A policy document as JSON text.
        other: A policy document as JSON text.

    Returns:
        True when they mean the same.
    """
    try:
        return _canonical("", json.loads(one)) == _canonical("", json.loads(other))
    except ValueError:
        return one == other


def _canonical(key: str, value: object, *, in_condition: bool = False) -> object:
    """The value with single values as lists and unordered lists sorted."""
    within = in_condition or key == "Condition"
    if isinstance(value, dict):
        entries = cast("dict[str, object]", value).items()
        return {k: _canonical(k, v, in_condition=within) for k, v in entries}
    leaf = key in _SETS_IN_POLICIES or in_condition
    items = cast("list[object]", value) if isinstance(value, list) else [value]
    if key == "Principal" and value == "*":
        return {"AWS": ["*"]}
    if key == "Statement" or isinstance(value, list):
        return sorted((_canonical("", i, in_condition=within) for i in items), key=json.dumps)
    if leaf:
        return sorted((_text(i) for i in items), key=json.dumps)
    return value


def _text(value: object) -> object:
    """A condition value as IAM keeps it: booleans and numbers as text."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, (int, float)) else value
