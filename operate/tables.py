"""A sample of a table: by its key where one is given, else what a scan finds first; trade data is masked."""

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from adopt.model import USAGE, Stop
from components.settings import Settings
from operate.asking import Place

_BATCH = 25
"""Items per call: what the system's AWS guidelines set, and far within DynamoDB's page of 1 MB."""
_SHOWN = 3
"""Characters of a key's value that are shown, where it has more than twice as many."""


@dataclass(frozen=True)
class Value:
    """One attribute of an item.

    Attributes:
        type: DynamoDB's name of its type, such as `S`.
        length: Characters of a text or number, bytes, or members; None for true, false and null.
        shown: The value in DynamoDB's JSON, bytes in Base64; of a key the beginning; None where it is masked.
    """

    type: str
    length: int | None
    shown: Any


@dataclass(frozen=True)
class Sample:
    """Some items of a table.

    Attributes:
        table: Physical name.
        keys: Names of the key attributes, the partition key first.
        by: `query` or `scan`.
        masked: Whether values are left out.
        items: Values by attribute, key attributes first.
    """

    table: str
    keys: tuple[str, ...]
    by: str
    masked: bool
    items: list[dict[str, Value]]


def _plain(value: Any) -> Any:  # noqa: ANN401 - what DynamoDB holds
    """Give a value as JSON takes it."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def _value(given: Mapping[str, Any], *, key: bool, masked: bool) -> Value:
    ((kind, value),) = given.items()
    length = None if isinstance(value, bool) else len(value)
    if not masked:
        return Value(kind, length, _plain(value))
    if not key or not isinstance(value, str):
        return Value(kind, length, None)
    return Value(kind, length, f"{value[:_SHOWN]}…" if len(value) > 2 * _SHOWN else "…")


def _item(given: Mapping[str, Any], keys: tuple[str, ...], *, masked: bool) -> dict[str, Value]:
    names = [*(key for key in keys if key in given), *sorted(set(given) - {*keys})]
    return {name: _value(given[name], key=name in keys, masked=masked) for name in names}


def _typed(kind: str, value: str) -> dict[str, Any]:
    """Give a key's value for a query.

    Raises:
        Stop: The key is of bytes, and the value is not Base64.
    """
    if kind != "B":
        return {kind: value}
    try:
        return {kind: base64.b64decode(value, validate=True)}
    except ValueError:
        raise Stop(USAGE, "--key: this table's key is of bytes; give it in Base64") from None


def _items(place: Place, operation: str, table: str, limit: int, asked: dict[str, Any]) -> Iterator[Any]:
    """Give items page by page, and never ask for more than are wanted."""
    left = limit
    while left:
        answer = place.ask(
            "dynamodb",
            operation,
            f"table {table}",
            TableName=table,
            Limit=min(left, _BATCH),
            ConsistentRead=False,
            **asked,
        )
        yield from answer["Items"]
        left -= len(answer["Items"])
        if "LastEvaluatedKey" not in answer:
            return
        asked = {**asked, "ExclusiveStartKey": answer["LastEvaluatedKey"]}


def sample(
    place: Place, settings: Settings, name: str, *, limit: int, key: str | None, masked: bool
) -> Sample:
    """Give some items of a table.

    Args:
        place: Where to ask.
        settings: Has the tables' names.
        name: Logical or physical name.
        limit: So many items at most, which are also all that are read.
        key: Value of the partition key; None for whatever a scan finds first.
        masked: Leave out what is no key, and most of what is.

    Raises:
        Stop: There is no such table, or AWS refuses.
    """
    table = settings.tables[name].name if name in settings.tables else name
    described = place.ask("dynamodb", "describe_table", f"table {table}", TableName=table)["Table"]
    # the partition key is the first: DynamoDB API reference, KeySchema
    keys = tuple(str(one["AttributeName"]) for one in described["KeySchema"])
    asked: dict[str, Any] = {}
    if key is not None:
        kinds = {one["AttributeName"]: one["AttributeType"] for one in described["AttributeDefinitions"]}
        asked = {
            "KeyConditionExpression": "#key = :key",
            "ExpressionAttributeNames": {"#key": keys[0]},
            "ExpressionAttributeValues": {":key": _typed(kinds[keys[0]], key)},
        }
    by = "scan" if key is None else "query"
    items = [_item(one, keys, masked=masked) for one in _items(place, by, table, limit, asked)]
    return Sample(table, keys, by, masked, items)
