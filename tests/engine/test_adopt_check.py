"""What `tms adopt check` says before any work, on the real engine: where, with what, and who else is there."""

import json
import os
from pathlib import Path

import pytest

from embedded.aws import server_process
from tests.support.engine import ROOT
from tests.support.estate import Estate
from tests.support.terminal import on_a_terminal

pytestmark = pytest.mark.engine
HELD = {"pid": 7, "username": "ann", "hostname": "desk", "timestamp": "2026-01-01T00:00:00Z"}


def as_on_a_real_account(estate: Estate, **more: str) -> dict[str, str | None]:
    """Give the variables with which a step takes the fake account for a real one."""
    home = Path(estate.environment["EMBEDDED_HOME"])
    port = json.loads((home / "server.json").read_text())["port"]
    reached = server_process.engine_environment(home, port, dict(os.environ))
    return {**reached, "EMBEDDED": None, "AWS_REGION": None, **more}


def error(said: str) -> tuple[int, str]:
    """Give code and message of the one document that a failing step writes."""
    found = json.loads(said)["error"]
    return found["code"], found["message"]


def test_versions_are_told_and_a_region_of_the_caller_does_not_matter_in_embedded_mode(
    estate: Estate,
) -> None:
    checked = estate.streams("check", "--json", AWS_REGION="eu-west-1", AWS_PROFILE="nobody")
    assert checked.returncode == 0, checked.stderr
    found = json.loads(checked.stdout)
    assert found["region"] == "us-east-1"
    assert found["versions"]["plugin"] == "embedded"
    assert found["warnings"] == []
    lines = estate.expect(0, "check").splitlines()
    versions = found["versions"]
    assert lines[1] == f"engine {versions['pulumi']}, AWS plugin {versions['aws']} (embedded)"


def test_another_region_than_the_stacks_is_refused_before_aws_is_asked(
    estate: Estate, tmp_path: Path
) -> None:
    nowhere = "http://127.0.0.1:9"  # a call would fail otherwise
    for given, words in (
        ({"AWS_REGION": "eu-west-1"}, "AWS_REGION is eu-west-1"),
        ({"AWS_DEFAULT_REGION": "eu-west-1"}, "AWS_DEFAULT_REGION is eu-west-1"),
        ({"AWS_PROFILE": "far"}, "the region of profile far is eu-west-1"),
    ):
        (tmp_path / "config").write_text("[profile far]\nregion = eu-west-1\n")
        config = str(tmp_path / "config")
        reached = as_on_a_real_account(estate, AWS_ENDPOINT_URL=nowhere, AWS_CONFIG_FILE=config, **given)
        checked = estate.streams("check", "--json", **reached)
        assert checked.returncode == 3, checked.stderr
        assert error(checked.stdout)[0] == 3
        assert error(checked.stdout)[1].startswith(
            f"{words}, and aws:region of Pulumi.local.yaml is us-east-1"
        )


def test_a_backend_that_is_not_there_is_named_with_its_address(estate: Estate) -> None:
    reached = as_on_a_real_account(estate, PULUMI_BACKEND_URL="file:///no/such/place")
    checked = estate.streams("check", "--json", **reached)
    assert checked.returncode == 2
    code, message = error(checked.stdout)
    assert code == 2
    assert message.startswith("the backend file:///no/such/place does not answer (")
    assert checked.stderr == f"tms: {message}\n"


def test_a_lock_of_somebody_else_stops_every_step_but_those_of_files(estate: Estate) -> None:
    locks = Path(estate.environment["EMBEDDED_HOME"]) / "state" / ".pulumi" / "locks"
    lock = locks / "organization" / "trade-matching-system" / "local" / "somebody.json"
    lock.parent.mkdir(parents=True, exist_ok=True)
    lock.write_text(json.dumps(HELD))
    try:
        for step in ("check", "prove", "undo"):
            said = estate.streams(step, "--json")
            assert said.returncode == 9, said.stderr
            code, message = error(said.stdout)
            assert code == 9
            assert message.startswith(
                "the stack is locked, by ann@desk (pid 7) since 2026-01-01T00:00:00Z: wait for that run"
            )
            assert "`pulumi cancel --stack local` clears it" in message
        assert lock.exists()  # the tool cancels nothing
    finally:
        lock.unlink()


def test_a_terminal_shows_how_far_reading_is_and_json_gets_one_document(estate: Estate) -> None:
    environment = {key: one for key, one in estate.environment.items() if key != "NO_COLOR"}
    command = [str(ROOT / "tms"), "adopt", "discover", "--stack", "local"]
    code, said = on_a_terminal(command, estate.project, {**environment, "TERM": "xterm-256color"})
    assert code == 0, said
    total = said.partition(" declared resources found")[0].rpartition(" ")[2]
    assert f"{total}/{total}" in said
    code, said = on_a_terminal([*command, "--json"], estate.project, environment)
    assert code == 0
    assert json.loads(said)["coverage"]["found"] == int(total)
