"""The engine's command: `./pulumiw`, which finds or builds the engine, as the command of `pulumi.automation`.

A run is started, followed and cancelled here and nowhere else. What of that is left to `pulumi.automation`
is in docs/decisions/0009-the-automation-api.md.
"""

import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import IO, Any

from pulumi.automation import CommandError as FailedCommand
from pulumi.automation import CommandResult, PulumiCommand, StackNotFoundError
from pulumi.automation.errors import ConcurrentUpdateError, create_command_error
from semver import VersionInfo

from toolkit.engine.events import EventLog
from toolkit.installation import ROOT, engine_command

_POLL_SECONDS = 0.2
_QUIET = {"PULUMI_SKIP_UPDATE_CHECK": "true", "PULUMI_DEBUG_COMMANDS": "1"}
STREAMING = {"PULUMI_ENABLE_STREAMING_JSON_PREVIEW": "true"}
"""With this `--json` prints one event a line."""


class Terminated(KeyboardInterrupt):
    """This process was told to end (SIGTERM): what it has begun is finished first."""


class EngineFailure(FailedCommand):
    """A command of the engine failed.

    Attributes:
        result: Its output and exit code.
    """

    def __init__(self, result: CommandResult) -> None:
        """Keep the result, which the class of `pulumi.automation` turns into text."""
        super().__init__(result)
        self.result = result


class Command(PulumiCommand):
    """`./pulumiw` in an environment of its own; outside a checkout the `pulumi` on PATH.

    Attributes:
        environment: All that the engine sees; a rehearsal's differs from this process's.
    """

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        """Take an environment, or this process's; the engine is not started to ask for its version.

        The launcher takes no engine older than the SDK, so that the SDK's version holds for both.
        """
        self.command = engine_command(ROOT)
        self.version = VersionInfo.parse(metadata.version("pulumi"))
        self.environment = dict(os.environ if environment is None else environment)

    def run(
        self,
        args: list[str],
        cwd: str,
        additional_env: Mapping[str, str],
        on_output: Callable[[str], Any] | None = None,
        on_error: Callable[[str], Any] | None = None,
    ) -> CommandResult:
        """Run a command for `pulumi.automation`; callbacks get the lines when it has ended.

        Raises:
            EngineFailure: The command failed.
        """
        result = self.execute(args, Path(cwd), additional=additional_env)
        for callback, text in ((on_output, result.stdout), (on_error, result.stderr)):
            if callback:
                for line in text.splitlines():
                    callback(line)
        if result.code:
            raise EngineFailure(result)
        return result

    def execute(
        self,
        arguments: Sequence[str],
        folder: Path | None = None,
        *,
        log: EventLog | None = None,
        stdout: IO[bytes] | None = None,
        additional: Mapping[str, str] | None = None,
    ) -> CommandResult:
        """Run a command and wait for its end, also when this process is interrupted.

        Args:
            arguments: The command line.
            folder: Where it runs; None for the current folder.
            log: An event log that is followed meanwhile.
            stdout: A file for standard output; standard error then goes to that of this process.
            additional: Variables on top of the environment.

        Returns:
            What the command printed, and its exit code; whether it failed is for the caller to judge.

        Raises:
            KeyboardInterrupt: This process was interrupted, and the engine has ended since.
        """
        logged = () if log is None else ("--event-log", str(log.file))
        with subprocess.Popen(
            [self.command, *arguments, *logged, "--non-interactive"],
            cwd=folder,
            env={**self.environment, **(additional or {}), **_QUIET},
            encoding="utf-8",
            errors="replace",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if stdout is None else stdout,
            stderr=subprocess.PIPE if stdout is None else None,
        ) as process:
            try:
                output, errors = _follow(process, log)
            except KeyboardInterrupt as interrupt:
                finish(process, interrupt, log)
                raise
        return CommandResult(output or "", errors or "", process.returncode)


def names_no_stack(result: CommandResult) -> bool:
    """Check whether a command failed since the backend has no such stack."""
    return isinstance(create_command_error(result), StackNotFoundError)


def met_a_lock(result: CommandResult) -> bool:
    """Check whether a command failed since another run has locked the stack."""
    return isinstance(create_command_error(result), ConcurrentUpdateError)


def _follow(process: subprocess.Popen[str], log: EventLog | None) -> tuple[str, str]:
    while True:
        try:
            output = process.communicate(timeout=_POLL_SECONDS if log else None)
        except subprocess.TimeoutExpired:  # communicate keeps what it has read so far
            output = None
        if log:
            log.follow()
        if output is not None:
            return output


def finish(process: subprocess.Popen[str], interrupt: KeyboardInterrupt, log: EventLog | None) -> None:
    """Wait until an interrupted engine has finished what it had begun, and released the stack.

    Ctrl-C in a terminal reaches the engine too. SIGTERM reaches this process alone, so the engine gets one
    SIGINT, and only while it imports: before, it fails an assertion of its own (importResources, which looks
    for providers that are no longer made), and afterwards it dies. Both leave its lock on the stack.
    """
    if isinstance(interrupt, Terminated):
        with suppress(KeyboardInterrupt):  # a second SIGTERM does not wait for the import to begin
            while log and log.stage() == "before" and process.poll() is None:
                with suppress(subprocess.TimeoutExpired):
                    process.communicate(timeout=_POLL_SECONDS)
        if not log or log.stage() != "done":
            process.send_signal(signal.SIGINT)
    while True:
        with suppress(KeyboardInterrupt):  # the engine has got it as well, and ends at once at the second
            process.communicate()
            return
