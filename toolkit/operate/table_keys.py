"""The keys of items in a table, from the values of the command line."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.errors import UNABLE, CommandError


def _typed(kind: str, value: str, option: str) -> dict[str, Any]:
    """Return a key's value in DynamoDB's JSON.

    Raises:
        CommandError: The key is of bytes, and the value is not Base64.
    """
    if kind != "B":
        return {kind: value}
    try:
        return {kind: base64.b64decode(value, validate=True)}
    except ValueError:
        raise CommandError(UNABLE, f"{option}: this key is of bytes", "give it in Base64") from None


def position(item: Mapping[str, Any], keys: Sequence[Mapping[str, Any]]) -> int:
    """Return the index of an item's key; one not found (a number spelled another way) comes last."""
    return next(
        (
            index
            for index, key in enumerate(keys)
            if all(item.get(name) == value for name, value in key.items())
        ),
        len(keys),
    )


def requested(
    described: Mapping[str, Any], names: tuple[str, ...], chosen: Sequence[str], ranges: Sequence[str]
) -> list[dict[str, Any]]:
    """Return the requested keys without duplicates.

    Raises:
        CommandError: There are not as many sort keys as partition keys, or the table has none.
    """
    if ranges and len(names) == 1:
        raise CommandError(
            UNABLE, f"--range-key: table {described['TableName']} has a partition key only", "leave it out"
        )
    if ranges and len(ranges) != len(chosen):
        counts = f"{len(chosen)} of --key and {len(ranges)} of --range-key"
        raise CommandError(
            UNABLE, f"--range-key: there are {counts}", "give one for each --key, in the same order"
        )
    kinds = {
        definition["AttributeName"]: definition["AttributeType"]
        for definition in described["AttributeDefinitions"]
    }
    key_values = [
        {
            name: _typed(kinds[name], value, option)
            for name, value, option in zip(names, values, ("--key", "--range-key"), strict=False)
        }
        for values in (zip(chosen, ranges, strict=True) if ranges else ((value,) for value in chosen))
    ]
    return [key for number, key in enumerate(key_values) if key not in key_values[:number]]
