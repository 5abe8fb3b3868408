"""Import ids: derived from what is declared, then from dependencies, and never guessed."""

from dataclasses import replace
from typing import Any

import pytest

from adopt.engine import UNKNOWN
from adopt.identity import Place, derive
from adopt.model import Target

PLACE = Place("123456789012", "us-east-1")
QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/trades.fifo"


def target(token: str, inputs: dict[str, Any], name: str = "it", **uses: tuple[str, ...]) -> Target:
    return Target(
        urn=f"urn:pulumi:s::p::{token}::{name}",
        type=token,
        name=name,
        inputs=inputs,
        uses=uses,
        component=False,
        protect=False,
        entry={"name": name, "type": token, "version": "7.0.0"},
    )


@pytest.mark.parametrize(
    ("token", "inputs", "expected"),
    [
        ("aws:dynamodb/table:Table", {"name": "BankTradeData"}, "BankTradeData"),
        ("aws:s3/bucket:Bucket", {"bucket": "documents"}, "documents"),
        ("aws:s3/bucketPolicy:BucketPolicy", {"bucket": "documents"}, "documents"),
        ("aws:sqs/queue:Queue", {"name": "trades.fifo"}, QUEUE),
        ("aws:iam/role:Role", {"name": "agent"}, "agent"),
        ("aws:iam/rolePolicy:RolePolicy", {"role": "agent", "name": "rights"}, "agent:rights"),
        ("aws:iam/policy:Policy", {"name": "p", "path": "/x/"}, "arn:aws:iam::123456789012:policy/x/p"),
        ("aws:cloudtrail/trail:Trail", {"name": "t"}, "arn:aws:cloudtrail:us-east-1:123456789012:trail/t"),
        ("aws:sns/topic:Topic", {"name": "t"}, "arn:aws:sns:us-east-1:123456789012:t"),
        ("aws:dynamodb/table:Table", {"name": UNKNOWN}, None),
        ("aws:dynamodb/table:Table", {}, None),
        ("aws:cognito/userPool:UserPool", {"name": "desk"}, None),
    ],
)
def test_an_id_is_made_of_what_is_declared(token: str, inputs: dict[str, Any], expected: str | None) -> None:
    (found,) = derive([target(token, inputs)], PLACE)
    assert found.id == expected
    assert bool(found.detail) == (expected is None)


def test_an_id_may_be_that_of_what_a_property_is_computed_from() -> None:
    queue = target("aws:sqs/queue:Queue", {"name": "trades.fifo"})
    policy = target("aws:sqs/queuePolicy:QueuePolicy", {"queueUrl": UNKNOWN}, "policy", queueUrl=(queue.urn,))
    lost = target("aws:sqs/queuePolicy:QueuePolicy", {"queueUrl": UNKNOWN}, "lost", queueUrl=("elsewhere",))
    assert [one.id for one in derive([policy, queue, lost], PLACE)] == [QUEUE, QUEUE, None]


def test_a_component_has_no_id() -> None:
    component = replace(target("x:y:Z", {}), component=True)
    assert derive([component], PLACE) == []
