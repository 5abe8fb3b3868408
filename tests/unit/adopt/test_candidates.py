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


def plan(token: str, resource: Found, *live: str) -> Plan:
    return Plan(
        [resource], unmanaged=[(token, name) for name in live] + [("aws:iam/role:Role", "x-production")]
    )


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
    resource = absent(token, name)
    unrelated = [f"nothing-like-that-{index}" for index in range(9)]
    candidates.offer(plan(token, resource, *unrelated, live))
    assert (resource.candidates[0].id, resource.id, resource.status, resource.decision) == (
        live,
        name,
        "absent",
        "import",
    )
    assert len(resource.candidates) == candidates.FEW
    assert candidates.near(resource)


def test_a_candidate_is_named_by_its_import_id_and_whose_it_is(tmp_path: Path) -> None:
    resource = absent(QUEUE, "a", f"{URL}a")
    adoption_plan = plan(QUEUE, resource, "a.fifo")
    adoption_plan.ids[QUEUE, "a.fifo"] = f"{URL}a.fifo"
    adoption_plan.owners[QUEUE, "a.fifo"] = "CloudFormation stack old owns it"
    candidates.offer(adoption_plan)
    file = tmp_path / "mapping.yaml"
    mapping.propose(file, adoption_plan.found)
    assert f"#   # candidate {URL}a.fifo: a.fifo; CloudFormation stack old owns it\n" in file.read_text()
    assert mapping.read(file, [resource.target.urn], "us-east-1") == []  # a comment decides nothing


def test_only_what_is_absent_and_undecided_gets_candidates() -> None:
    live, unknown, decided = (absent(TABLE, name) for name in ("orders", "trades", "status"))
    live.status, unknown.status, decided.decision = "found", "unknown", "create"
    candidates.offer(Plan([live, unknown, decided], unmanaged=[(TABLE, "Orders"), (TABLE, "Trades")]))
    assert [resource.candidates for resource in (live, unknown, decided)] == [[], [], []]


def test_a_type_of_which_nothing_is_there_is_one_entry_only_if_nothing_has_nearly_its_names(
    tmp_path: Path,
) -> None:
    for live, single in (("Orders", True), ("xyz", False)):
        resources = [absent(TABLE, name) for name in ("orders", "trades")]
        candidates.offer(Plan(resources, unmanaged=[(TABLE, live)]))
        file = tmp_path / f"{live}.yaml"
        mapping.propose(file, resources)
        assert (f"candidate {live}: {live}" in file.read_text()) == single
        assert (resources[0].target.urn in file.read_text()) == single
        assert ("absent, all 2 of them" in file.read_text()) != single
