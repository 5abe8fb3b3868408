"""What a step of the rehearsal's preview means for what is live."""

from typing import Any

import pytest

from adopt import showing
from adopt.differences import differences, keys
from adopt.model import Plan

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
        (step("create-replacement", ROLE, replaceReasons=["name"]), [("name", "replaced", False)]),
        (step("delete", TABLE), [("", "deleted", True)]),
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
            **states({"attributes": []}, {"attributes": [1]}),
            replaceReasons=["attributes", "hashKey"],
        ),
    ]
    plan = Plan(differences=[one for each in given for one in differences(each, set())])
    assert [one.path for one in showing.ordered(plan)] == ["hashKey", "attributes", "a"]
    assert showing.compared(plan).startswith("STOP replaced: trades.hashKey")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("hashKey", ["hashKey"]),
        ("rules[0].filter.prefix", ["rules", "0", "filter", "prefix"]),
        ('tags["a.b"]', ["tags", "a.b"]),
        ('settings[1]["x[0]"].name', ["settings", "1", "x[0]", "name"]),
    ],
)
def test_a_path_of_the_engine_is_taken_apart(path: str, expected: list[str]) -> None:
    assert keys(path) == expected


def test_the_values_of_a_quoted_key_and_of_an_index_are_given() -> None:
    given = step(
        "update",
        **states({"tags": {"a.b": 1}, "rules": [{"p": 1}]}, {"tags": {"a.b": 2}, "rules": [{"p": 2}]}),
        detailedDiff={'tags["a.b"]': {}, "rules[0].p": {}, "rules[3].p": {}},
    )
    found = [(one.live, one.declared) for one in differences(given, set())]
    assert found == [(1, 2), (1, 2), (None, None)]
