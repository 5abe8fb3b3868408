"""Decisions of a person: read strictly, every fault at once, and proposed without overwriting."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.unit.adopt.test_resolver import target
from toolkit.adopt import mapping
from toolkit.adopt.model import Consequence, Difference, Found
from toolkit.errors import UNABLE, CommandError

TRADES = "urn:pulumi:local::one::aws:dynamodb/table:Table::trades"

TABLE = target("aws:dynamodb/table:Table", {"name": "a"}, "a")
OTHER = target("aws:dynamodb/table:Table", {"name": "b"}, "b")
URNS = [TABLE.urn, OTHER.urn]


def read(folder: Path, text: str) -> list[Mapping[str, Any]]:
    file = folder / "mapping.yaml"
    file.write_text(text)
    return mapping.read(file, URNS, "us-east-1")


def test_no_file_is_no_decision(tmp_path: Path) -> None:
    assert mapping.read(tmp_path / "none.yaml", URNS, "us-east-1") == []
    assert read(tmp_path, "") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[", "it is not YAML"),
        ("a: b", "it must be a list"),
        ("- a", "entry 1 is no mapping"),
        (f"- {{urn: '{URNS[0]}', id: a}}\n- {{urn: '{URNS[0]}', id: c}}", "stands twice"),
        (f"- {{urn: '{URNS[0]}', id: a}}\n- {{urn: '{URNS[1]}', id: a}}", "entry 2 has the id of entry 1"),
        (f"- {{urn: '{URNS[0]}', id: a, create: b}}", "it has id, create"),
        (f"- {{urn: '{URNS[0]}', id: 7}}", "id is 7 and must be a text, in quotes: the id"),
        (f"- {{urn: '{URNS[0]}', id: }}", "id is empty; write the id"),
        (f"- {{urn: '{URNS[0]}', skip: 5}}", "skip is 5 and must be a text, in quotes: the reason"),
        (f"- {{urn: '{URNS[0]}x', id: a}}", f"{URNS[0]}x is not declared .*; perhaps it is {URNS[0]}$"),
        (f"- {{urn: '{URNS[0]}', id: a, id: b}}", "id stands twice in one entry, in lines 1 and 1: keep one"),
        (f"- urn: '{URNS[0]}'\n id: a", r"line 2: it is not YAML \(.+\): mend it, then run this again"),
        ("- {id: a}", "entry 1: urn is empty; write that of what is declared"),
        ("- {urn: [1], id: a}", r"entry 1: urn is \[1\] and must be a text"),
        ("- {urn: 5, change: {tags: why}}", "entry 1: urn is 5 and must be a text"),
        ("- {urn: '*', change: {5: why}}", "entry 1: 5 is no property; write its name under change"),
        ("- {urn: '*', change: {tags: 5}}", "change.tags is 5 and must be a text, in quotes: the reason"),
        (f"- {{urn: '{URNS[0]}', idd: a}}", "idd is no key of it"),
        (
            f"- {{urn: '{URNS[0]}', id: 'https://sqs.eu-west-1.amazonaws.com/123456789012/a'}}",
            "entry 1: id https://sqs.eu-west-1.amazonaws.com/123456789012/a is in eu-west-1; allowed are",
        ),
        (
            f"- {{urn: '{URNS[0]}', id: 'https://eu-west-1.queue.amazonaws.com/123456789012/a'}}",
            "is in eu-west-1; allowed are queues of us-east-1",
        ),
        ("- {urn: other, skip: no}", "other is not declared by the program"),
        ("- {urn: '*Queue*', change: {tags: why}}", "matches nothing that the program declares"),
        ("- {urn: '*Queue*', create: why}", "matches nothing that the program declares"),
        (
            "- {urn: '*Table*', id: a}",
            "id is for one URN, without \\*; allowed with \\* are change, create and ours",
        ),
        ("- {urn: '*Table*', skip: why}", "skip is for one URN, without"),
        ("- {urn: '*', change: {tags: ''}}", "change.tags is empty; write the reason"),
        ("- {urn: '*', change: tags}", "change is no mapping"),
        ("- {urn: '*', skip: why, change: {tags: why}}", "change stands alone, without skip"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(CommandError, match=expected) as stop:
        read(tmp_path, text)
    assert stop.value.exit_code == UNABLE
    assert str(stop.value).count("\n") == 0


@pytest.mark.parametrize(
    "url",
    [
        "https://sqs.us-east-1.amazonaws.com/123456789012/a",
        "https://us-east-1.queue.amazonaws.com/123456789012/a",
        "https://queue.amazonaws.com/123456789012/a",  # of us-east-1 only, and older than regions
        "http://127.0.0.1:4566/123456789012/a",
    ],
)
def test_a_queue_of_the_stacks_region_is_taken_in_each_form_of_its_url(tmp_path: Path, url: str) -> None:
    assert mapping.ids(read(tmp_path, f"- {{urn: '{URNS[0]}', id: '{url}'}}")) == {URNS[0]: url}


def test_decisions_are_put_on_what_was_found(tmp_path: Path) -> None:
    resources = [Found(TABLE), Found(OTHER)]
    decisions = read(
        tmp_path, f"- {{urn: '{OTHER.urn}', skip: later}}\n- {{urn: '*::a', change: {{tags: soon}}}}"
    )
    mapping.decide(resources, decisions)
    assert [(resource.decision, dict(resource.agreed)) for resource in resources] == [
        ("import", {"tags": "soon"}),
        ("skip", {}),
    ]


def test_a_new_version_of_a_runtime_is_agreed_to_by_its_own_urn_only() -> None:
    runtime = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime"
    agreed_runtime, undecided_runtime = target(runtime, {}, "one"), target(runtime, {}, "other")
    resources = [Found(agreed_runtime), Found(undecided_runtime), Found(TABLE)]
    decided = [
        {"urn": "*", "change": {"tags": "soon"}},
        {"urn": agreed_runtime.urn, "change": {"tags": "now"}},
    ]
    mapping.decide(resources, decided)
    assert [dict(resource.agreed) for resource in resources] == [{"tags": "now"}, {}, {"tags": "soon"}]
    differences = [
        Difference(resource.target.urn, "tags", 1, 2, "updated in place") for resource in resources
    ]
    assert [mapping.decided(difference, decided).agreed for difference in differences] == ["now", "", "soon"]


@pytest.mark.parametrize(
    ("path", "consequence", "agreed"),
    [
        ("tags", "updated in place", "soon"),
        ("tags.Project", "updated in place", "soon"),
        ("tags.Project", "cannot be read back", "soon"),
        ("tagsAll", "updated in place", ""),
        ("tags.Project", "replaced", ""),
    ],
)
def test_only_a_change_in_place_of_what_is_named_is_agreed_to(
    path: str, consequence: Consequence, agreed: str
) -> None:
    difference = Difference(TABLE.urn, path, "a", "b", consequence)
    assert mapping.agree(difference, {"tags": "soon"}).agreed == agreed


def test_whatever_is_absent_may_be_created_by_one_entry_and_nothing_else_is(tmp_path: Path) -> None:
    third = target("aws:dynamodb/table:Table", {"name": "c"}, "c")
    resources = [
        Found(TABLE, status="absent"),
        Found(OTHER, status="found", id="b"),
        Found(third, status="unknown"),
    ]
    mapping.create_absent(resources, read(tmp_path, "- {urn: '*Table::*', create: made by the first update}"))
    assert [resource.decision for resource in resources] == ["create", "import", "import"]
    assert resources[0].detail == "made by the first update"


def test_one_urn_goes_before_a_pattern(tmp_path: Path) -> None:
    resources = [Found(TABLE)]
    decisions = read(
        tmp_path, f"- {{urn: '*Table::*', create: all}}\n- {{urn: '{TABLE.urn}', skip: this one}}"
    )
    mapping.decide(resources, decisions)
    resources[0].status = "absent"
    mapping.create_absent(resources, decisions)
    assert (resources[0].decision, resources[0].detail) == ("skip", "this one")


def test_a_type_of_which_nothing_is_there_is_proposed_as_one(tmp_path: Path) -> None:
    file = tmp_path / "mapping.yaml"
    resources = [Found(table, status="absent", detail="it does not exist") for table in (TABLE, OTHER)]
    mapping.propose(file, resources)
    mapping.propose(file, resources)
    assert file.read_text().count('# - urn: "*$aws:dynamodb/table:Table::*"') == 1
    assert "absent, all 2 of them" in file.read_text()
    assert TABLE.urn not in file.read_text()
    assert mapping.read(file, URNS, "us-east-1") == []


def test_what_is_open_is_proposed_once_and_keeps_what_is_there(tmp_path: Path) -> None:
    file = tmp_path / "mapping.yaml"
    resources = [
        Found(TABLE, status="absent", detail="it does not exist"),
        Found(OTHER, status="found", id="b"),
    ]
    mapping.propose(file, resources)
    mapping.propose(file, resources)
    assert file.read_text().count(TABLE.urn) == 1
    assert OTHER.urn not in file.read_text()
    assert mapping.read(file, URNS, "us-east-1") == []


def test_a_person_says_whose_it_is_in_spite_of_a_tag(tmp_path: Path) -> None:
    file = tmp_path / "mapping.yaml"
    file.write_text(f"- {{urn: '*', ours: the tag was copied}}\n- {{urn: '{TRADES}', id: a}}\n")
    decisions = mapping.read(file, [TRADES], "us-east-1")
    assert mapping.ours(decisions, [TRADES, "another"]) == {TRADES, "another"}
    assert mapping.ids(decisions) == {TRADES: "a"}
    file.write_text(f"- {{urn: '{TRADES}', ours: it was copied}}\n- {{urn: '{TRADES}', id: a}}\n")
    assert mapping.ours(mapping.read(file, [TRADES], "us-east-1"), [TRADES, "another"]) == {TRADES}
    file.write_text("- {urn: '*', ours: ''}\n")
    with pytest.raises(CommandError, match="ours is empty; write the reason"):
        mapping.read(file, [TRADES], "us-east-1")


def test_what_an_update_makes_by_a_decision_is_told_with_its_reason() -> None:
    decisions: list[Mapping[str, Any]] = [
        {"urn": TABLE.urn, "create": "it is to be made"},
        {"urn": "*Table::b", "change": {"tags": "nobody tagged it"}},
    ]
    creation = Difference(TABLE.urn, "", None, None, "created")
    undecided = Difference(OTHER.urn, "", None, None, "created")
    tagged = Difference(OTHER.urn, "tags.a", None, "b", "updated in place")
    replacement = Difference(OTHER.urn, "tags.a", None, "b", "replaced", stops=True)
    reasons = [
        mapping.decided(difference, decisions).agreed
        for difference in (creation, undecided, tagged, replacement)
    ]
    assert reasons == ["it is to be made", "", "nobody tagged it", ""]
