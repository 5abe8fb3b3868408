"""What a step of the rehearsal's preview means for what is live."""

import json
from pathlib import Path
from typing import Any

import pytest

from toolkit.adopt import reasons, render, report_data
from toolkit.adopt.diff import differences
from toolkit.adopt.diff_causes import explained
from toolkit.adopt.model import DESTRUCTIVE, DIFFERENCES, Difference, Plan
from toolkit.adopt.setting_of_property import Written

# The engine's steps of three resources for which the mapping names a live one of another kind, name or path
RECORDED = json.loads((Path(__file__).parent / "recorded" / "replaced.json").read_text())

TABLE = "urn:pulumi:s::p::aws:dynamodb/table:Table::trades"
ROLE = "urn:pulumi:s::p::aws:iam/role:Role::agent"


def step(op: str, urn: str = TABLE, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - a step of the engine
    return {"op": op, "urn": urn, "type": urn.split("::")[2], **more}


def states(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    return {"oldState": {"inputs": old}, "newState": {"inputs": new}}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (step("same", oldState={"protect": True}, newState={"protect": True}), []),
        (
            step("same", oldState={"protect": True}, newState={}),
            [("protect", "nothing sent to AWS", False)],
        ),
        (
            step("same", oldState={"provider": "a"}, newState={"provider": "b"}),
            [("provider", "nothing sent to AWS", False)],
        ),
        (
            step("update", **states({"ttl": 1}, {"ttl": 2}), detailedDiff={"ttl": {"kind": "update"}}),
            [("ttl", "updated in place", False)],
        ),
        (
            step("replace", **states({"hashKey": "a"}, {"hashKey": "b"}), replaceReasons=["hashKey"]),
            [("hashKey", "replaced", True)],
        ),
        (step("create-replacement", ROLE, replaceReasons=["name"]), [("name", "replaced", True)]),
        (step("replace", ROLE), [("", "replaced", True)]),
        (step("update", ROLE), [("", "updated in place", False)]),
        (step("delete", TABLE), [("", "deleted", True)]),
        (step("delete", ROLE), [("", "deleted", True)]),
        (step("create", ROLE), [("", "created", False)]),
        (step("create", f"{ROLE}-decided"), []),
    ],
)
def test_a_step_is_told_by_its_consequence(given: dict[str, Any], expected: list[Any]) -> None:
    found = differences(given, {f"{ROLE}-decided"})
    assert [(one.path, one.consequence, one.stops) for one in found] == expected


def test_what_must_not_happen_comes_first() -> None:
    given = [
        step("update", ROLE, **states({"a": 1}, {"a": 2}), detailedDiff={"a": {}}),
        step(
            "replace",
            **states({"aliases": []}, {"aliases": [1]}),
            replaceReasons=["aliases", "hashKey"],
        ),
    ]
    plan = Plan(differences=[one for each in given for one in differences(each, set())])
    assert [one.path for one in render.ordered(plan)] == ["hashKey", "aliases", "a"]
    assert render.compared(plan).startswith("STOP replaced: trades.hashKey")


def test_the_values_of_a_quoted_key_and_of_an_index_are_given() -> None:
    given = step(
        "update",
        **states({"tags": {"a.b": 1}, "rules": [{"p": 1}]}, {"tags": {"a.b": 2}, "rules": [{"p": 2}]}),
        detailedDiff={'tags["a.b"]': {}, "rules[0].p": {}, "rules[3].p": {}},
    )
    found = [(one.live, one.declared) for one in differences(given, set())]
    assert found == [(1, 2), (1, 2), (None, None)]


def recorded(name: str) -> dict[str, Any]:
    return next(one for one in RECORDED if one["urn"].endswith(f"::{name}"))


@pytest.mark.parametrize(
    ("name", "forcing", "in_place"),
    [
        ("documents", ["bucket"], ["tags"]),
        (
            "hitl-review",
            ["fifoQueue", "name"],
            [
                "contentBasedDeduplication",
                "maxMessageSize",
                "receiveWaitTimeSeconds",
                "tags",
                "visibilityTimeoutSeconds",
            ],
        ),
        ("orchestrator", ["name", "path"], ["description", "tags"]),
    ],
)
def test_only_what_forces_a_replacement_is_replaced(
    name: str, forcing: list[str], in_place: list[str]
) -> None:
    found = differences(recorded(name), set())
    assert sorted(one.path for one in found if one.consequence == "replaced") == forcing
    assert sorted(one.path for one in found if one.consequence == "updated in place") == in_place
    assert [one.stops for one in found] == [one.path in forcing for one in found]


def test_what_a_reason_names_is_replaced_though_the_details_are_silent() -> None:
    given = step(
        "replace",
        **states({"a": 1, "b": 1}, {"a": 2, "b": 2}),
        detailedDiff={"a": {"kind": "update"}},
        replaceReasons=["b"],
    )
    assert [(one.path, one.consequence) for one in differences(given, set())] == [
        ("a", "updated in place"),
        ("b", "replaced"),
    ]


def test_a_part_of_what_a_reason_names_is_replaced() -> None:
    given = step(
        "replace",
        **states({"key": {"a": 1}}, {"key": {"a": 2}}),
        detailedDiff={"key.a": {"kind": "update"}},
        replaceReasons=["key"],
    )
    assert [(one.path, one.consequence) for one in differences(given, set())] == [("key.a", "replaced")]


def told(*names: str) -> tuple[Plan, int, str]:
    """Give what is told of recorded steps, in the order in which it is told."""
    found = [
        explained(one, recorded(name), Written("Pulumi.s.yaml"))
        for name in names
        for one in differences(recorded(name), set())
    ]
    plan = Plan(differences=found)
    return plan, *report_data.outcome(plan, Path("mapping.yaml"))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (
            "documents",
            (
                "documents: bucket is 'hand-made-documents' and declared as "
                "'trade-matching-system-agentcore-production', which would replace it: its objects would be lost; "
                "write the live one into bucket of documents in the program"
            ),
        ),
        (
            "hitl-review",
            (
                "hitl-review: fifoQueue is False and declared as True, which would replace it: its messages would be "
                "lost; write the live one into fifo_queue of hitl-review in the program"
            ),
        ),
        (
            "orchestrator",
            (
                "orchestrator: name is 'hand-made-orchestrator' and declared as "
                "'trade-matching-system-agentcore-orchestrator-production', which would replace it: it would get a new "
                "id; sessions of the role end, and policies that name it stop matching it; write the live one into "
                "name of orchestrator in the program"
            ),
        ),
    ],
)
def test_a_replacement_of_any_type_ends_with_its_code_and_what_is_lost(name: str, says: str) -> None:
    _, code, text = told(name)
    assert (code, text) == (DESTRUCTIVE, says)


def test_a_path_alone_stops_too() -> None:
    given = recorded("orchestrator") | {"detailedDiff": {"path": {"kind": "update-replace"}}}
    found = [
        explained(one, given | {"replaceReasons": ["path"]}, Written("Pulumi.s.yaml"))
        for one in differences(given | {"replaceReasons": ["path"]}, set())
    ]
    code, text = report_data.outcome(Plan(differences=found), Path("mapping.yaml"))
    assert code == DESTRUCTIVE
    assert text.startswith("orchestrator: path is '/legacy/' and declared as '/', which would replace it")
    assert [one.fix for one in found] == ["# in the program, on orchestrator\npath='/legacy/'"]


def test_what_is_worst_to_lose_is_told_first() -> None:
    plan, _, text = told("orchestrator", "hitl-review")
    stops = [one.urn.rpartition("::")[2] for one in render.ordered(plan) if one.stops]
    assert stops == ["hitl-review", "hitl-review", "orchestrator", "orchestrator"]
    assert text.startswith("hitl-review: fifoQueue")


def test_what_is_computed_from_another_is_told_after_it() -> None:
    unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
    follows = Difference(TABLE, "name", "a", unknown, "replaced", stops=True)
    cause = Difference(ROLE, "path", "a", "b", "replaced", stops=True)
    assert render.ordered(Plan(differences=[follows, cause])) == [cause, follows]


def test_a_deletion_says_what_is_lost_and_how_it_is_kept() -> None:
    given = step("delete")
    plan = Plan(
        differences=[explained(one, given, Written("Pulumi.s.yaml")) for one in differences(given, set())]
    )
    assert report_data.outcome(plan, Path("mapping.yaml")) == (
        DESTRUCTIVE,
        (
            "trades (aws:dynamodb/table:Table) is in the state and not declared, so an update would delete it: its "
            f"items would be lost; declare trades again, or take it out of the state: pulumi state delete '{TABLE}'"
        ),
    )


@pytest.mark.parametrize(
    ("paths", "before", "after", "expected"),
    [
        (["tags", "tagsAll.a"], {}, {"tags": {"a": "1"}, "tagsAll": {"a": "1"}}, ["tags"]),
        (
            ["tags.a", "tagsAll.a", "tagsAll.b"],
            {"tags": {"a": "0"}, "tagsAll": {"a": "0"}},
            {"tags": {"a": "1"}, "tagsAll": {"a": "1", "b": "1"}},
            ["tags.a", "tagsAll.b"],
        ),
        (["tagsAll"], {"tagsAll": {"a": "0"}}, {"tagsAll": {"a": "0", "b": "1"}}, ['tagsAll["b"]']),
        (["tags", "tagsAll"], {}, {"tags": {"a": "1"}, "tagsAll": {"a": "1"}}, ["tags"]),
        (["tagsAll"], {}, {}, ["tagsAll"]),
    ],
)
def test_the_provider_s_sum_of_tags_is_told_only_where_tags_do_not_tell_it(
    paths: list[str], before: dict[str, Any], after: dict[str, Any], expected: list[str]
) -> None:
    given = step("update", **states(before, after), detailedDiff={path: {"kind": "update"} for path in paths})
    assert [one.path for one in differences(given, set())] == expected


def test_a_live_value_that_is_the_provider_s_default_is_shown_though_it_is_no_input() -> None:
    found = {one.path: one for one in differences(recorded("hitl-review"), set())}
    assert (found["visibilityTimeoutSeconds"].live, found["fifoQueue"].live) == (30, False)


def attribute(name: str, kind: str = "S") -> dict[str, str]:
    return {"name": name, "type": kind}


@pytest.mark.parametrize("op", ["same", "update"])
def test_a_key_of_another_type_stops_though_the_provider_sees_no_difference(op: str) -> None:
    before = {"hashKey": "id", "rangeKey": "at", "attributes": [attribute("at", "N"), attribute("id")]}
    after = {"hashKey": "id", "rangeKey": "at", "attributes": [attribute("id"), attribute("at")]}
    seen: dict[str, Any] = (
        {"detailedDiff": {"attributes[1].type": {"kind": "update"}}} if op == "update" else {}
    )
    (found,) = differences(step(op, **states(before, after)) | seen, set())
    assert (found.path, found.live, found.declared) == ('attributes["at"].type', "N", "S")
    assert (found.consequence, found.stops) == ("replaced", True)


def test_the_key_of_a_local_index_stops_too_and_that_of_a_global_one_does_not() -> None:
    def inputs(kind: str) -> dict[str, Any]:
        return {
            "hashKey": "id",
            "attributes": [attribute("id"), attribute("local", kind), attribute("global", kind)],
            "localSecondaryIndexes": [{"name": "l", "rangeKey": "local"}],
            "globalSecondaryIndexes": [{"name": "g", "hashKey": "global"}],
        }

    found = differences(step("same", **states(inputs("N"), inputs("S"))), set())
    assert [(one.path, one.stops) for one in found] == [
        ('attributes["local"].type', True),
        ('attributes["global"].type', False),
    ]


def test_attributes_that_follow_from_another_key_are_not_told_beside_it() -> None:
    given = step(
        "replace",
        **states(
            {"hashKey": "old", "attributes": [attribute("old")]},
            {"hashKey": "new", "attributes": [attribute("new")]},
        ),
        detailedDiff={
            "hashKey": {"kind": "update-replace"},
            "attributes[0]": {"kind": "add"},
            "attributes[1]": {"kind": "delete"},
        },
    )
    assert [one.path for one in differences(given, set())] == ["hashKey"]


def test_attributes_that_differ_alone_are_told() -> None:
    given = step(
        "update",
        **states({"hashKey": "a", "attributes": []}, {"hashKey": "a", "attributes": [attribute("a")]}),
        detailedDiff={"attributes[0]": {"kind": "add"}},
    )
    assert [one.path for one in differences(given, set())] == ["attributes[0]"]


def test_elements_of_a_set_are_compared_by_their_names() -> None:
    old = {"indexes": [{"name": "x", "p": 1}, {"name": "y", "p": 2}, {"name": "z", "p": 3}]}
    new = {"indexes": [{"name": "y", "p": 4}, {"name": "x", "p": 1}]}
    details = {"indexes[0].p": {"kind": "update"}, "indexes[2]": {"kind": "delete"}}
    found = differences(step("update", ROLE, **states(old, new), detailedDiff=details), set())
    assert [(one.live, one.declared) for one in found] == [(2, 4), ({"name": "z", "p": 3}, None)]


def test_an_element_that_goes_is_found_where_it_stood_and_behind_what_is_declared() -> None:
    old, new = {"a": [{"name": "x"}, {"name": "y"}]}, {"a": [{"name": "y"}, {"name": "z"}]}
    for path in ("a[0]", "a[2]"):
        details = {path: {"kind": "delete"}}
        (found,) = differences(step("update", ROLE, **states(old, new), detailedDiff=details), set())
        assert (found.live, found.declared) == ({"name": "x"}, None)


def test_what_stops_is_the_first_line_of_all_and_names_what_to_edit() -> None:
    given = step("replace", **states({"hashKey": "a"}, {"hashKey": "b"}), replaceReasons=["hashKey"])
    config = {"p:tables": {"trades": {"hashKey": {"name": "b", "type": "S"}}}}
    plan = Plan(
        differences=[
            explained(one, given, Written("Pulumi.s.yaml", config)) for one in differences(given, set())
        ]
    )
    assert render.whole(plan).splitlines()[0] == (
        "STOP replaced: trades.hashKey: live 'a', declared 'b' (declared otherwise; its items would be lost; "
        "write the live one into p:tables.trades.hashKey.name of Pulumi.s.yaml)"
    )
    assert render.whole(Plan()).splitlines()[0].startswith("0 of 0 declared resources found")


def test_a_proof_tells_what_was_decided_from_what_was_not() -> None:
    file = Path("mapping.yaml")
    decided = Difference(TABLE, "ttl", 1, 2, "updated in place", agreed="so be it")
    other = Difference(TABLE, "tags", 1, 2, "updated in place", remedy="write it")
    assert report_data.proof(Plan(), file) == (0, "no differences")
    assert report_data.proof(Plan(differences=[decided]), file) == (
        DIFFERENCES,
        "1 left, and nothing but what was decided in mapping.yaml: the first update does that",
    )
    code, text = report_data.proof(Plan(differences=[decided, other]), file)
    assert (code, text) == (
        DIFFERENCES,
        (
            "1 difference is left: trades.tags is 1 and declared as 2: write it, or agree to it in mapping.yaml, "
            "under change"
        ),
    )


def test_what_is_left_names_the_first_with_what_to_do() -> None:
    made = Difference(TABLE, "", None, None, "created", remedy="say which live one it is")
    held = Difference(
        ROLE, "parent", "a", None, "nothing sent to AWS", cause="only in the state", remedy="give it"
    )
    code, text = report_data.outcome(Plan(differences=[made, held]), Path("mapping.yaml"))
    assert code == DIFFERENCES
    assert text == (
        "2 differences are left, first: trades (aws:dynamodb/table:Table) would be created: say which live one it is"
    )
    assert reasons.left_over(held, 1, Path("m")) == (
        "1 difference is left: agent.parent is 'a' and declared as None: give it"
    )
