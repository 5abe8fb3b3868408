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
from toolkit.operate.tables import AttributeValue, sample

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
def dynamodb(aws: StackAccount, settings: Settings) -> Any:  # noqa: ANN401 - boto3 makes clients at run time
    client = boto3.client("dynamodb", region_name=aws.naming.region)
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
    for partition_key, sort_key in keys:
        dynamodb.put_item(
            TableName="BankTradeData",
            Item={"trade_id": {"S": partition_key}, "internal_reference": {"S": sort_key}},
        )
    return keys


def record_calls(
    aws: StackAccount,
    operation: str,
    value_of: Callable[[dict[str, Any]], Any],
    into: list[Any] | None = None,
) -> list[Any]:
    """Note something of the arguments of each call of an operation."""
    values: list[Any] = [] if into is None else into

    def note(params: dict[str, Any], **_kwargs: object) -> None:
        values.append(value_of(params))

    events = aws.account.client("dynamodb").meta.events
    events.register(f"provide-client-params.dynamodb.{operation}", note)
    return values


@pytest.mark.usefixtures("dynamodb")
@pytest.mark.parametrize("name", ["bank-trades", "BankTradeData"])
def test_a_scan_gives_as_many_items_as_are_asked_for_and_reads_no_more(
    aws: StackAccount, settings: Settings, name: str
) -> None:
    read: list[int] = []

    def count(parsed: dict[str, Any], **_kwargs: object) -> None:
        read.append(parsed["ScannedCount"])

    aws.account.client("dynamodb").meta.events.register("after-call.dynamodb.Scan", count)
    result = sample(aws, settings, name, limit=3, masked=True)
    assert (result.by, len(result.items), sum(read)) == ("scan", 3, 3)
    assert len(sample(aws, settings, name, limit=100, masked=True).items) == 7


def test_items_are_read_in_batches_of_25(aws: StackAccount, settings: Settings, dynamodb: Any) -> None:  # noqa: ANN401 - as above
    for index in range(60):
        dynamodb.put_item(
            TableName="BankTradeData",
            Item={"trade_id": {"S": f"MANY-{index}"}, "internal_reference": {"S": "ref"}},
        )
    limits: list[int] = []

    def note(params: dict[str, Any], **_kwargs: object) -> None:
        limits.append(params["Limit"])

    events = aws.account.client("dynamodb").meta.events
    events.register("provide-client-params.dynamodb.Scan", note)
    assert len(sample(aws, settings, "bank-trades", limit=60, masked=True).items) == 60
    assert limits == [25, 25, 10]


@pytest.mark.usefixtures("dynamodb")
def test_a_key_is_queried_for(aws: StackAccount, settings: Settings) -> None:
    result = sample(aws, settings, "bank-trades", limit=10, keys=["TRADE-1"], masked=False)
    assert result.by == "query"
    assert [item["internal_reference"].shown for item in result.items] == ["ref-1", "ref-3", "ref-5"]
    assert sample(aws, settings, "bank-trades", limit=10, keys=["TRADE"], masked=False).items == []
    two_keys = sample(aws, settings, "bank-trades", limit=4, keys=["TRADE-1", "TRADE-0"], masked=False)
    assert [item["internal_reference"].shown for item in two_keys.items] == [
        "ref-1",
        "ref-3",
        "ref-5",
        "ref-0",
    ]


@pytest.mark.usefixtures("dynamodb")
def test_a_sort_key_beside_it_names_one_item(aws: StackAccount, settings: Settings) -> None:
    result = sample(aws, settings, "bank-trades", keys=["TRADE-1"], ranges=["ref-3"], masked=False)
    assert (result.by, [item["internal_reference"].shown for item in result.items]) == ("query", ["ref-3"])


def test_whole_keys_are_fetched_in_batches_of_25_and_given_in_their_order(
    aws: StackAccount, settings: Settings, many: list[tuple[str, str]]
) -> None:
    batch_sizes = record_calls(
        aws, "BatchGetItem", lambda params: len(params["RequestItems"]["BankTradeData"]["Keys"])
    )
    keys, ranges = [key for key, _ in many], [key for _, key in many]
    result = sample(aws, settings, "bank-trades", keys=keys, ranges=ranges, masked=False)
    assert (result.by, batch_sizes) == ("batch get", [25, 25, 10])
    assert [item["trade_id"].shown for item in result.items] == keys
    few = sample(aws, settings, "bank-trades", limit=3, keys=keys, ranges=ranges, masked=False)
    assert [item["trade_id"].shown for item in few.items] == keys[:3]


def test_keys_that_dynamodb_leaves_are_asked_for_again_each_time_later(
    aws: StackAccount, settings: Settings, many: list[tuple[str, str]]
) -> None:
    keys, ranges = [key for key, _ in many[:4]], [key for _, key in many[:4]]
    unprocessed: list[list[Any]] = []

    def leave(parsed: dict[str, Any], **_kwargs: object) -> None:
        if len(unprocessed) < 2:
            items = parsed["Responses"]["BankTradeData"]
            keys = [{key: item[key] for key in ("trade_id", "internal_reference")} for item in items[1:]]
            parsed["Responses"]["BankTradeData"] = items[:1]
            parsed["UnprocessedKeys"] = {"BankTradeData": {"Keys": keys}}
            unprocessed.append(keys)

    aws.account.client("dynamodb").meta.events.register("after-call.dynamodb.BatchGetItem", leave)
    paused: list[float] = []
    result = sample(aws, settings, "bank-trades", keys=keys, ranges=ranges, masked=False, pause=paused.append)
    assert [item["trade_id"].shown for item in result.items] == keys
    assert [len(batch) for batch in unprocessed] == [3, 2]
    assert paused[1] == 2 * paused[0] > 0


def test_keys_that_are_never_read_are_an_error(
    aws: StackAccount, settings: Settings, many: list[tuple[str, str]]
) -> None:
    keys, ranges = [key for key, _ in many[:2]], [key for _, key in many[:2]]

    unprocessed = [{"trade_id": {"S": keys[0]}, "internal_reference": {"S": ranges[0]}}]

    def leave(parsed: dict[str, Any], **_kwargs: object) -> None:
        parsed["Responses"] = {}
        parsed["UnprocessedKeys"] = {"BankTradeData": {"Keys": unprocessed}}

    aws.account.client("dynamodb").meta.events.register("after-call.dynamodb.BatchGetItem", leave)
    paused: list[float] = []
    with pytest.raises(AwsError, match="1 keys were not read; AWS is asked too often") as raised:
        sample(aws, settings, "bank-trades", keys=keys, ranges=ranges, masked=False, pause=paused.append)
    assert (raised.value.name, len(paused)) == ("UnprocessedKeys", 8)


def test_nothing_asks_for_consistent_reads_which_cost_twice(
    aws: StackAccount, settings: Settings, many: list[tuple[str, str]]
) -> None:
    consistent: list[bool] = []
    for operation in ("Scan", "Query"):
        consistent = record_calls(aws, operation, lambda params: params["ConsistentRead"], consistent)
    record_calls(
        aws,
        "BatchGetItem",
        lambda params: params["RequestItems"]["BankTradeData"]["ConsistentRead"],
        consistent,
    )
    sample(aws, settings, "bank-trades", limit=1, masked=True)
    sample(aws, settings, "bank-trades", keys=["TRADE-1"], masked=True)
    keys, ranges = [key for key, _ in many[:2]], [key for _, key in many[:2]]
    sample(aws, settings, "bank-trades", keys=keys, ranges=ranges, masked=True)
    assert consistent == [False, False, False]


@pytest.mark.usefixtures("dynamodb")
@pytest.mark.parametrize(
    ("name", "keys", "ranges", "message"),
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
    aws: StackAccount,
    settings: Settings,
    name: str,
    keys: tuple[str, ...],
    ranges: tuple[str, ...],
    message: str,
) -> None:
    boto3.client("dynamodb", region_name="us-east-1").create_table(
        TableName="AgentRegistry",
        KeySchema=[{"AttributeName": "agent_id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "agent_id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    with pytest.raises(CommandError) as raised:
        sample(aws, settings, name, keys=keys, ranges=ranges, masked=True)
    assert str(raised.value).startswith(message)


@pytest.mark.usefixtures("dynamodb")
def test_masked_items_hold_types_and_lengths_and_the_beginning_of_keys(
    aws: StackAccount, settings: Settings
) -> None:
    (item,) = sample(aws, settings, "bank-trades", limit=1, keys=["TRADE-0"], masked=True).items
    assert item == {
        "trade_id": AttributeValue("S", 7, "TRA…"),
        "internal_reference": AttributeValue("S", 5, "…"),
        "blob": AttributeValue("B", 2, None),
        "legs": AttributeValue("L", 2, None),
        "none": AttributeValue("NULL", None, None),
        "notional": AttributeValue("N", 10, None),
        "open": AttributeValue("BOOL", None, None),
        "secret": AttributeValue("S", 16, None),
    }
    assert list(item)[:2] == ["trade_id", "internal_reference"]


@pytest.mark.usefixtures("dynamodb")
def test_unmasked_items_hold_everything_as_json_takes_it(aws: StackAccount, settings: Settings) -> None:
    (item,) = sample(aws, settings, "bank-trades", limit=1, keys=["TRADE-0"], masked=False).items
    assert item["secret"].shown == "Counterparty Ltd"
    assert item["legs"].shown == [{"S": "a"}, {"M": {"b": {"B": "/w=="}}}]
    assert item["open"].shown is False


@pytest.mark.usefixtures("account")
def test_a_table_that_is_not_there_is_told_in_one_line(aws: StackAccount, settings: Settings) -> None:
    with pytest.raises(
        AwsError, match=r"dynamodb:DescribeTable on table Nope: ResourceNotFoundException"
    ) as raised:
        sample(aws, settings, "Nope", limit=1, masked=True)
    assert "\n" not in str(raised.value)
    assert "see that it exists" in str(raised.value)


@pytest.mark.usefixtures("dynamodb")
def test_a_call_that_changes_something_is_refused_before_it_is_sent(aws: StackAccount) -> None:
    with pytest.raises(ForbiddenError, match="dynamodb:PutItem"):
        aws.ask("dynamodb", "put_item", "table", TableName="BankTradeData", Item=ITEM)
    with pytest.raises(ForbiddenError, match="sqs:ReceiveMessage"):
        aws.ask("sqs", "receive_message", "queue", QueueUrl="https://sqs.us-east-1.amazonaws.com/1/q")
    with pytest.raises(ForbiddenError, match="dynamodb:GetItem is not among the reads"):
        aws.ask("dynamodb", "get_item", "table", TableName="BankTradeData", Key={"trade_id": {"S": "a"}})
