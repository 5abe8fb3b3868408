"""The workflow of adoption, run on this machine: it stops before it writes, and proves what it wrote."""

import json
from collections.abc import Iterator

import pytest

from examples.estate.manual_setup.creation import create_resources, planned_resources
from tests.support.actions.runner import PROVIDER, Runner
from tests.support.engine import Engine, embedded_environment, end
from tests.support.project import Project
from tests.support.urns import PARTS

pytestmark = pytest.mark.engine


@pytest.fixture
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    """Give a repository whose production is live, and unknown to its state."""
    home = tmp_path_factory.mktemp("adoption")
    project = Project(home / "repository")
    project.edit("Pulumi.production.yaml", "- SET-THE-ACCOUNT-ID", '- "123456789012"')
    project.edit("Pulumi.production.yaml", "config:", f"secretsprovider: {PROVIDER}\nconfig:")
    project.commit()
    environment = embedded_environment(home / "box")
    engine = Engine(environment, str(project.folder / "pulumiw"))
    shown = engine.succeed("preview", "--stack", "production", "--json", folder=project.folder)
    port = json.loads((home / "box" / "server.json").read_text())["port"]
    create_resources(f"http://127.0.0.1:{port}", planned_resources(shown))
    runner = Runner(project, home, environment)
    yield runner
    runner.github.close()
    end(environment)


def test_it_stops_before_it_writes_and_then_proves_what_it_wrote(runner: Runner) -> None:
    jobs = runner.run("adopt.yml", "workflow_dispatch", {}, "refs/heads/main")
    assert jobs["rehearse"].result == "success", jobs["rehearse"].log
    assert jobs["rehearse"].role.endswith("/drift")
    assert jobs["apply"].result == "waiting"
    found = runner.home / "run-1" / "artifacts" / "adoption"
    assert (found / "report.html").exists()
    assert json.loads((found / "rehearsal.json").read_text())["clean"]
    assert resources(runner) == []
    runner.approved = True
    jobs = runner.run("adopt.yml", "workflow_dispatch", {}, "refs/heads/main")
    assert jobs["apply"].result == "success", jobs["apply"].log
    assert jobs["apply"].role.endswith("/deploy")
    assert f"{PARTS} resources imported" in jobs["apply"].log
    assert "no differences" in jobs["apply"].log
    assert list((runner.home / "run-2" / "artifacts" / "applied").glob("backup-*.json"))
    elsewhere = runner.run("adopt.yml", "workflow_dispatch", {}, "refs/heads/other")
    assert elsewhere["rehearse"].result == "skipped"


def resources(runner: Runner) -> list[object]:
    engine = Engine(dict(runner.environment), str(runner.project.folder / "pulumiw"))
    shown = engine.succeed("stack", "export", "--stack", "production", folder=runner.project.folder)
    return json.loads(shown)["deployment"].get("resources") or []
