"""The real engine, for the jobs: its events go to a file, what it says to people to the job's log."""

import hashlib
import json
import os
import subprocess
from importlib import metadata
from pathlib import Path
from typing import Any

from toolkit.ci.actions_env import PAGE
from toolkit.errors import UNABLE, CommandError
from toolkit.installation import ROOT, engine_command, pack_folder, project_folder

EVENTS = "events.jsonl"
NO_CHANGES_EXPECTED = 7
"""The engine's exit code when --expect-no-changes meets a change (pulumi, sdk/go/common/util/result)."""
_STREAMING = {"PULUMI_ENABLE_STREAMING_JSON_PREVIEW": "true"}


def preview(stack: str, folder: Path, *, plan: Path | None = None) -> Path:
    """Preview a stack with the pack in force, and give the file of its events.

    The exit code says less than the events do, so it is not looked at.

    Args:
        stack: The stack.
        folder: Where the events go.
        plan: Where the plan is saved; None to save none. Secrets in it are encrypted by the stack's key.

    Raises:
        CommandError: There is no such stack, or no way to it.
    """
    saving = () if plan is None else ("--save-plan", str(plan.absolute()))
    events = folder / EVENTS
    _run(["preview", "--stack", stack, "--json", *_pack(), *saving], events)
    if not events.stat().st_size:
        raise CommandError(
            UNABLE, f"the engine did not begin to preview {stack}", f"what it said is above ({PAGE})"
        )
    return events


def update(stack: str, folder: Path, plan: Path) -> int:
    """Do what a plan says, and nothing beyond, with the pack in force; give the engine's exit code.

    Args:
        stack: The stack.
        folder: Where the events go.
        plan: The saved plan.
    """
    constrained = ("--plan", str(plan.absolute()), "--skip-preview", "--yes")
    return _run(["up", "--stack", stack, "--json", *_pack(), *constrained], folder / EVENTS)


def look(stack: str, folder: Path) -> int:
    """Compare the state with what is live, without writing either; give the engine's exit code."""
    options = ("--preview-only", "--expect-no-changes", "--json")
    return _run(["refresh", "--stack", stack, *options], folder / EVENTS)


def state(stack: str) -> str:
    """Give a hash of a stack's state: every write changes it, and reading does not; empty without resources.

    Raises:
        CommandError: The state cannot be read.
    """
    found = subprocess.run(
        [engine_command(ROOT), "stack", "export", "--stack", stack, "--non-interactive"],
        cwd=project_folder(),
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if found.returncode:
        if "no stack named" in found.stderr:
            return ""
        said = found.stderr.strip().removeprefix("error: ").splitlines() or ["no reason given"]
        raise CommandError(
            UNABLE, f"the state of {stack} cannot be read ({said[0]}): mend PULUMI_BACKEND_URL"
        )
    deployment = json.loads(found.stdout)["deployment"]
    if not deployment.get("resources"):
        return ""
    return hashlib.sha256(json.dumps(_readable(deployment), sort_keys=True).encode()).hexdigest()


def _readable(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Leave out what is encrypted: the same secret may be encrypted otherwise at every reading."""
    if isinstance(value, dict):
        return {key: _readable(one) for key, one in value.items() if key != "ciphertext"}
    return [_readable(one) for one in value] if isinstance(value, list) else value


def install_plugin() -> str:
    """Install the published AWS provider of the pinned SDK's version, unless it is there; give the version.

    Raises:
        CommandError: It could not be had.
    """
    version = metadata.version("pulumi-aws")
    command = [engine_command(ROOT), "plugin", "install", "resource", "aws", version]
    if subprocess.run(command, cwd=project_folder(), check=False).returncode:
        raise CommandError(
            UNABLE, f"the AWS provider {version} could not be installed", "what pulumi said is above"
        )
    return version


def commit() -> str:
    """Give the commit that is checked out.

    Raises:
        CommandError: The files here are not that commit's.
    """
    changed = _git("status", "--porcelain", "--untracked-files=no")
    if changed:
        raise CommandError(
            UNABLE, f"{changed.split()[1]} differs from the commit: plan and deploy a clean checkout"
        )
    return _git("rev-parse", "HEAD")


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(project_folder()), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandError(UNABLE, f"git {arguments[0]} failed: {done.stderr.strip()}")
    return done.stdout.strip()


def _pack() -> tuple[str, str]:
    return ("--policy-pack", str(pack_folder(ROOT / "policy")))


def _run(arguments: list[str], events: Path) -> int:
    with events.open("wb") as out:
        return subprocess.run(
            [engine_command(ROOT), *arguments, "--non-interactive"],
            cwd=project_folder(),
            stdout=out,
            stdin=subprocess.DEVNULL,
            check=False,
            env={**os.environ, **_STREAMING},
        ).returncode
