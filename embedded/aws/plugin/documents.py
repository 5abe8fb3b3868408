"""Whether two JSON documents mean the same: AWS gives them back with other spacing, order and list forms."""

import json
import re
from typing import cast

_SETS_IN_POLICIES = frozenset(
    {"Action", "NotAction", "Resource", "NotResource", "AWS", "Service", "Federated", "CanonicalUser"}
)
_ROOT_ARN = re.compile(r"arn:[^:]+:iam::(?P<account>\d{12}):root")


def same_json(first: str, second: str) -> bool:
    """Return whether two JSON texts hold the same value, whatever their spacing and key order.

    Args:
        first: A JSON text, or any text.
        second: A JSON text, or any text.

    Returns:
        True when they are equal as values; texts that are not JSON are compared as they are.
    """
    try:
        return json.loads(first) == json.loads(second)
    except ValueError:
        return first == second


def same_policy(first: str, second: str) -> bool:
    """Return whether two policy documents allow and deny the same, as the published provider judges it.

    A single value equals a list of it, the order of actions, resources, principals and condition values
    does not matter, nor does the order of statements.

    Args:
        first: A policy document as JSON text.
        second: A policy document as JSON text.

    Returns:
        True when they mean the same.
    """
    try:
        return _canonical("", json.loads(first)) == _canonical("", json.loads(second))
    except ValueError:
        return first == second


def _canonical(key: str, value: object, *, in_condition: bool = False) -> object:
    """Return a document in one form: lists for single values, sorted sets, account ids for root ARNs."""
    if key in ("Principal", "NotPrincipal") and value == "*":
        value = {"AWS": "*"}
    several = key == "Statement" or key in _SETS_IN_POLICIES
    if isinstance(value, list) or several or (key and in_condition and not isinstance(value, dict)):
        items = cast("list[object]", value) if isinstance(value, list) else [value]
        plain = [_canonical("", item, in_condition=in_condition) for item in items]
        principals = [_account_id(item) for item in plain] if key == "AWS" else plain
        return sorted(principals, key=lambda item: json.dumps(item, sort_keys=True))
    if isinstance(value, dict):
        within = in_condition or key == "Condition"
        entries = cast("dict[str, object]", value).items()
        return {k: _canonical(k, v, in_condition=within) for k, v in entries}
    return _text(value) if in_condition else value


def _account_id(principal: object) -> object:
    """Return a principal; the root ARN that IAM stores for an account id, of any partition, as that id."""
    root = isinstance(principal, str) and _ROOT_ARN.fullmatch(principal)
    return root["account"] if root else principal


def _text(value: object) -> object:
    """Return a condition value as IAM keeps it: booleans and numbers as text."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, (int, float)) else value
