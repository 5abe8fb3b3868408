"""What is left to do is told by name, with what an absent resource may be."""

from pathlib import Path
from typing import Any

import pytest

from toolkit.adopt import reasons
from toolkit.adopt.model import Candidate, Difference, Found, Plan, Target
from toolkit.adopt.next_steps import next_steps

FILE = Path("mapping.yaml")
BUCKET, QUEUE, TABLE = "aws:s3/bucket:Bucket", "aws:sqs/queue:Queue", "aws:dynamodb/table:Table"


def found(token: str, name: str, identity: str | None, status: Any = "absent", **fields: Any) -> Found:  # noqa: ANN401 - fields of any kind
    target = Target(f"urn:pulumi:s::p::{token}::{name}", token, name, {}, {}, False, False, False, {})  # noqa: FBT003 - no part in it
    return Found(target, identity, status, **fields)


def test_what_an_absent_one_may_be_is_in_the_line_that_stops() -> None:
    resource = found(TABLE, "trades", "trades", candidates=[Candidate("trades-2", "trades-2")])
    assert reasons.unresolved([resource], FILE).endswith("; perhaps it is trades-2")
    part = found(BUCKET, "part", "part")
    assert "first: urn:pulumi:s::p::aws:dynamodb/table:Table::trades: absent" in reasons.unresolved(
        [part, resource], FILE
    )
    resource.named_by = "p:trades.name of Pulumi.s.yaml"
    assert reasons.unresolved([resource], FILE).endswith(
        "; perhaps it is trades-2: then write its name into p:trades.name of Pulumi.s.yaml"
    )
    resource.decision = "create"
    assert "perhaps" not in reasons.unresolved([resource], FILE)


def test_decisions_are_asked_for_by_name_and_what_is_like_nothing_by_type() -> None:
    either = [Candidate("a", "old"), Candidate("b", "new")]
    plan = Plan(
        [
            found(TABLE, "trades", "trades", candidates=either[:1]),
            found(TABLE, "pool", None, "ambiguous", candidates=either),
            found(BUCKET, "one", "one"),
            found(BUCKET, "two", "two"),
            found(QUEUE, "hidden", "q", "unknown", detail="sqs:GetQueueAttributes is refused"),
            found(QUEUE, "there", "t", "found"),
            found(QUEUE, "new", "n", decision="create"),
        ]
    )
    assert next_steps(plan, 4, "s", FILE) == [
        f"Say in mapping.yaml whether trades ({TABLE}) is a, or is to be created",
        f"Say in mapping.yaml which live one pool ({TABLE}) is: a, b",
        f"Mend that hidden ({QUEUE}) is unknown: sqs:GetQueueAttributes is refused",
        f"Say in mapping.yaml whether what is absent of {BUCKET} (2) is to be created",
        "./tms adopt run --stack s",
    ]


def stop(number: int) -> Difference:
    urn = f"urn:pulumi:s::p::{TABLE}::t{number}"
    return Difference(urn, "hashKey", "a", "b", "replaced", stops=True, remedy=f"write it into {number}")


def test_each_stop_is_told_with_its_setting_and_then_what_is_left() -> None:
    beside = [
        Difference("urn:pulumi:s::p::a::b", "", None, None, "created"),
        Difference("urn:pulumi:s::p::a::b", "c", 1, 2, "updated in place"),
        Difference("urn:pulumi:s::p::a::b", "d", 1, 2, "updated in place", agreed="so be it"),
    ]
    assert next_steps(Plan(differences=[stop(1), *beside]), 5, "s", FILE) == [
        "t1.hashKey: write it into 1",
        "Say in mapping.yaml of the 1 that would be created: which live one it is, or create and why",
        "Take the edit of the other difference, or agree to it in mapping.yaml, under change",
        "./tms adopt run --stack s",
    ]


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (1, "Take the edit of the difference, or agree to it in mapping.yaml, under change"),
        (2, "Take the edits of the 2 differences, or agree to them in mapping.yaml, under change"),
    ],
)
def test_what_differs_alone_is_not_told_as_the_other(count: int, expected: str) -> None:
    differences = [
        Difference("urn:pulumi:s::p::a::b", str(n), 1, 2, "updated in place") for n in range(count)
    ]
    assert next_steps(Plan(differences=differences), 7, "s", FILE)[0] == expected


def test_a_name_that_is_written_otherwise_is_mended_where_it_is_declared() -> None:
    resource = found(
        TABLE, "trades", "trades", candidates=[Candidate("trades-production", "trades-production")]
    )
    resource.named_by = "p:tables.trades.name of Pulumi.s.yaml"
    assert next_steps(Plan([resource]), 4, "s", FILE)[0] == (
        f"Write the live name into p:tables.trades.name of Pulumi.s.yaml if trades ({TABLE}) is "
        "trades-production; if not, decide in mapping.yaml"
    )


def test_a_long_list_is_cut_and_says_so() -> None:
    steps = next_steps(Plan(differences=[stop(n) for n in range(13)]), 5, "s", FILE)
    assert len(steps) == 12
    assert steps[10] == "And 3 more edits, all of them below"


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (
            Plan([found(TABLE, "t", "t", "found")], rehearsed=True),
            ["./tms adopt apply --stack s --yes", "./tms adopt prove --stack s"],
        ),
        (Plan(), ["./tms adopt prove --stack s"]),
    ],
)
def test_what_is_clean_is_applied_and_proven(plan: Plan, expected: list[str]) -> None:
    assert next_steps(plan, 0, "s", FILE) == expected
