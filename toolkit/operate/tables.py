"""A sample of a table: the items of given keys, else the first of a scan; trade data is masked."""

import base64
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from components.settings import Settings
from toolkit.aws.calls import failed
from toolkit.errors import UNABLE, CommandError
from toolkit.operate import table_keys
from toolkit.operate.context import StackAccount

_BATCH = 25
"""Items per call: what the system's AWS guidelines set, and far within DynamoDB's page of 1 MB."""
_FEW = 10
"""Items that are returned without a limit."""
_ATTEMPTS = 8
_PAUSE_SECONDS = 0.1
_SHOWN = 3
"""Characters of a key's value that stay readable, if it has more than twice as many."""


@dataclass(frozen=True)
class AttributeValue:
    """One attribute of an item.

    Attributes:
        type: DynamoDB's type descriptor, such as `S`.
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
        by: `query`, `batch get` or `scan`.
        masked: Whether values are left out.
        items: Values by attribute, key attributes first.
    """

    table: str
    keys: tuple[str, ...]
    by: str
    masked: bool
    items: list[dict[str, AttributeValue]]


def _plain(value: Any) -> Any:  # noqa: ANN401 - what DynamoDB holds
    """Return a value as JSON, bytes in Base64."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {str(key): _plain(member) for key, member in value.items()}
    return [_plain(member) for member in value] if isinstance(value, list) else value


def _value(attribute: Mapping[str, Any], *, key: bool, masked: bool) -> AttributeValue:
    ((kind, value),) = attribute.items()
    length = None if isinstance(value, bool) else len(value)
    if not masked:
        return AttributeValue(kind, length, _plain(value))
    if not key or not isinstance(value, str):
        return AttributeValue(kind, length, None)
    return AttributeValue(kind, length, f"{value[:_SHOWN]}…" if len(value) > 2 * _SHOWN else "…")


def _item(item: Mapping[str, Any], keys: tuple[str, ...], *, masked: bool) -> dict[str, AttributeValue]:
    names = [*(key for key in keys if key in item), *sorted(set(item) - {*keys})]
    return {name: _value(item[name], key=name in keys, masked=masked) for name in names}


def _items(
    aws: StackAccount, operation: str, table: str, limit: int, arguments: dict[str, Any]
) -> Iterator[Any]:
    """Yield items page by page, and never ask for more than the limit."""
    remaining = limit
    while remaining:
        answer = aws.ask(
            "dynamodb",
            operation,
            f"table {table}",
            TableName=table,
            Limit=min(remaining, _BATCH),
            ConsistentRead=False,
            **arguments,
        )
        yield from answer["Items"]
        remaining -= len(answer["Items"])
        if "LastEvaluatedKey" not in answer:
            return
        arguments = {**arguments, "ExclusiveStartKey": answer["LastEvaluatedKey"]}


def _queried(aws: StackAccount, table: str, limit: int, keys: Sequence[Mapping[str, Any]]) -> Iterator[Any]:
    """Yield the items of each partition key, or of each pair of keys, in the keys' order."""
    for key in keys:
        names = {f"#k{number}": name for number, name in enumerate(key)}
        arguments = {
            "KeyConditionExpression": " AND ".join(
                f"{placeholder} = :{placeholder[1:]}" for placeholder in names
            ),
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": {
                f":{placeholder[1:]}": key[name] for placeholder, name in names.items()
            },
        }
        for item in _items(aws, "query", table, limit, arguments):
            yield item
            limit -= 1


def _fetched(
    aws: StackAccount, table: str, keys: Sequence[Mapping[str, Any]], pause: Callable[[float], None]
) -> Iterator[Any]:
    """Yield the items of whole keys in the keys' order, 25 to a call; unprocessed keys are requested again.

    DynamoDB returns unprocessed keys when it throttles: back off exponentially (API reference, BatchGetItem).

    Raises:
        AwsError: Keys stay unprocessed.
    """
    for start in range(0, len(keys), _BATCH):
        batch = list(keys[start : start + _BATCH])
        remaining, items = batch, list[Mapping[str, Any]]()
        for attempt in range(_ATTEMPTS):
            request = {table: {"Keys": remaining, "ConsistentRead": False}}
            answer = aws.ask("dynamodb", "batch_get_item", f"table {table}", RequestItems=request)
            items += answer["Responses"].get(table, [])
            remaining = answer.get("UnprocessedKeys", {}).get(table, {}).get("Keys", [])
            if not remaining:
                break
            pause(_PAUSE_SECONDS * 2**attempt)
        else:
            raise failed(
                "UnprocessedKeys",
                "dynamodb:BatchGetItem",
                f"table {table}",
                f"{len(remaining)} keys were not read",
            )
        yield from sorted(items, key=lambda item: table_keys.position(item, batch))


def sample(
    aws: StackAccount,
    settings: Settings,
    name: str,
    *,
    limit: int | None = None,
    keys: Sequence[str] = (),
    ranges: Sequence[str] = (),
    masked: bool,
    pause: Callable[[float], None] = time.sleep,
) -> Sample:
    """Return some items of a table.

    Args:
        aws: The stack's account.
        settings: Has the tables' names.
        name: Logical or physical name.
        limit: Maximum number of items, which is also how many are read; None for 10, or for as many as there
            are whole keys.
        keys: Values of the partition key; none for the first items of a scan.
        ranges: Values of the sort key, one for each partition key; none for all items of each.
        masked: Whether to leave out values, and most of each key.
        pause: Waits before unprocessed keys are requested again.

    Raises:
        CommandError: There is no such table, the keys do not fit it, or AWS refuses.
    """
    table = settings.tables[name].name if name in settings.tables else name
    if not table.strip():
        raise CommandError(
            UNABLE, f"table {name!r}: give the name of one", f"the stack has {', '.join(settings.tables)}"
        )
    described = aws.ask("dynamodb", "describe_table", f"table {table}", TableName=table)["Table"]
    # the partition key is the first: DynamoDB API reference, KeySchema
    names = tuple(str(element["AttributeName"]) for element in described["KeySchema"])
    chosen_keys = table_keys.requested(described, names, keys, ranges)
    whole = bool(chosen_keys) and len(chosen_keys[0]) == len(names)
    most = limit or (max(_FEW, len(chosen_keys)) if whole else _FEW)
    if whole and len(chosen_keys) > 1:
        by, items = "batch get", _fetched(aws, table, chosen_keys[:most], pause)
    elif chosen_keys:
        by, items = "query", _queried(aws, table, most, chosen_keys)
    else:
        by, items = "scan", _items(aws, "scan", table, most, {})
    return Sample(table, names, by, masked, [_item(item, names, masked=masked) for item in items])
