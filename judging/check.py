"""One check from what is given to a report."""

import sys
from pathlib import Path

from judging import subjects
from judging.model import Report, Severity
from judging.verdicts import verdicts_of


def check(*, state: Path, fail_on: Severity | None = None) -> Report:
    """Judge what is given.

    Args:
        state: A state export.
        fail_on: The lowest severity that fails; None if the levels decide.

    Raises:
        InputError: It cannot be judged.
    """
    subject, run = subjects.state(state, ())
    for warning in run.warnings:
        sys.stderr.write(f"tms: {warning}\n")
    return Report(subject, verdicts_of(run.events), fail_on)
