"""Samples of tables: never more than asked for, and trade data only where it is asked for."""

from typing import Any

import boto3
import pytest

from adopt.live import ForbiddenError
from components.settings import Settings
from operate.asking import AwsError, Place
from operate.tables import Value, sample

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
def dynamodb(place: Place, settings: Settings) -> Any:  # noqa: ANN401 - boto3 makes clients at run time
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


@pytest.mark.usefixtures("dynamodb")
@pytest.mark.parametrize("name", ["bank-trades", "BankTradeData"])
def test_a_scan_gives_as_many_items_as_are_asked_for_and_reads_no_more(
    place: Place, settings: Settings, name: str
) -> None:
    read: list[int] = []

    def count(parsed: dict[str, Any], **_rest: object) -> None:
        read.append(parsed["ScannedCount"])

    place.account.client("dynamodb").meta.events.register("after-call.dynamodb.Scan", count)
    found = sample(place, settings, name, limit=3, key=None, masked=True)
    assert (found.by, len(found.items), sum(read)) == ("scan", 3, 3)
    assert len(sample(place, settings, name, limit=100, key=None, masked=True).items) == 7


def test_items_are_read_in_batches_of_25(place: Place, settings: Settings, dynamodb: Any) -> None:  # noqa: ANN401 - as above
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
    assert len(sample(place, settings, "bank-trades", limit=60, key=None, masked=True).items) == 60
    assert asked == [25, 25, 10]


@pytest.mark.usefixtures("dynamodb")
def test_a_key_is_queried_for(place: Place, settings: Settings) -> None:
    found = sample(place, settings, "bank-trades", limit=10, key="TRADE-1", masked=False)
    assert found.by == "query"
    assert [one["internal_reference"].shown for one in found.items] == ["ref-1", "ref-3", "ref-5"]
    assert sample(place, settings, "bank-trades", limit=10, key="TRADE", masked=False).items == []


@pytest.mark.usefixtures("dynamodb")
def test_masked_items_hold_types_and_lengths_and_the_beginning_of_keys(
    place: Place, settings: Settings
) -> None:
    (item,) = sample(place, settings, "bank-trades", limit=1, key="TRADE-0", masked=True).items
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
def test_unmasked_items_hold_everything_as_json_takes_it(place: Place, settings: Settings) -> None:
    (item,) = sample(place, settings, "bank-trades", limit=1, key="TRADE-0", masked=False).items
    assert item["secret"].shown == "Counterparty Ltd"
    assert item["legs"].shown == [{"S": "a"}, {"M": {"b": {"B": "/w=="}}}]
    assert item["open"].shown is False


@pytest.mark.usefixtures("account")
def test_a_table_that_is_not_there_is_told_in_one_line(place: Place, settings: Settings) -> None:
    with pytest.raises(
        AwsError, match=r"dynamodb:DescribeTable on table Nope: ResourceNotFoundException"
    ) as told:
        sample(place, settings, "Nope", limit=1, key=None, masked=True)
    assert "\n" not in str(told.value)
    assert "see that it exists" in str(told.value)


@pytest.mark.usefixtures("dynamodb")
def test_a_call_that_changes_something_is_refused_before_it_is_sent(place: Place) -> None:
    with pytest.raises(ForbiddenError, match="dynamodb:PutItem"):
        place.ask("dynamodb", "put_item", "table", TableName="BankTradeData", Item=ITEM)
    with pytest.raises(ForbiddenError, match="sqs:ReceiveMessage"):
        place.ask("sqs", "receive_message", "queue", QueueUrl="https://sqs.us-east-1.amazonaws.com/1/q")
    with pytest.raises(ForbiddenError, match="dynamodb:GetItem is not among the reads"):
        place.ask("dynamodb", "get_item", "table", TableName="BankTradeData", Key={"trade_id": {"S": "a"}})
