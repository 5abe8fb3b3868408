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


def step(op: str, urn: str = TABLE, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - a step of the engine
    return {"op": op, "urn": urn, "type": urn.split("::")[2], **fields}


def states(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    return {"oldState": {"inputs": old}, "newState": {"inputs": new}}


@pytest.mark.parametrize(
    ("engine_step", "expected"),
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
def test_a_step_is_told_by_its_consequence(engine_step: dict[str, Any], expected: list[Any]) -> None:
    result = differences(engine_step, {f"{ROLE}-decided"})
    assert [(difference.path, difference.consequence, difference.stops) for difference in result] == expected


def test_what_must_not_happen_comes_first() -> None:
    steps = [
        step("update", ROLE, **states({"a": 1}, {"a": 2}), detailedDiff={"a": {}}),
        step(
            "replace",
            **states({"aliases": []}, {"aliases": [1]}),
            replaceReasons=["aliases", "hashKey"],
        ),
    ]
    plan = Plan(
        differences=[difference for engine_step in steps for difference in differences(engine_step, set())]
    )
    assert [difference.path for difference in render.ordered(plan)] == ["hashKey", "aliases", "a"]
    assert render.compared(plan).startswith("STOP replaced: trades.hashKey")


def test_the_values_of_a_quoted_key_and_of_an_index_are_given() -> None:
    engine_step = step(
        "update",
        **states({"tags": {"a.b": 1}, "rules": [{"p": 1}]}, {"tags": {"a.b": 2}, "rules": [{"p": 2}]}),
        detailedDiff={'tags["a.b"]': {}, "rules[0].p": {}, "rules[3].p": {}},
    )
    values = [(difference.live, difference.declared) for difference in differences(engine_step, set())]
    assert values == [(1, 2), (1, 2), (None, None)]


def recorded(name: str) -> dict[str, Any]:
    return next(entry for entry in RECORDED if entry["urn"].endswith(f"::{name}"))


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
    result = differences(recorded(name), set())
    assert sorted(difference.path for difference in result if difference.consequence == "replaced") == forcing
    assert (
        sorted(difference.path for difference in result if difference.consequence == "updated in place")
        == in_place
    )
    assert [difference.stops for difference in result] == [
        difference.path in forcing for difference in result
    ]


def test_what_a_reason_names_is_replaced_though_the_details_are_silent() -> None:
    engine_step = step(
        "replace",
        **states({"a": 1, "b": 1}, {"a": 2, "b": 2}),
        detailedDiff={"a": {"kind": "update"}},
        replaceReasons=["b"],
    )
    assert [(difference.path, difference.consequence) for difference in differences(engine_step, set())] == [
        ("a", "updated in place"),
        ("b", "replaced"),
    ]


def test_a_part_of_what_a_reason_names_is_replaced() -> None:
    engine_step = step(
        "replace",
        **states({"key": {"a": 1}}, {"key": {"a": 2}}),
        detailedDiff={"key.a": {"kind": "update"}},
        replaceReasons=["key"],
    )
    assert [(difference.path, difference.consequence) for difference in differences(engine_step, set())] == [
        ("key.a", "replaced")
    ]


def told(*names: str) -> tuple[Plan, int, str]:
    """Give what is told of recorded steps, in the order in which it is told."""
    result = [
        explained(difference, recorded(name), Written("Pulumi.s.yaml"))
        for name in names
        for difference in differences(recorded(name), set())
    ]
    plan = Plan(differences=result)
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
    engine_step = recorded("orchestrator") | {"detailedDiff": {"path": {"kind": "update-replace"}}}
    result = [
        explained(difference, engine_step | {"replaceReasons": ["path"]}, Written("Pulumi.s.yaml"))
        for difference in differences(engine_step | {"replaceReasons": ["path"]}, set())
    ]
    code, text = report_data.outcome(Plan(differences=result), Path("mapping.yaml"))
    assert code == DESTRUCTIVE
    assert text.startswith("orchestrator: path is '/legacy/' and declared as '/', which would replace it")
    assert [difference.fix for difference in result] == ["# in the program, on orchestrator\npath='/legacy/'"]


def test_what_is_worst_to_lose_is_told_first() -> None:
    plan, _, text = told("orchestrator", "hitl-review")
    stops = [difference.urn.rpartition("::")[2] for difference in render.ordered(plan) if difference.stops]
    assert stops == ["hitl-review", "hitl-review", "orchestrator", "orchestrator"]
    assert text.startswith("hitl-review: fifoQueue")


def test_what_is_computed_from_another_is_told_after_it() -> None:
    unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
    follows = Difference(TABLE, "name", "a", unknown, "replaced", stops=True)
    cause = Difference(ROLE, "path", "a", "b", "replaced", stops=True)
    assert render.ordered(Plan(differences=[follows, cause])) == [cause, follows]


def test_a_deletion_says_what_is_lost_and_how_it_is_kept() -> None:
    deletion = step("delete")
    plan = Plan(
        differences=[
            explained(difference, deletion, Written("Pulumi.s.yaml"))
            for difference in differences(deletion, set())
        ]
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
    engine_step = step(
        "update", **states(before, after), detailedDiff={path: {"kind": "update"} for path in paths}
    )
    assert [difference.path for difference in differences(engine_step, set())] == expected


def test_a_live_value_that_is_the_provider_s_default_is_shown_though_it_is_no_input() -> None:
    by_path = {difference.path: difference for difference in differences(recorded("hitl-review"), set())}
    assert (by_path["visibilityTimeoutSeconds"].live, by_path["fifoQueue"].live) == (30, False)


def attribute(name: str, kind: str = "S") -> dict[str, str]:
    return {"name": name, "type": kind}


@pytest.mark.parametrize("op", ["same", "update"])
def test_a_key_of_another_type_stops_though_the_provider_sees_no_difference(op: str) -> None:
    before = {"hashKey": "id", "rangeKey": "at", "attributes": [attribute("at", "N"), attribute("id")]}
    after = {"hashKey": "id", "rangeKey": "at", "attributes": [attribute("id"), attribute("at")]}
    details: dict[str, Any] = (
        {"detailedDiff": {"attributes[1].type": {"kind": "update"}}} if op == "update" else {}
    )
    (difference,) = differences(step(op, **states(before, after)) | details, set())
    assert (difference.path, difference.live, difference.declared) == ('attributes["at"].type', "N", "S")
    assert (difference.consequence, difference.stops) == ("replaced", True)


def test_the_key_of_a_local_index_stops_too_and_that_of_a_global_one_does_not() -> None:
    def inputs(kind: str) -> dict[str, Any]:
        return {
            "hashKey": "id",
            "attributes": [attribute("id"), attribute("local", kind), attribute("global", kind)],
            "localSecondaryIndexes": [{"name": "l", "rangeKey": "local"}],
            "globalSecondaryIndexes": [{"name": "g", "hashKey": "global"}],
        }

    result = differences(step("same", **states(inputs("N"), inputs("S"))), set())
    assert [(difference.path, difference.stops) for difference in result] == [
        ('attributes["local"].type', True),
        ('attributes["global"].type', False),
    ]


def test_attributes_that_follow_from_another_key_are_not_told_beside_it() -> None:
    engine_step = step(
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
    assert [difference.path for difference in differences(engine_step, set())] == ["hashKey"]


def test_attributes_that_differ_alone_are_told() -> None:
    engine_step = step(
        "update",
        **states({"hashKey": "a", "attributes": []}, {"hashKey": "a", "attributes": [attribute("a")]}),
        detailedDiff={"attributes[0]": {"kind": "add"}},
    )
    assert [difference.path for difference in differences(engine_step, set())] == ["attributes[0]"]


def test_elements_of_a_set_are_compared_by_their_names() -> None:
    old = {"indexes": [{"name": "x", "p": 1}, {"name": "y", "p": 2}, {"name": "z", "p": 3}]}
    new = {"indexes": [{"name": "y", "p": 4}, {"name": "x", "p": 1}]}
    details = {"indexes[0].p": {"kind": "update"}, "indexes[2]": {"kind": "delete"}}
    result = differences(step("update", ROLE, **states(old, new), detailedDiff=details), set())
    assert [(difference.live, difference.declared) for difference in result] == [
        (2, 4),
        ({"name": "z", "p": 3}, None),
    ]


def test_an_element_that_goes_is_found_where_it_stood_and_behind_what_is_declared() -> None:
    old, new = {"a": [{"name": "x"}, {"name": "y"}]}, {"a": [{"name": "y"}, {"name": "z"}]}
    for path in ("a[0]", "a[2]"):
        details = {path: {"kind": "delete"}}
        (difference,) = differences(step("update", ROLE, **states(old, new), detailedDiff=details), set())
        assert (difference.live, difference.declared) == ({"name": "x"}, None)


def test_what_stops_is_the_first_line_of_all_and_names_what_to_edit() -> None:
    engine_step = step("replace", **states({"hashKey": "a"}, {"hashKey": "b"}), replaceReasons=["hashKey"])
    config = {"p:tables": {"trades": {"hashKey": {"name": "b", "type": "S"}}}}
    plan = Plan(
        differences=[
            explained(difference, engine_step, Written("Pulumi.s.yaml", config))
            for difference in differences(engine_step, set())
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
    undecided = Difference(TABLE, "tags", 1, 2, "updated in place", remedy="write it")
    assert report_data.proof(Plan(), file) == (0, "no differences")
    assert report_data.proof(Plan(differences=[decided]), file) == (
        DIFFERENCES,
        "1 left, and nothing but what was decided in mapping.yaml: the first update does that",
    )
    code, text = report_data.proof(Plan(differences=[decided, undecided]), file)
    assert (code, text) == (
        DIFFERENCES,
        (
            "1 difference is left: trades.tags is 1 and declared as 2: write it, or agree to it in mapping.yaml, "
            "under change"
        ),
    )


def test_what_is_left_names_the_first_with_what_to_do() -> None:
    creation = Difference(TABLE, "", None, None, "created", remedy="say which live one it is")
    state_only = Difference(
        ROLE, "parent", "a", None, "nothing sent to AWS", cause="only in the state", remedy="give it"
    )
    code, text = report_data.outcome(Plan(differences=[creation, state_only]), Path("mapping.yaml"))
    assert code == DIFFERENCES
    assert text == (
        "2 differences are left, first: trades (aws:dynamodb/table:Table) would be created: say which live one it is"
    )
    assert reasons.left_over(state_only, 1, Path("m")) == (
        "1 difference is left: agent.parent is 'a' and declared as None: give it"
    )
