"""Runs whose events go to a file, and what the engine says to people to standard error."""

import hashlib
import json
from importlib import metadata
from pathlib import Path

from pulumi.automation import CommandResult, LocalWorkspace

from toolkit.engine import pack
from toolkit.engine.client import STREAMING, Command, EngineFailure
from toolkit.engine.errors import reason
from toolkit.engine.stack import Engine
from toolkit.engine.values import without_ciphertext
from toolkit.errors import UNABLE, CommandError
from toolkit.installation import project_folder

EVENTS = "events.jsonl"
NO_CHANGES_EXPECTED = 7
"""The engine's exit code when --expect-no-changes meets a change (pulumi, sdk/go/common/util/result)."""


def run_with_pack(*arguments: str) -> CommandResult:
    """Run one command with the policy pack in force, and return its events on standard output.

    Args:
        arguments: The command line; paths in it are absolute, since `-C` changes what others mean.
    """
    return Command().execute([*arguments, "--json", *pack.arguments()], additional=STREAMING)


def preview(stack: str, folder: Path, *, plan: Path | None = None) -> Path:
    """Preview a stack with the pack in force, and return the file of its events.

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
    _record(["preview", "--stack", stack, "--json", *pack.arguments(), *saving], events)
    if not events.stat().st_size:
        raise CommandError(
            UNABLE, f"the engine did not begin to preview {stack}", "its reason is above (docs/pipeline.md)"
        )
    return events


def update(stack: str, folder: Path, plan: Path) -> int:
    """Do what a plan says, and nothing beyond, with the pack in force; return the engine's exit code.

    Args:
        stack: The stack.
        folder: Where the events go.
        plan: The saved plan.
    """
    constrained = ("--plan", str(plan.absolute()), "--skip-preview", "--yes")
    return _record(["up", "--stack", stack, "--json", *pack.arguments(), *constrained], folder / EVENTS)


def preview_refresh(stack: str, folder: Path) -> int:
    """Compare the state with what is live, without writing either; return the engine's exit code."""
    options = ("--preview-only", "--expect-no-changes", "--json")
    return _record(["refresh", "--stack", stack, *options], folder / EVENTS)


def state_digest(stack: str) -> str:
    """Return a hash of a stack's state, which every write changes and no reading; empty without resources.

    Raises:
        CommandError: The state cannot be read.
    """
    try:
        deployment = Engine(stack, project_folder()).export()["deployment"]
    except CommandError as error:
        raise CommandError(UNABLE, error.message, "mend PULUMI_BACKEND_URL") from error
    if not deployment.get("resources"):
        return ""
    return hashlib.sha256(json.dumps(without_ciphertext(deployment), sort_keys=True).encode()).hexdigest()


def install_plugin() -> str:
    """Install the published AWS provider of the pinned SDK's version, unless it is there; return the version.

    Raises:
        CommandError: It could not be had.
    """
    version = metadata.version("pulumi-aws")
    try:
        LocalWorkspace(work_dir=str(project_folder()), pulumi_command=Command()).install_plugin(
            "aws", version
        )
    except EngineFailure as error:
        message = f"the AWS provider {version} could not be installed: {reason(error.result)}"
        raise CommandError(UNABLE, message) from error
    return version


def _record(arguments: list[str], events: Path) -> int:
    with events.open("wb") as out:
        return Command().execute(arguments, project_folder(), stdout=out, additional=STREAMING).code
