"""Types through the real engine when the program changes: in place where AWS can, by replacement where not."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.cases.agents import AGENTS
from tests.support.cases.audits import AUDITS
from tests.support.cases.case import Case, declare, project, steps
from tests.support.cases.changed import CHANGES, Change, changed
from tests.support.cases.images import IMAGES
from tests.support.cases.monitoring import WATCHING
from tests.support.cases.monitoring_changed import WATCHING_CHANGES
from tests.support.cases.network import NETWORK
from tests.support.cases.queues import QUEUES
from tests.support.cases.topics import TOPICS
from tests.support.engine import Engine
from tests.support.network import default_network, placed

pytestmark = pytest.mark.engine

_CASES = [*IMAGES, *AGENTS, *NETWORK, *QUEUES, *TOPICS, *WATCHING, *AUDITS]
_ALL = [*CHANGES, *WATCHING_CHANGES]
_CHANGES = [pytest.param(change, id=change.name) for change in _ALL]


@dataclass(frozen=True)
class Journey:
    """What the engine planned before and after the change, by resource name."""

    planned: dict[str, Any]
    afterwards: dict[str, Any]


@pytest.fixture(scope="module")
def journey(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Journey:
    """Bring everything up, change it, look for differences from what is live, and destroy it."""
    folder = project(tmp_path_factory.mktemp("changed"), "changed", [])
    at = ("-C", str(folder))
    engine.succeed(*at, "stack", "ls")  # the first command starts the embedded AWS
    network = default_network(Path(engine.environment["EMBEDDED_HOME"]))
    declare(folder, placed(_CASES, network))
    engine.succeed(*at, "up", "--stack", "one", "--yes", "--skip-preview")
    declare(folder, placed(changed(_CASES, _ALL), network))
    planned = steps(engine, folder)
    engine.succeed(*at, "up", "--stack", "one", "--yes", "--skip-preview")
    afterwards = steps(engine, folder, "--refresh", "--show-sames")
    engine.succeed(*at, "destroy", "--stack", "one", "--yes", "--skip-preview")
    return Journey(planned, afterwards)


@pytest.mark.parametrize("change", _CHANGES)
def test_a_change_is_made_in_place_unless_only_another_resource_can_have_it(
    journey: Journey, change: Change
) -> None:
    assert (
        journey.planned[change.name]["op"]
        in {
            "update": ("update",),
            "replace": ("replace", "create-replacement", "delete-replaced"),
        }[change.step]
    )


def test_nothing_else_is_touched(journey: Journey) -> None:
    assert set(journey.planned) - {"changed-one"} == {change.name for change in _ALL}


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in _CASES])
def test_what_was_changed_is_live(journey: Journey, case: Case) -> None:
    assert journey.afterwards[case.name]["op"] == "same"


def test_an_endpoint_that_follows_its_runtime_shows_it_before_it_is_done(
    engine: Engine, tmp_path: Path
) -> None:
    runtime, endpoint = (
        next(c for c in AGENTS if c.name == f"{kind}-minimal") for kind in ("runtime", "endpoint")
    )
    version = {"ref": ["runtime-minimal", "agentRuntimeVersion"]}
    following = replace(endpoint, props={**endpoint.props, "agentRuntimeVersion": version})
    folder = project(tmp_path, "following", [runtime, following])
    engine.succeed("-C", str(folder), "up", "--stack", "one", "--yes", "--skip-preview")
    declare(folder, [replace(runtime, props={**runtime.props, "description": "second"}), following])
    assert steps(engine, folder)["endpoint-minimal"]["op"] == "update"
    engine.succeed("-C", str(folder), "up", "--stack", "one", "--yes", "--skip-preview")
    exported = json.loads(engine.succeed("-C", str(folder), "stack", "export", "--stack", "one"))
    versions = [
        one["outputs"]["agentRuntimeVersion"]
        for one in exported["deployment"]["resources"]
        if one["type"].startswith("aws:bedrock/")
    ]
    assert versions == ["2", "2"]
    engine.succeed("-C", str(folder), "destroy", "--stack", "one", "--yes", "--skip-preview")
