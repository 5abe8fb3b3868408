"""`./tms policy check` with the real engine: the same violations as the engine's own preview reports."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.engine.test_violations import PAIRS, PROGRAM, configured
from tests.support.engine import ROOT, Engine
from tests.support.recorded import FAULTY, RAISING, RECORDED, write_program

pytestmark = pytest.mark.engine


def check(engine: Engine, *arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [str(ROOT / "tms"), "policy", "check", *arguments]
    return subprocess.run(
        command, cwd=folder, env=engine.environment, check=False, capture_output=True, text=True, timeout=240
    )


def pairs(shown: str) -> set[tuple[str, str]]:
    return {(one["rule"], one["resource"]) for one in json.loads(shown)["verdicts"]}


def test_the_planted_violations_are_exactly_those_that_a_preview_reports(
    engine: Engine, tmp_path: Path
) -> None:
    config = configured(tmp_path)[-1]
    done = check(engine, "--program", str(PROGRAM), "--config", config, "--format", "json")
    assert (done.returncode, done.stderr) == (1, "")
    assert pairs(done.stdout) == PAIRS


def test_the_projects_own_program_is_clean_on_its_stack(engine: Engine) -> None:
    done = check(engine, "--program", ".", "--stack", "local", "--fail-on", "low")
    assert (done.returncode, done.stdout) == (0, "program .: no violations\n"), done.stderr


def test_program_stack_and_exported_state_are_judged_alike(engine: Engine, tmp_path: Path) -> None:
    program = write_program(tmp_path / "faulty", FAULTY)
    engine.succeed("-C", str(program), "up", "--yes", "--skip-preview")
    exported = tmp_path / "state.json"
    engine.succeed("-C", str(program), "stack", "export", "--stack", "local", "--file", str(exported))
    by_program = check(engine, "--program", str(program), "--format", "json")
    by_stack = check(engine, "--stack", "local", "--format", "json", folder=program)
    by_state = check(engine, "--state", str(exported), "--format", "json", folder=tmp_path)
    assert [one.returncode for one in (by_program, by_stack, by_state)] == [1, 1, 1]
    verdicts = [json.loads(one.stdout)["verdicts"] for one in (by_program, by_stack, by_state)]
    assert verdicts[0] == verdicts[1] == verdicts[2]
    lines = (RECORDED / "analyze.jsonl").read_text().splitlines()
    recorded = [json.loads(line)["policyEvent"] for line in lines if "policyEvent" in line]
    found = {(one["rule"], one["urn"]) for one in verdicts[0]}
    assert found == {(one["policyName"], one["resourceUrn"]) for one in recorded}, "record it anew"
    engine.succeed("-C", str(program), "destroy", "--yes")


def test_a_configuration_changes_what_fails(engine: Engine, tmp_path: Path) -> None:
    program = write_program(tmp_path / "lowered", FAULTY, "lowered")
    config = tmp_path / "config.json"
    config.write_text('{"all": "advisory", "account-resource-protect": "disabled"}')
    arguments = ("--program", str(program), "--config", str(config), "--format", "json")
    done = check(engine, *arguments)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["counts"]["byLevel"]["mandatory"] == 0
    assert "account-resource-protect" not in {rule for rule, _ in pairs(done.stdout)}
    assert check(engine, *arguments, "--fail-on", "high").returncode == 1


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (RAISING, r"ValueError: no such thing \(\S+/broken/__main__\.py:\d+\)"),
        (
            "import no_such_module",
            r"ModuleNotFoundError: No module named 'no_such_module' \(\S+/broken/__main__\.py:\d+\)",
        ),
        ("import pulumi; pulumi.Config().require('x')", "Missing required configuration variable 'broken:x'"),
    ],
)
def test_a_program_that_fails_is_one_line_and_exit_code_2(
    engine: Engine, tmp_path: Path, source: str, reason: str
) -> None:
    done = check(engine, "--program", str(write_program(tmp_path / "broken", source, "broken")))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert re.search(f"was not judged to its end: {reason}; mend that", done.stderr), done.stderr


def test_an_unknown_stack_and_a_spoilt_state_are_one_line_and_exit_code_2(
    engine: Engine, tmp_path: Path
) -> None:
    unknown = check(engine, "--stack", "lcoal")
    assert (unknown.returncode, unknown.stdout, unknown.stderr.count("\n")) == (2, "", 1)
    assert "--stack lcoal: no stack named 'lcoal' found; run this in" in unknown.stderr
    state = tmp_path / "state.json"
    state.write_text('{"version": 3, "deployment": {"resources": [{"urn": 3}]}}')
    spoilt = check(engine, "--state", str(state))
    assert (spoilt.returncode, spoilt.stdout, spoilt.stderr.count("\n")) == (2, "", 1)
    assert spoilt.stderr.startswith(f"tms: --state {state}: ")
