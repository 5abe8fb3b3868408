"""Runs of the real engine for the policy events; everything else that it prints is left out.

It is started through `./pulumiw` with the caller's environment, so that an installed engine, a built one and
the embedded AWS (EMBEDDED=1) are all the same here.
"""

from dataclasses import dataclass

from pulumi.automation import CommandResult

from toolkit.engine import errors, pack
from toolkit.engine.events import Event, events_of
from toolkit.engine.run import run_with_pack


@dataclass(frozen=True, slots=True)
class PackRun:
    """What one command of the engine reported.

    Attributes:
        events: The engine's events in order.
        result: Its output and exit code.
    """

    events: tuple[Event, ...]
    result: CommandResult

    @property
    def finished(self) -> bool:
        """Whether the engine went through the whole state, or had nothing to go through."""
        return self.result.code == 0 or any(event.summarized for event in self.events)

    @property
    def judged(self) -> bool:
        """Whether the pack saw the whole stack, which comes last and only if the program ran to its end."""
        summaries = (event.pack_summary for event in self.events)
        return any(summary and summary.stack and summary.pack == pack.NAME for summary in summaries)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader of findings must know: secrets that could not be read, a state that is empty."""
        lines = self.result.stderr.splitlines()
        warnings = [line.removeprefix("warning: ") for line in lines if line.startswith("warning: ")]
        hint = "; findings on them may be wrong: set PULUMI_CONFIG_PASSPHRASE, or log in, and check again"
        warnings = [f"{line}{hint}" if "could not decrypt" in line else line for line in warnings]
        return (*warnings, *(line for line in lines if line.endswith("; nothing to analyze.")))

    @property
    def reason(self) -> str:
        """Why it failed, in one line."""
        return errors.reason(self.result).rstrip(".")


def run(*arguments: str) -> PackRun:
    """Run one command of the engine with the pack in force, and return what it reported.

    Args:
        arguments: The command line; paths in it are absolute, since `-C` changes what others mean.
    """
    result = run_with_pack(*arguments)
    return PackRun(events_of(result.stdout), result)
