"""Property values as plain Python: what crosses the wire on one side, dicts and lists on the other.

Inside, the only special value is the unknown of a preview. What came in as a secret goes out as one: a
property is marked as a whole when anything in it is secret, and all tags are when the resource's own are.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast

import pulumi
from pulumi.provider.experimental.property_value import PropertyValue, PythonValue
from pulumi.runtime import rpc

Bag = dict[str, Any]
"""A resource's properties, by their names on the wire (camelCase)."""

UNKNOWN: str = rpc.UNKNOWN
"""Stands for a value that is not known before the resource exists."""


def contains_unknown(value: object) -> bool:
    """Return whether an unknown is anywhere inside the value.

    Args:
        value: A plain value, of any depth.

    Returns:
        True when at least one leaf is unknown.
    """
    if isinstance(value, dict):
        return any(contains_unknown(v) for v in value.values())
    if isinstance(value, list):
        return any(contains_unknown(v) for v in value)
    return value == UNKNOWN


def without_internals(value: Any) -> Any:  # noqa: ANN401 - a property value may be anything
    """Return the value without the bookkeeping keys (`__defaults`) that checked inputs carry.

    Args:
        value: A plain value, of any depth.

    Returns:
        A copy without keys that begin with two underscores.
    """
    if isinstance(value, dict):
        bag = cast("Bag", value)
        return {k: without_internals(v) for k, v in bag.items() if not k.startswith("__")}
    if isinstance(value, list):
        return [without_internals(v) for v in cast("list[Any]", value)]
    return value


def to_plain(value: PropertyValue) -> object:
    """Return one property value from the wire as plain Python; whole numbers become `int`.

    Args:
        value: A value as the SDK hands it over.

    Returns:
        None, bool, int, float, str, list, dict, or a pulumi asset or archive.
    """
    inner = value.value
    if isinstance(inner, float):
        return int(inner) if inner.is_integer() else inner
    if isinstance(inner, Mapping):
        return {key: to_plain(item) for key, item in inner.items()}
    if isinstance(inner, Sequence) and not isinstance(inner, str):
        return [to_plain(item) for item in inner]
    return inner


def to_bag(values: Mapping[str, PropertyValue]) -> Bag:
    """Return a resource's properties from the wire, without those that are null.

    Args:
        values: Properties as the SDK hands them over.

    Returns:
        The same properties in plain Python.
    """
    bag = {key: to_plain(value) for key, value in values.items()}
    return {key: value for key, value in bag.items() if value is not None}


def to_wire(value: object) -> PropertyValue:
    """Return one plain value in the form of the SDK.

    Args:
        value: None, bool, number, str, list, dict, asset or archive.

    Returns:
        The value, ready to be marshalled.
    """
    inner: PythonValue
    if isinstance(value, bool) or value is None or isinstance(value, (str, pulumi.Asset, pulumi.Archive)):
        inner = value
    elif isinstance(value, (int, float)):
        inner = float(value)
    elif isinstance(value, dict):
        inner = {str(key): to_wire(item) for key, item in value.items()}
    else:
        inner = [to_wire(item) for item in cast("list[object]", value)]
    return PropertyValue(inner)


def secret_names(*bags: Mapping[str, PropertyValue]) -> frozenset[str]:
    """Return the properties that are secret, or hold a secret, in any of the bags.

    Args:
        bags: Properties as the SDK hands them over.

    Returns:
        Their names; with `tags` comes `tagsAll`, which repeats them.
    """
    names = {name for bag in bags for name, value in bag.items() if value.contains_secret()}
    return frozenset(names | ({"tagsAll"} if "tags" in names else set()))


def to_wire_map(bag: Bag, secrets: frozenset[str] = frozenset()) -> dict[str, PropertyValue]:
    """Return a resource's properties in the form of the SDK.

    Args:
        bag: Properties in plain Python.
        secrets: The properties to mark as secret.

    Returns:
        The same properties, ready to be marshalled.
    """
    wire = {key: to_wire(value) for key, value in bag.items() if value is not None}
    return {key: value.with_secret(key in secrets) for key, value in wire.items()}
