"""The system with all that is optional switched on: it comes up, stays as it is, and is adopted."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.support.engine import ROOT, Engine, end
from tests.support.estate import Estate, fitting
from tests.support.stackfile import READER, everything, stack_file
from tests.support.urns import EVERYTHING

pytestmark = [pytest.mark.engine, pytest.mark.timeout(2400)]


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """Give the pack, which is told of the account that may read reports."""
    file = tmp_path_factory.mktemp("pack") / "pack.json"
    file.write_text(json.dumps({"iam-policy-cross-account": {"accounts": [READER]}}))
    return "--policy-pack", str(ROOT / "policy"), "--policy-pack-config", str(file)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    """Give a hand-made estate of everything."""
    home = tmp_path_factory.mktemp("everything")
    estate = Estate(home, tmp_path_factory.mktemp("project") / "system", everything("local"))
    yield estate
    end(estate.environment)


def test_everything_comes_up_under_the_pack_and_stays_as_it_is(
    alone: Engine, pack: tuple[str, ...], tmp_path: Path
) -> None:
    config = everything("local")
    folder, at = tmp_path / "system", ("--stack", "local", "--config-file", stack_file(tmp_path, config))
    fitting(folder, config)
    shown = alone.succeed("up", *at, "--yes", "--skip-preview", *pack, folder=folder)
    assert f"+ {len(EVERYTHING.read_text().split())} created" in shown
    assert "mandatory" not in shown
    alone.succeed("preview", *at, "--expect-no-changes", *pack, folder=folder)
    alone.succeed("refresh", *at, "--yes", "--skip-preview", folder=folder)
    alone.succeed("preview", *at, "--expect-no-changes", folder=folder)
    state = tmp_path / "state.json"
    state.write_text(_as_it_was(alone.succeed("stack", "export", *at[:2], folder=folder)))
    alone.succeed("stack", "import", *at[:2], "--file", str(state), folder=folder)
    alone.succeed("preview", *at, "--expect-no-changes", folder=folder)


def _as_it_was(exported: str) -> str:
    """Give a state from before log groups of runtimes were made with the runtimes."""
    groups = [urn for urn in EVERYTHING.read_text().split() if urn.endswith("-live-logs")]
    (parent,) = (
        urn for urn in EVERYTHING.read_text().split() if urn.endswith("Observability::observability")
    )
    state = exported
    for urn in groups:
        kind, name = urn.split("::")[2].rpartition("$")[2], urn.rpartition("::")[2]
        before = f"{parent.rpartition('::')[0]}${kind}::{name.replace('-live-logs', '-runtime-logs')}"
        state = state.replace(urn, before)
    content = json.loads(state)
    resources = content["deployment"]["resources"]
    moved = [one for one in resources if one["urn"].endswith("-runtime-logs")]
    assert len(moved) == len(groups)
    for one in moved:
        one["parent"] = parent
    (own,) = (one for one in resources if one["urn"] == parent)
    resources.remove(own)  # a parent stands before its children, and what it waits for before it
    own["dependencies"] = []
    resources.insert(next(n for n, one in enumerate(resources) if one["urn"] == own["parent"]) + 1, own)
    return json.dumps(content)


def test_everything_is_adopted_as_it_is_and_a_preview_under_the_pack_shows_no_change(
    whole: Estate, pack: tuple[str, ...]
) -> None:
    whole.reset()
    mapping = whole.project / ".adopt" / "local" / "mapping.yaml"
    mapping.parent.mkdir(parents=True)
    unread = dict.fromkeys(("confirmationTimeoutInMinutes", "endpointAutoConfirms"), "AWS does not tell it")
    told = [urn for urn in EVERYTHING.read_text().split() if "::alarms-email-" in urn]
    mapping.write_text(yaml.safe_dump([{"urn": urn, "change": unread} for urn in told]))
    found = json.loads(whole.expect(0, "run", "--json").partition("\nready:")[0])
    assert found["coverage"]["found"] == found["coverage"]["declared"]
    assert {(one["cause"], one["agreed"]) for one in found["differences"]} == {
        ("default never read", "AWS does not tell it")
    }
    whole.expect(0, "apply", "--yes")
    at, folder = ("--stack", "local", "--config-file", whole.settings), whole.project
    # the first update writes down what AWS does not tell of subscriptions, as was agreed
    whole.engine.succeed("up", *at, "--yes", "--skip-preview", *pack, folder=folder)
    whole.expect(0, "prove")
    whole.engine.succeed("preview", *at, "--expect-no-changes", *pack, folder=folder)
    whole.engine.succeed("refresh", *at, "--yes", "--skip-preview", folder=folder)
    whole.engine.succeed("preview", *at, "--expect-no-changes", folder=folder)
