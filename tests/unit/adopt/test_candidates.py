"""What is absent under its derived id is put to a person with the live ones that may be meant by it."""

from pathlib import Path

import pytest

from tests.unit.adopt.test_resolver import target
from toolkit.adopt import candidates, mapping
from toolkit.adopt.model import Found, Plan

BUCKET, TABLE, QUEUE = "aws:s3/bucket:Bucket", "aws:dynamodb/table:Table", "aws:sqs/queue:Queue"
URL = "https://sqs.us-east-1.amazonaws.com/123456789012/"


def absent(token: str, name: str, identity: str = "") -> Found:
    key = "bucket" if token == BUCKET else "name"
    return Found(target(token, {key: name}, name), id=identity or name, status="absent", detail="it is gone")


def plan(token: str, found: Found, *live: str) -> Plan:
    return Plan([found], unmanaged=[(token, name) for name in live] + [("aws:iam/role:Role", "x-production")])


@pytest.mark.parametrize(
    ("token", "name", "live"),
    [
        (BUCKET, "x-production", "x-production-production"),
        (TABLE, "orders", "Orders"),
        (QUEUE, "a", "a.fifo"),
        (TABLE, "trade-status", "status-of-trades"),
    ],
)
def test_the_nearest_name_of_its_type_is_the_first_candidate_and_none_is_taken(
    token: str, name: str, live: str
) -> None:
    one = absent(token, name)
    others = [f"nothing-like-that-{index}" for index in range(9)]
    candidates.offer(plan(token, one, *others, live))
    assert (one.candidates[0].id, one.id, one.status, one.decision) == (live, name, "absent", "import")
    assert len(one.candidates) == candidates.FEW
    assert candidates.near(one)


def test_a_candidate_is_named_by_its_import_id_and_whose_it_is(tmp_path: Path) -> None:
    one = absent(QUEUE, "a", f"{URL}a")
    found = plan(QUEUE, one, "a.fifo")
    found.ids[QUEUE, "a.fifo"] = f"{URL}a.fifo"
    found.owners[QUEUE, "a.fifo"] = "CloudFormation stack old owns it"
    candidates.offer(found)
    file = tmp_path / "mapping.yaml"
    mapping.propose(file, found.found)
    assert f"#   # candidate {URL}a.fifo: a.fifo; CloudFormation stack old owns it\n" in file.read_text()
    assert mapping.read(file, [one.target.urn], "us-east-1") == []  # a comment decides nothing


def test_only_what_is_absent_and_undecided_gets_candidates() -> None:
    there, unknown, made = (absent(TABLE, name) for name in ("orders", "trades", "status"))
    there.status, unknown.status, made.decision = "found", "unknown", "create"
    candidates.offer(Plan([there, unknown, made], unmanaged=[(TABLE, "Orders"), (TABLE, "Trades")]))
    assert [one.candidates for one in (there, unknown, made)] == [[], [], []]


def test_a_type_of_which_nothing_is_there_is_one_entry_only_if_nothing_has_nearly_its_names(
    tmp_path: Path,
) -> None:
    for live, single in (("Orders", True), ("xyz", False)):
        found = [absent(TABLE, name) for name in ("orders", "trades")]
        candidates.offer(Plan(found, unmanaged=[(TABLE, live)]))
        file = tmp_path / f"{live}.yaml"
        mapping.propose(file, found)
        assert (f"candidate {live}: {live}" in file.read_text()) == single
        assert (found[0].target.urn in file.read_text()) == single
        assert ("absent, all 2 of them" in file.read_text()) != single
