"""A sample of a table: by its key where one is given, else what a scan finds first; trade data is masked."""

import base64
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from components.settings import Settings
from toolkit.aws.calls import failed
from toolkit.errors import UNABLE, CommandError
from toolkit.operate.context import StackAccount

_BATCH = 25
"""Items per call: what the system's AWS guidelines set, and far within DynamoDB's page of 1 MB."""
_FEW = 10
"""Items that are shown where nobody says how many."""
_ATTEMPTS = 8
_PAUSE_SECONDS = 0.1
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
        by: `query`, `batch get` or `scan`.
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


def _typed(kind: str, value: str, option: str) -> dict[str, Any]:
    """Give a key's value for a query.

    Raises:
        CommandError: The key is of bytes, and the value is not Base64.
    """
    if kind != "B":
        return {kind: value}
    try:
        return {kind: base64.b64decode(value, validate=True)}
    except ValueError:
        raise CommandError(UNABLE, f"{option}: this key is of bytes", "give it in Base64") from None


def _items(
    place: StackAccount, operation: str, table: str, limit: int, asked: dict[str, Any]
) -> Iterator[Any]:
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


def _queried(
    place: StackAccount, table: str, limit: int, wanted: Sequence[Mapping[str, Any]]
) -> Iterator[Any]:
    """Give the items of each partition key, or of each pair of keys, one after the other."""
    for key in wanted:
        names = {f"#k{number}": name for number, name in enumerate(key)}
        asked = {
            "KeyConditionExpression": " AND ".join(f"{one} = :{one[1:]}" for one in names),
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": {f":{one[1:]}": key[name] for one, name in names.items()},
        }
        for item in _items(place, "query", table, limit, asked):
            yield item
            limit -= 1


def _fetched(
    place: StackAccount, table: str, wanted: Sequence[Mapping[str, Any]], pause: Callable[[float], None]
) -> Iterator[Any]:
    """Give the items of whole keys in the keys' order, 25 to a call; what DynamoDB leaves is asked for again.

    It leaves keys when it is asked too often: API reference, BatchGetItem, which wants exponential backoff.

    Raises:
        AwsError: It goes on leaving some.
    """
    for start in range(0, len(wanted), _BATCH):
        asked = list(wanted[start : start + _BATCH])
        left, found = asked, list[Mapping[str, Any]]()
        for attempt in range(_ATTEMPTS):
            request = {table: {"Keys": left, "ConsistentRead": False}}
            answer = place.ask("dynamodb", "batch_get_item", f"table {table}", RequestItems=request)
            found += answer["Responses"].get(table, [])
            left = answer.get("UnprocessedKeys", {}).get(table, {}).get("Keys", [])
            if not left:
                break
            pause(_PAUSE_SECONDS * 2**attempt)
        else:
            raise failed(
                "UnprocessedKeys",
                "dynamodb:BatchGetItem",
                f"table {table}",
                f"{len(left)} keys were not read",
            )
        yield from sorted(found, key=lambda item: _place_of(item, asked))


def _place_of(item: Mapping[str, Any], wanted: Sequence[Mapping[str, Any]]) -> int:
    """Give where the key of an item stands; DynamoDB spells numbers its own way, and those come last."""
    return next(
        (at for at, key in enumerate(wanted) if all(item.get(name) == one for name, one in key.items())),
        len(wanted),
    )


def _wanted(
    described: Mapping[str, Any], names: tuple[str, ...], chosen: Sequence[str], ranges: Sequence[str]
) -> list[dict[str, Any]]:
    """Give the keys that are asked for, each once.

    Raises:
        CommandError: There are not as many sort keys as partition keys, or the table has none.
    """
    if ranges and len(names) == 1:
        raise CommandError(
            UNABLE, f"--range-key: table {described['TableName']} has a partition key only", "leave it out"
        )
    if ranges and len(ranges) != len(chosen):
        said = f"{len(chosen)} of --key and {len(ranges)} of --range-key"
        raise CommandError(
            UNABLE, f"--range-key: there are {said}", "give one for each --key, in the same order"
        )
    kinds = {one["AttributeName"]: one["AttributeType"] for one in described["AttributeDefinitions"]}
    given = [
        {
            name: _typed(kinds[name], value, option)
            for name, value, option in zip(names, values, ("--key", "--range-key"), strict=False)
        }
        for values in (zip(chosen, ranges, strict=True) if ranges else ((one,) for one in chosen))
    ]
    return [one for number, one in enumerate(given) if one not in given[:number]]


def sample(
    place: StackAccount,
    settings: Settings,
    name: str,
    *,
    limit: int | None = None,
    keys: Sequence[str] = (),
    ranges: Sequence[str] = (),
    masked: bool,
    pause: Callable[[float], None] = time.sleep,
) -> Sample:
    """Give some items of a table.

    Args:
        place: Where to ask.
        settings: Has the tables' names.
        name: Logical or physical name.
        limit: So many items at most, which are also all that are read; None for 10, or for as many as whole
            keys are named.
        keys: Values of the partition key; none for whatever a scan finds first.
        ranges: Values of the sort key, one for each of the former; none for all items of each.
        masked: Leave out what is no key, and most of what is.
        pause: Waits before keys that were left are asked for again.

    Raises:
        CommandError: There is no such table, the keys do not fit it, or AWS refuses.
    """
    table = settings.tables[name].name if name in settings.tables else name
    if not table.strip():
        raise CommandError(
            UNABLE, f"table {name!r}: give the name of one", f"the stack has {', '.join(settings.tables)}"
        )
    described = place.ask("dynamodb", "describe_table", f"table {table}", TableName=table)["Table"]
    # the partition key is the first: DynamoDB API reference, KeySchema
    names = tuple(str(one["AttributeName"]) for one in described["KeySchema"])
    wanted = _wanted(described, names, keys, ranges)
    whole = bool(wanted) and len(wanted[0]) == len(names)
    most = limit or (max(_FEW, len(wanted)) if whole else _FEW)
    if whole and len(wanted) > 1:
        by, given = "batch get", _fetched(place, table, wanted[:most], pause)
    elif wanted:
        by, given = "query", _queried(place, table, most, wanted)
    else:
        by, given = "scan", _items(place, "scan", table, most, {})
    return Sample(table, names, by, masked, [_item(one, names, masked=masked) for one in given])
