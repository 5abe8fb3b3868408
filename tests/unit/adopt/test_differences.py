"""What a step of the rehearsal's preview means for what is live."""

from typing import Any

import pytest

from adopt import showing
from adopt.model import Plan
from adopt.steps import differences

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
