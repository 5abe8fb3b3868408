"""Every modelled type through the real engine: what is written reads back the same, and imports the same."""

import json
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from embedded.aws.plugin.types import MODELS
from tests.support.cases.case import Case, declare, project
from tests.support.cases.every import CASES
from tests.support.engine import Engine
from tests.support.network import default_network, placed

pytestmark = pytest.mark.engine

_BY_NAME = [pytest.param(case, id=case.name) for case in CASES]


@dataclass(frozen=True)
class Journey:
    """What the engine recorded and planned on the way; resources by name."""

    made: dict[str, Any]
    refreshed: dict[str, Any]
    imported: dict[str, Any]
    plans: dict[str, dict[str, str]]
    left: dict[str, Any]


def _resources(engine: Engine, folder: Path, stack: str) -> dict[str, Any]:
    exported = json.loads(engine.succeed("-C", str(folder), "stack", "export", "--stack", stack))
    resources = exported["deployment"].get("resources") or []
    return {r["urn"].rpartition("::")[2]: r for r in resources if r["type"].startswith("aws:")}


def _plan(engine: Engine, folder: Path, stack: str) -> dict[str, str]:
    output = engine.succeed("-C", str(folder), "preview", "--stack", stack, "--json", "--show-sames")
    steps = json.loads(output[output.index("{") :])["steps"]
    return {step["urn"].rpartition("::")[2]: step["op"] for step in steps}


def _import_file(made: dict[str, Any]) -> str:
    entries = [{"type": c.type, "name": c.name, "id": made[c.name]["id"], "version": "7.51.1"} for c in CASES]
    return json.dumps({"resources": entries})


@pytest.fixture(scope="module")
def journey(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Journey:
    """Bring everything up, refresh it, import it into a second stack, and destroy it."""
    folder = project(tmp_path_factory.mktemp("round-trip"), "round-trip", [])
    at = ("-C", str(folder))
    engine.succeed(*at, "stack", "ls")  # the first command starts the embedded AWS
    declare(folder, placed(CASES, default_network(Path(engine.environment["EMBEDDED_HOME"]))))
    engine.succeed(*at, "up", "--stack", "one", "--yes", "--skip-preview")
    made = _resources(engine, folder, "one")
    plans = {"after up": _plan(engine, folder, "one")}
    engine.succeed(*at, "refresh", "--stack", "one", "--yes", "--skip-preview")
    refreshed = _resources(engine, folder, "one")
    plans["after refresh"] = _plan(engine, folder, "one")
    (folder / "import.json").write_text(_import_file(made))
    engine.succeed(
        *at,
        *("import", "--stack", "two", "--file", str(folder / "import.json")),
        *("--yes", "--skip-preview", "--generate-code=false", "--protect=false"),
    )
    imported = _resources(engine, folder, "two")
    plans["after import"] = _plan(engine, folder, "two")
    engine.succeed(*at, "destroy", "--stack", "one", "--yes", "--skip-preview")
    engine.succeed(*at, "refresh", "--stack", "two", "--yes", "--skip-preview")
    return Journey(made, refreshed, imported, plans, _resources(engine, folder, "two"))


def test_every_modelled_type_has_a_case() -> None:
    assert {case.type for case in CASES} == set(MODELS)


@pytest.mark.parametrize("case", _BY_NAME)
def test_a_resource_gets_the_id_that_it_is_imported_by(journey: Journey, case: Case) -> None:
    outputs = journey.made[case.name]["outputs"]
    expected = case.id.format(**outputs) or outputs["arn"].rpartition("/")[2]
    assert journey.made[case.name]["id"] == expected


@pytest.mark.parametrize("case", _BY_NAME)
def test_a_refresh_reads_what_up_wrote(journey: Journey, case: Case) -> None:
    made, refreshed = journey.made[case.name], journey.refreshed[case.name]
    counted = {"attachmentCount"}  # attached after the policy was made
    assert _without(refreshed["outputs"], counted) == _without(made["outputs"], counted)
    assert refreshed["inputs"] == made["inputs"]


@pytest.mark.parametrize("when", ["after up", "after refresh", "after import"])
@pytest.mark.parametrize("case", _BY_NAME)
def test_a_preview_of_the_same_program_changes_nothing(journey: Journey, when: str, case: Case) -> None:
    model = MODELS[case.type]
    filled = {name for name, value in model.defaults.items() if value}  # which checked inputs have, too
    written_only = when == "after import" and (set(case.props) | filled) & model.unread
    assert journey.plans[when][case.name] == ("update" if written_only else "same")


@pytest.mark.parametrize("case", _BY_NAME)
def test_an_import_reads_what_up_wrote(journey: Journey, case: Case) -> None:
    made, imported = journey.refreshed[case.name], journey.imported[case.name]
    assert imported["id"] == made["id"]
    owned = MODELS[case.type].mirrored | MODELS[case.type].unread
    assert _meaning(_without(imported["outputs"], owned)) == _meaning(_without(made["outputs"], owned))


@pytest.mark.parametrize("case", _BY_NAME)
def test_an_import_gives_inputs_that_a_program_could_have_given(journey: Journey, case: Case) -> None:
    unwritten = {*MODELS[case.type].mirrored, *MODELS[case.type].unread}
    given = {name for name, value in case.props.items() if value is not None} - unwritten
    assert given <= set(journey.imported[case.name]["inputs"])
    assert "arn" in case.props or "arn" not in journey.imported[case.name]["inputs"]


@pytest.mark.parametrize("case", _BY_NAME)
def test_a_resource_destroyed_behind_a_stack_is_gone_after_a_refresh(journey: Journey, case: Case) -> None:
    assert case.name not in journey.left


def _without(bag: dict[str, Any], names: Collection[str]) -> dict[str, Any]:
    return {name: value for name, value in bag.items() if name not in names}


def _meaning(value: object) -> object:
    """A value with JSON texts as values, as an import has no program to take the spelling from."""
    if isinstance(value, dict):
        return {name: _meaning(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_meaning(item) for item in value]
    if isinstance(value, str) and value.startswith("{"):
        with suppress(ValueError):  # a filter pattern begins like that, too
            return json.loads(value)
    return value
