"""Samples of tables: never more than asked for, and trade data only where it is asked for."""

from collections.abc import Callable
from typing import Any

import boto3
import pytest

from components.settings import Settings
from toolkit.aws.account import ForbiddenError
from toolkit.aws.calls import AwsError
from toolkit.errors import CommandError
from toolkit.operate.context import StackAccount
from toolkit.operate.tables import Value, sample

ITEM = {
    "trade_id": {"S": "TRADE-0001"},
    "internal_reference": {"S": "r1"},
    "notional": {"N": "1000000.50"},
    "secret": {"S": "Counterparty Ltd"},
    "blob": {"B": b"\x00\x01"},
    "legs": {"L": [{"S": "a"}, {"M": {"b": {"B": b"\xff"}}}]},
    "open": {"BOOL": False},
    "none": {"NULL": True},
}


@pytest.fixture
def dynamodb(place: StackAccount, settings: Settings) -> Any:  # noqa: ANN401 - boto3 makes clients at run time
    client = boto3.client("dynamodb", region_name=place.naming.region)
    client.create_table(
        TableName=settings.tables["bank-trades"].name,
        KeySchema=[
            {"AttributeName": "trade_id", "KeyType": "HASH"},
            {"AttributeName": "internal_reference", "KeyType": "RANGE"},
        ],
        AttributeDefinitions=[
            {"AttributeName": "trade_id", "AttributeType": "S"},
            {"AttributeName": "internal_reference", "AttributeType": "S"},
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    for index in range(7):
        client.put_item(
            TableName="BankTradeData",
            Item={
                **ITEM,
                "trade_id": {"S": f"TRADE-{index % 2}"},
                "internal_reference": {"S": f"ref-{index}"},
            },
        )
    return client


@pytest.fixture
def many(dynamodb: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - as above
    """Make sixty items, and give their keys, neither in their order."""
    keys = [(f"MANY-{index * 7 % 60}", "ref") for index in range(60)]
    for one, other in keys:
        dynamodb.put_item(
            TableName="BankTradeData", Item={"trade_id": {"S": one}, "internal_reference": {"S": other}}
        )
    return keys


def noted(
    place: StackAccount, operation: str, what: Callable[[dict[str, Any]], Any], into: list[Any] | None = None
) -> list[Any]:
    """Note something of the arguments of each call of an operation."""
    asked: list[Any] = [] if into is None else into

    def note(params: dict[str, Any], **_rest: object) -> None:
        asked.append(what(params))

    events = place.account.client("dynamodb").meta.events
    events.register(f"provide-client-params.dynamodb.{operation}", note)
    return asked


@pytest.mark.usefixtures("dynamodb")
@pytest.mark.parametrize("name", ["bank-trades", "BankTradeData"])
def test_a_scan_gives_as_many_items_as_are_asked_for_and_reads_no_more(
    place: StackAccount, settings: Settings, name: str
) -> None:
    read: list[int] = []

    def count(parsed: dict[str, Any], **_rest: object) -> None:
        read.append(parsed["ScannedCount"])

    place.account.client("dynamodb").meta.events.register("after-call.dynamodb.Scan", count)
    found = sample(place, settings, name, limit=3, masked=True)
    assert (found.by, len(found.items), sum(read)) == ("scan", 3, 3)
    assert len(sample(place, settings, name, limit=100, masked=True).items) == 7


def test_items_are_read_in_batches_of_25(place: StackAccount, settings: Settings, dynamodb: Any) -> None:  # noqa: ANN401 - as above
    for index in range(60):
        dynamodb.put_item(
            TableName="BankTradeData",
            Item={"trade_id": {"S": f"MANY-{index}"}, "internal_reference": {"S": "ref"}},
        )
    asked: list[int] = []

    def note(params: dict[str, Any], **_rest: object) -> None:
        asked.append(params["Limit"])

    events = place.account.client("dynamodb").meta.events
    events.register("provide-client-params.dynamodb.Scan", note)
    assert len(sample(place, settings, "bank-trades", limit=60, masked=True).items) == 60
    assert asked == [25, 25, 10]


@pytest.mark.usefixtures("dynamodb")
def test_a_key_is_queried_for(place: StackAccount, settings: Settings) -> None:
    found = sample(place, settings, "bank-trades", limit=10, keys=["TRADE-1"], masked=False)
    assert found.by == "query"
    assert [one["internal_reference"].shown for one in found.items] == ["ref-1", "ref-3", "ref-5"]
    assert sample(place, settings, "bank-trades", limit=10, keys=["TRADE"], masked=False).items == []
    both = sample(place, settings, "bank-trades", limit=4, keys=["TRADE-1", "TRADE-0"], masked=False)
    assert [one["internal_reference"].shown for one in both.items] == ["ref-1", "ref-3", "ref-5", "ref-0"]


@pytest.mark.usefixtures("dynamodb")
def test_a_sort_key_beside_it_names_one_item(place: StackAccount, settings: Settings) -> None:
    found = sample(place, settings, "bank-trades", keys=["TRADE-1"], ranges=["ref-3"], masked=False)
    assert (found.by, [one["internal_reference"].shown for one in found.items]) == ("query", ["ref-3"])


def test_whole_keys_are_fetched_in_batches_of_25_and_given_in_their_order(
    place: StackAccount, settings: Settings, many: list[tuple[str, str]]
) -> None:
    asked = noted(place, "BatchGetItem", lambda given: len(given["RequestItems"]["BankTradeData"]["Keys"]))
    chosen, ranges = [one for one, _ in many], [other for _, other in many]
    found = sample(place, settings, "bank-trades", keys=chosen, ranges=ranges, masked=False)
    assert (found.by, asked) == ("batch get", [25, 25, 10])
    assert [one["trade_id"].shown for one in found.items] == chosen
    few = sample(place, settings, "bank-trades", limit=3, keys=chosen, ranges=ranges, masked=False)
    assert [one["trade_id"].shown for one in few.items] == chosen[:3]


def test_keys_that_dynamodb_leaves_are_asked_for_again_each_time_later(
    place: StackAccount, settings: Settings, many: list[tuple[str, str]]
) -> None:
    chosen, ranges = [one for one, _ in many[:4]], [other for _, other in many[:4]]
    left: list[list[Any]] = []

    def leave(parsed: dict[str, Any], **_rest: object) -> None:
        if len(left) < 2:
            items = parsed["Responses"]["BankTradeData"]
            keys = [{key: one[key] for key in ("trade_id", "internal_reference")} for one in items[1:]]
            parsed["Responses"]["BankTradeData"] = items[:1]
            parsed["UnprocessedKeys"] = {"BankTradeData": {"Keys": keys}}
            left.append(keys)

    place.account.client("dynamodb").meta.events.register("after-call.dynamodb.BatchGetItem", leave)
    paused: list[float] = []
    found = sample(
        place, settings, "bank-trades", keys=chosen, ranges=ranges, masked=False, pause=paused.append
    )
    assert [one["trade_id"].shown for one in found.items] == chosen
    assert [len(one) for one in left] == [3, 2]
    assert paused[1] == 2 * paused[0] > 0


def test_keys_that_are_never_read_are_an_error(
    place: StackAccount, settings: Settings, many: list[tuple[str, str]]
) -> None:
    chosen, ranges = [one for one, _ in many[:2]], [other for _, other in many[:2]]

    keys = [{"trade_id": {"S": chosen[0]}, "internal_reference": {"S": ranges[0]}}]

    def leave(parsed: dict[str, Any], **_rest: object) -> None:
        parsed["Responses"] = {}
        parsed["UnprocessedKeys"] = {"BankTradeData": {"Keys": keys}}

    place.account.client("dynamodb").meta.events.register("after-call.dynamodb.BatchGetItem", leave)
    paused: list[float] = []
    with pytest.raises(AwsError, match="1 keys were not read; AWS is asked too often") as told:
        sample(place, settings, "bank-trades", keys=chosen, ranges=ranges, masked=False, pause=paused.append)
    assert (told.value.name, len(paused)) == ("UnprocessedKeys", 8)


def test_nothing_asks_for_consistent_reads_which_cost_twice(
    place: StackAccount, settings: Settings, many: list[tuple[str, str]]
) -> None:
    asked: list[bool] = []
    for operation in ("Scan", "Query"):
        asked = noted(place, operation, lambda given: given["ConsistentRead"], asked)
    noted(
        place, "BatchGetItem", lambda given: given["RequestItems"]["BankTradeData"]["ConsistentRead"], asked
    )
    sample(place, settings, "bank-trades", limit=1, masked=True)
    sample(place, settings, "bank-trades", keys=["TRADE-1"], masked=True)
    chosen, ranges = [one for one, _ in many[:2]], [other for _, other in many[:2]]
    sample(place, settings, "bank-trades", keys=chosen, ranges=ranges, masked=True)
    assert asked == [False, False, False]


@pytest.mark.usefixtures("dynamodb")
@pytest.mark.parametrize(
    ("name", "chosen", "ranges", "message"),
    [
        ("", (), (), "table '': give the name of one; the stack has bank-trades, "),
        (" ", (), (), "table ' ': give the name of one"),
        (
            "bank-trades",
            ("a", "b"),
            ("c",),
            "--range-key: there are 2 of --key and 1 of --range-key; give one",
        ),
        ("bank-trades", (), ("c",), "--range-key: there are 0 of --key and 1 of --range-key"),
        ("agent-registry", ("a",), ("c",), "--range-key: table AgentRegistry has a partition key only"),
    ],
)
def test_keys_that_do_not_fit_are_refused(
    place: StackAccount,
    settings: Settings,
    name: str,
    chosen: tuple[str, ...],
    ranges: tuple[str, ...],
    message: str,
) -> None:
    boto3.client("dynamodb", region_name="us-east-1").create_table(
        TableName="AgentRegistry",
        KeySchema=[{"AttributeName": "agent_id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "agent_id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    with pytest.raises(CommandError) as told:
        sample(place, settings, name, keys=chosen, ranges=ranges, masked=True)
    assert str(told.value).startswith(message)


@pytest.mark.usefixtures("dynamodb")
def test_masked_items_hold_types_and_lengths_and_the_beginning_of_keys(
    place: StackAccount, settings: Settings
) -> None:
    (item,) = sample(place, settings, "bank-trades", limit=1, keys=["TRADE-0"], masked=True).items
    assert item == {
        "trade_id": Value("S", 7, "TRA…"),
        "internal_reference": Value("S", 5, "…"),
        "blob": Value("B", 2, None),
        "legs": Value("L", 2, None),
        "none": Value("NULL", None, None),
        "notional": Value("N", 10, None),
        "open": Value("BOOL", None, None),
        "secret": Value("S", 16, None),
    }
    assert list(item)[:2] == ["trade_id", "internal_reference"]


@pytest.mark.usefixtures("dynamodb")
def test_unmasked_items_hold_everything_as_json_takes_it(place: StackAccount, settings: Settings) -> None:
    (item,) = sample(place, settings, "bank-trades", limit=1, keys=["TRADE-0"], masked=False).items
    assert item["secret"].shown == "Counterparty Ltd"
    assert item["legs"].shown == [{"S": "a"}, {"M": {"b": {"B": "/w=="}}}]
    assert item["open"].shown is False


@pytest.mark.usefixtures("account")
def test_a_table_that_is_not_there_is_told_in_one_line(place: StackAccount, settings: Settings) -> None:
    with pytest.raises(
        AwsError, match=r"dynamodb:DescribeTable on table Nope: ResourceNotFoundException"
    ) as told:
        sample(place, settings, "Nope", limit=1, masked=True)
    assert "\n" not in str(told.value)
    assert "see that it exists" in str(told.value)


@pytest.mark.usefixtures("dynamodb")
def test_a_call_that_changes_something_is_refused_before_it_is_sent(place: StackAccount) -> None:
    with pytest.raises(ForbiddenError, match="dynamodb:PutItem"):
        place.ask("dynamodb", "put_item", "table", TableName="BankTradeData", Item=ITEM)
    with pytest.raises(ForbiddenError, match="sqs:ReceiveMessage"):
        place.ask("sqs", "receive_message", "queue", QueueUrl="https://sqs.us-east-1.amazonaws.com/1/q")
    with pytest.raises(ForbiddenError, match="dynamodb:GetItem is not among the reads"):
        place.ask("dynamodb", "get_item", "table", TableName="BankTradeData", Key={"trade_id": {"S": "a"}})
