"""The embedded AWS around the engine: stacks on first use, one lock per stack, no process left behind."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import psutil
import pytest

from tests.support.engine import Engine

pytestmark = pytest.mark.engine

BUCKET = """
import os, time
from pulumi_aws import s3
s3.Bucket("first", bucket="first-of-{name}")
while os.environ.get("HOLD") and os.path.exists(os.environ["HOLD"]):
    time.sleep(0.05)
s3.Bucket("second", bucket="second-of-{name}")
"""


def scratch(folder: Path, name: str, program: str = BUCKET) -> Path:
    (folder / "Pulumi.yaml").write_text(f"name: {name}\nruntime: python\n")
    (folder / "__main__.py").write_text(program.format(name=name))
    return folder


def test_a_program_of_somebody_else_runs_without_preparation_and_its_folder_stays_clean(
    engine: Engine, tmp_path: Path
) -> None:
    folder = scratch(tmp_path, "foreign")
    before = sorted(path.name for path in folder.iterdir())
    assert "+ 3 to create" in engine.succeed("-C", str(folder), "preview")
    engine.succeed("-C", str(folder), "up", "--yes")
    assert "3 unchanged" in engine.succeed("-C", str(folder), "preview", "--expect-no-changes")
    assert sorted(path.name for path in folder.iterdir()) == before
    engine.succeed("-C", str(folder), "destroy", "--yes")


def test_a_misspelt_stack_is_the_engines_error(engine: Engine, tmp_path: Path) -> None:
    folder = scratch(tmp_path, "misspelt")
    (folder / "Pulumi.local.yaml").write_text("config: {}\n")
    result = engine.run("-C", str(folder), "preview", "--stack", "lcoal")
    assert result.returncode != 0
    assert "no stack named 'lcoal' found" in result.stdout


def test_a_selected_stack_is_the_one_that_runs(engine: Engine, tmp_path: Path) -> None:
    folder = scratch(tmp_path, "selected")
    engine.succeed("-C", str(folder), "stack", "select", "--create", "chosen")
    assert "selected-chosen" in engine.succeed("-C", str(folder), "preview")


def test_an_unmodelled_value_of_embedded_ends_with_one_line(engine: Engine) -> None:
    changed = type(engine)({**engine.environment, "EMBEDDED": "maybe"})
    result = changed.run("version")
    assert (result.returncode, result.stdout.count("\n")) == (1, 1)


def test_the_engines_exit_code_and_arguments_pass_untouched(engine: Engine) -> None:
    assert engine.run("version").returncode == 0
    refused = engine.run("version", "--no-such flag")
    assert refused.returncode == 1
    assert "unknown flag: --no-such flag" in refused.stdout


def test_two_updates_of_one_stack_exclude_each_other_and_nothing_is_lost(
    engine: Engine, tmp_path: Path
) -> None:
    folder = scratch(tmp_path, "locked")
    hold = tmp_path / "hold"
    engine.succeed("-C", str(folder), "preview")
    hold.touch()
    first = subprocess.Popen(
        [engine.command, "-C", str(folder), "up", "--yes", "--skip-preview", "--non-interactive"],
        env={**engine.environment, "HOLD": str(hold)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    locks = Path(engine.environment["EMBEDDED_HOME"]) / "state" / ".pulumi" / "locks"
    deadline = time.monotonic() + 60
    while not list(locks.glob("**/locked/**/*.json")):
        assert time.monotonic() < deadline, "the first update took no lock"
        time.sleep(0.05)
    second = engine.run("-C", str(folder), "up", "--yes", "--skip-preview")
    hold.unlink()
    output, _ = first.communicate(timeout=120)
    assert second.returncode != 0
    assert "the stack is currently locked by 1 lock(s)" in second.stdout
    assert first.returncode == 0, output
    state = json.loads(engine.succeed("-C", str(folder), "stack", "export", "--stack", "local"))
    kept = [one["id"] for one in state["deployment"]["resources"] if one["type"] == "aws:s3/bucket:Bucket"]
    assert sorted(kept) == ["first-of-locked", "second-of-locked"]


def servers(home: Path) -> list[int]:
    running = psutil.process_iter(["pid", "cmdline"])
    lines = {one.info["pid"]: " ".join(one.info["cmdline"] or ()) for one in running}
    return [pid for pid, line in lines.items() if "embedded.aws.server" in line and str(home) in line]


def wait_for_no_server(home: Path) -> None:
    deadline = time.monotonic() + 20
    while servers(home):
        assert time.monotonic() < deadline, "a server was left behind"
        time.sleep(0.1)


@pytest.mark.parametrize("delay", [0.2, 0.6])
def test_an_interrupted_start_leaves_no_server_that_nobody_knows_of(
    engine: Engine, tmp_path: Path, delay: float
) -> None:
    run = subprocess.Popen(
        [engine.command, "-C", str(scratch(tmp_path, "interrupted")), "preview", "--non-interactive"],
        env={**engine.environment, "EMBEDDED_HOME": str(tmp_path / "aws")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(delay)
    os.killpg(run.pid, signal.SIGINT)
    run.wait(timeout=60)
    record = tmp_path / "aws" / "server.json"
    if record.exists():
        assert servers(tmp_path / "aws") == [json.loads(record.read_text())["pid"]]
        record.unlink()
    wait_for_no_server(tmp_path / "aws")


def test_a_server_ends_when_its_checkout_is_deleted(engine: Engine, tmp_path: Path) -> None:
    home = tmp_path / "aws"
    elsewhere = type(engine)({**engine.environment, "EMBEDDED_HOME": str(home)})
    elsewhere.succeed("-C", str(scratch(tmp_path, "deleted")), "preview")
    assert len(servers(home)) == 1
    (home / "server.json").unlink()
    wait_for_no_server(home)
