"""What the workflows pin, and that it is what the project builds and locks."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
STEPS: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    (file.name, name, job, step)
    for file in FILES
    for name, job in yaml.safe_load(file.read_text())["jobs"].items()
    for step in job["steps"]
]
LOCKED = dict(
    re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / "requirements" / "deploy.txt").read_text(), re.MULTILINE)
)


def test_the_cli_is_the_version_that_is_built_and_whose_sdk_is_locked() -> None:
    version = (ROOT / ".pulumi.version").read_text().strip()
    assert version == LOCKED["pulumi"]
    go = (ROOT / "embedded" / "engine" / "go.mod").read_text()
    assert f"github.com/pulumi/pulumi/pkg/v3 v{version}" in go


def test_every_action_is_one_commit_with_its_version_beside_it() -> None:
    pins_by_action: dict[str, set[str]] = {}
    for file in FILES:
        for line in re.findall(r"uses: (.*)", file.read_text()):
            action, pin = line.split("@", 1)
            assert re.fullmatch(r"[0-9a-f]{40} # v\d+\.\d+\.\d+", pin), f"{file.name}: {line}"
            pins_by_action.setdefault(action, set()).add(pin)
    assert [action for action, pins in pins_by_action.items() if len(pins) > 1] == []


def test_the_region_is_that_of_production() -> None:
    settings = yaml.safe_load((ROOT / "Pulumi.production.yaml").read_text())["config"]
    for file in FILES:
        assert yaml.safe_load(file.read_text())["env"]["AWS_REGION"] == settings["aws:region"], file.name


@pytest.mark.parametrize(("file", "job", "settings", "step"), STEPS)
def test_a_step_holds_no_logic(file: str, job: str, settings: dict[str, Any], step: dict[str, Any]) -> None:
    del file, job, settings
    if "run" in step:
        assert re.fullmatch(r"(\./tms [\w -]+|\.ci/run)", step["run"])


def test_only_the_environment_production_gets_the_role_that_changes_it() -> None:
    for file, name, job, step in STEPS:
        role = step.get("with", {}).get("role-to-assume", "")
        if "DEPLOY" in role or "deploy" in str(step.get("run")) or "apply" in str(step.get("run")):
            assert job["environment"] == "production", (file, name)
        if file == "pull-request.yml" and role:
            assert role == "${{ env.AWS_PREVIEW_ROLE_ARN }}"


def test_no_pull_request_runs_with_rights_of_the_base() -> None:
    for file in FILES:
        triggers = yaml.safe_load(file.read_text())[True]  # YAML 1.1 reads `on` as a yes
        assert not {"pull_request_target", "workflow_run", "issue_comment"} & set(triggers), file.name


def test_no_variable_that_puts_the_state_or_protection_at_risk_is_set() -> None:
    for file in FILES:
        text = file.read_text()
        for word in (
            "SKIP_CHECKPOINTS",
            "DISABLE_JOURNALING",
            "DISABLE_VALIDATION",
            "ignore-protect",
            "secrets.",
        ):
            assert word not in text, file.name
