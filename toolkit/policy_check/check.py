"""One check, from what is given to a report."""

import sys
from pathlib import Path

from toolkit.errors import UNABLE, CommandError
from toolkit.policy_check import pack_config as configuration
from toolkit.policy_check import sources
from toolkit.policy_check.findings import findings_of
from toolkit.policy_check.pack_run import PackRun
from toolkit.policy_check.report import Report, Severity, Subject


def _judged(
    state: Path | None, stack: str | None, program: Path | None, arguments: tuple[str, ...]
) -> tuple[Subject, PackRun]:
    if state is not None and (stack is not None or program is not None):
        raise CommandError(
            UNABLE, "--state goes with neither --stack nor --program: a state names its stack", "give one"
        )
    if stack == "":
        raise CommandError(
            UNABLE, "--stack is empty", "give the name of a stack, as `./pulumiw stack ls` lists them"
        )
    if state is not None:
        return sources.state(state, arguments)
    if program is not None:
        return sources.program(program, stack, arguments)
    if stack is not None:
        return sources.stack(stack, arguments)
    raise CommandError(
        UNABLE,
        "nothing to check is given",
        "write --program DIR for a program, --stack NAME for a stack's state, "
        "or --state FILE for an exported one",
    )


def check(
    *,
    state: Path | None = None,
    stack: str | None = None,
    program: Path | None = None,
    config: Path | None = None,
    fail_on: Severity | None = None,
) -> Report:
    """Judge what is given; what a reader must know beside the findings goes to standard error.

    Args:
        state: A state export.
        stack: A stack's name: its state is judged, or with `program` the preview on it.
        program: The folder of a program.
        config: Configuration of the pack, a JSON file.
        fail_on: The lowest severity that fails; None if the levels decide.

    Raises:
        CommandError: It cannot be judged.
    """
    disabled = frozenset[str]() if config is None else configuration.disabled(config)
    arguments = () if config is None else ("--policy-pack-config", str(config.absolute()))
    subject, run = _judged(state, stack, program, arguments)
    for note in run.notes:
        sys.stderr.write(f"tms: {note}\n")
    return Report(subject, findings_of(run.events), fail_on, disabled)
