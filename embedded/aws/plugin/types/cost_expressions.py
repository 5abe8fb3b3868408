"""Expressions of Cost Explorer and Budgets: which costs are meant, and from which impact on."""

import json
from collections.abc import Mapping
from typing import Any, cast

from embedded.aws.plugin.shapes import inverse, pick
from embedded.aws.plugin.values import Bag

BUDGET = {"costCategories": "CostCategories", "dimensions": "Dimensions", "tags": "Tags"}
"""What a budget's filter is made of, by what the API calls it."""
ANOMALY = {"costCategory": "CostCategories", "dimension": "Dimensions", "tags": "Tags"}
"""What a subscription's threshold is made of, by what the API calls it."""
_SEVERAL = {"ands": "And", "ors": "Or"}
_VALUES = {"key": "Key", "matchOptions": "MatchOptions", "values": "Values"}


def expand(expression: Bag, parts: Mapping[str, str]) -> Bag:
    """Return an expression in the form of the API.

    Args:
        expression: The expression as a resource has it.
        parts: What it is made of.

    Returns:
        The API's expression.
    """
    request: Bag = {
        api: pick(expression[name], _VALUES) for name, api in parts.items() if expression.get(name)
    }
    for name, api in _SEVERAL.items():
        if expression.get(name):
            request[api] = [expand(part, parts) for part in expression[name]]
    return {**request, "Not": expand(expression["not"], parts)} if expression.get("not") else request


def flatten(live: Mapping[str, Any], parts: Mapping[str, str]) -> Bag:
    """Return an expression in the form of a resource.

    Args:
        live: The API's expression.
        parts: What it is made of.

    Returns:
        The resource's expression.
    """
    expression: Bag = {
        name: pick(live[api], inverse(_VALUES)) for name, api in parts.items() if live.get(api)
    }
    for name, api in _SEVERAL.items():
        if live.get(api):
            expression[name] = [flatten(part, parts) for part in live[api]]
    return {**expression, "not": flatten(live["Not"], parts)} if live.get("Not") else expression


def in_order(value: object) -> Any:  # noqa: ANN401 - an expression, or a part of one
    """Return a value with every list sorted, for expressions whose lists are sets.

    Args:
        value: An expression, or a part of one.

    Returns:
        The same with one order.
    """
    if isinstance(value, dict):
        return {name: in_order(item) for name, item in cast("Bag", value).items()}
    if isinstance(value, list):
        items = [in_order(item) for item in cast("list[object]", value)]
        return sorted(items, key=lambda item: json.dumps(item, sort_keys=True))
    return value
