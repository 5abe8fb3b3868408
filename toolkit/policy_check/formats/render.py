"""A report in the form that is asked for, and to where it is asked for."""

import sys
from pathlib import Path
from typing import Literal

from rich.console import Console

from toolkit.errors import UNABLE, CommandError
from toolkit.policy_check.formats import json, junit, sarif, table
from toolkit.policy_check.report import Report

Format = Literal["table", "json", "sarif", "junit"]


def check_output(output: Path | None) -> None:
    """Refuse a place that cannot be written, before any work is done.

    Raises:
        CommandError: It is a folder, or its folder does not exist.
    """
    if output is not None and (output.is_dir() or not output.absolute().parent.is_dir()):
        raise CommandError(
            UNABLE, f"--output {output}: give a file in a folder that exists", f"make {output.parent} first"
        )


def rendered(report: Report, form: Format, *, pages: str | None, terminal: Console | None) -> str:
    """Return a report as text of the form."""
    if form == "json":
        return json.render(report)
    if form == "sarif":
        return sarif.render(report, pages)
    if form == "junit":
        return junit.render(report)
    return table.render(report, terminal)


def write(report: Report, form: Format, *, output: Path | None = None, pages: str | None = None) -> None:
    """Write a report to a file, or to standard output; with a file, one line on standard error sums it up.

    Raises:
        CommandError: The file cannot be written.
    """
    if output is None:
        sys.stdout.write(rendered(report, form, pages=pages, terminal=Console()))
        return
    try:
        output.write_text(rendered(report, form, pages=pages, terminal=None), encoding="utf-8")
    except OSError as error:
        raise CommandError(
            UNABLE, f"--output {output}: {error.strerror}", "give a file that can be written"
        ) from error
    sys.stderr.write(f"tms: {report.summary}; written to {output}\n")
