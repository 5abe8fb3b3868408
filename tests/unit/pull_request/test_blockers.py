"""What must not be merged, whatever the engine's exit code says."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.events import TABLE, ending, error, step, urn
from tms_policies.aws_types import HOLDS_DATA
from toolkit.pull_request.comment import Summary, render

Judge = Callable[..., Summary]
HELD = {"protect": True, "retainOnDelete": True, "inputs": {"hashKey": "a"}}


def headlines(summary: Summary) -> list[str]:
    return [stop.headline for stop in summary.stops]


@pytest.mark.parametrize("token", HOLDS_DATA)
@pytest.mark.parametrize("op", ["delete", "replace", "create-replacement", "delete-replaced"])
def test_nothing_that_holds_data_is_deleted_or_replaced(summarized: Judge, token: str, op: str) -> None:
    summary = summarized(step(op, "trades", token, old=HELD, new=None), *ending())
    assert summary.fails
    outcome = "deleted" if op == "delete" else "replaced"
    assert headlines(summary) == [f"trades would be {outcome}"]


def test_a_replacement_names_the_property_that_causes_it(summarized: Judge) -> None:
    new = {**HELD, "inputs": {"hashKey": "b"}}
    summary = summarized(step("replace", "trades", old=HELD, new=new, keys=["hashKey"]), *ending())
    assert 'because `hashKey` changes from `"a"` to `"b"`' in summary.stops[0].text


def test_what_holds_no_data_may_go(summarized: Judge) -> None:
    summary = summarized(
        step("delete", "p", "aws:iam/rolePolicy:RolePolicy", old={"inputs": {}}, new=None), *ending()
    )
    assert not summary.fails
    assert "**1 deleted**" in render(summary)


@pytest.mark.parametrize("option", ["protect", "retainOnDelete"])
@pytest.mark.parametrize("op", ["same", "update"])
def test_a_guard_that_is_lost_stops_even_where_nothing_else_changes(
    summarized: Judge, option: str, op: str
) -> None:
    new = {key: value for key, value in HELD.items() if key != option}
    summary = summarized(step(op, "trades", old=HELD, new=new), *ending())
    assert headlines(summary) == [f"trades loses {option}"]


def test_a_guard_that_is_added_stops_nothing(summarized: Judge) -> None:
    summary = summarized(step("update", "trades", old={"inputs": {}}, new=HELD), *ending())
    assert not summary.fails


def test_errors_of_engine_and_program_are_told_once(summarized: Judge) -> None:
    refused = error("unable to replace\nas it is protected", urn(TABLE, "trades"))
    summary = summarized(
        step("replace", "trades", old=HELD, new=HELD, keys=["hashKey"]),
        refused,
        error("Pulumi.x.yaml: queues.a: is wrong", urn("pulumi:pulumi:Stack", "s")),
        error("preview failed"),
        *ending(),
    )
    assert headlines(summary) == ["trades would be replaced", "the preview failed"]
    assert summary.stops[1].text == "Pulumi.x.yaml: queues.a: is wrong"


def test_a_preview_without_an_end_or_without_the_pack_proves_nothing(summarized: Judge) -> None:
    summary = summarized(step("same", "trades", old=HELD, new=HELD))
    assert headlines(summary) == [
        "the preview did not end",
        "the policy pack did not see the whole stack",
    ]


def test_a_mandatory_rule_that_did_not_run_stops_unless_the_configuration_says_so(
    summarized: Judge, tmp_path: Path
) -> None:
    silent = "dynamodb-table-point-in-time-recovery"
    events = (step("same", "trades", old=HELD, new=HELD), *ending(silent=frozenset({silent})))
    summary = summarized(*events)
    assert headlines(summary) == ["1 mandatory rules did not run"]
    assert silent in summary.stops[0].text
    config = tmp_path / "config.json"
    config.write_text(f'{{"{silent}": "disabled"}}')
    assert not summarized(*events, config=config).fails
