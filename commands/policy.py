"""`tms policy`: the policy pack outside a preview."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from judging.check import check as judged
from judging.formats import table

group = typer.Typer(no_args_is_help=True, help="The policy pack outside a preview.")


@group.callback()
def about() -> None:
    """The policy pack outside a preview."""


@group.command()
def check(
    state: Annotated[
        Path, typer.Option(help="A state file that `pulumi stack export` wrote.", metavar="FILE")
    ],
) -> None:
    """Run every rule over a state file, and exit by the worst verdict."""
    report = judged(state=state)
    sys.stdout.write(table.render(report, Console()))
    raise typer.Exit(1 if report.failing else 0)
