"""A project to adopt into, in a folder of its own: the start of the demonstration and of tests."""

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
STACK = "local"
_PROGRAM = (
    *("__main__.py", "components", "deployment", "Pulumi.yaml", "needs.yaml", ".venv"),
    "Pulumi.production.yaml",  # which the local stack is based on
)


def lay_out(folder: Path) -> None:
    """Make a folder with the program of this checkout, still without its own stack file."""
    folder.mkdir(parents=True)
    for name in _PROGRAM:
        (folder / name).symlink_to(ROOT / name)


def run(command: list[str], folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder; standard error goes into the captured output."""
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
    )


def step(*arguments: str) -> list[str]:
    """Return the command line of one step of the adoption."""
    return [str(ROOT / "tms"), "adopt", *arguments, "--stack", STACK]


def read_yaml(file: Path) -> Any:  # noqa: ANN401 - YAML holds anything
    """Return the content of a YAML file, read by YAML 1.2 as the engine does; None for an empty one."""
    return YAML(typ="safe", pure=True).load(file.read_text())


def configure(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Edit the config of the project's stack file."""
    file = folder / f"Pulumi.{STACK}.yaml"
    settings = read_yaml(file)
    change(settings["config"])
    file.write_text(yaml.safe_dump(settings, sort_keys=False))
