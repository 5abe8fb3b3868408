"""`tms policy`: run the policy pack outside a preview."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.policy_check import check as policy_check
from toolkit.policy_check.formats import render
from toolkit.policy_check.report import Severity

group = typer.Typer(no_args_is_help=True)


@group.callback()
def about() -> None:
    """Run the policy pack outside a preview."""


@group.command()
def check(
    *,
    program: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Check what this program declares, by a preview.")
    ] = None,
    stack: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Check the state of this stack of the project here; with --program, preview on it.",
        ),
    ] = None,
    state: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Check a state that `pulumi stack export` wrote.")
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Levels and settings of rules: the JSON of --policy-pack-config."),
    ] = None,
    fail_on: Annotated[
        Severity | None,
        typer.Option(
            help="Fail from this severity on, whatever the level; without it mandatory findings fail."
        ),
    ] = None,
    form: Annotated[render.Format, typer.Option("--format", help="Form of the report.")] = "table",
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the report there, not to standard output.")
    ] = None,
    pages: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Address of this repository; for SARIF's links to rules."),
    ] = None,
) -> None:
    """Run every rule over a program, a stack or a state file, without the engine's noise.

    Exit code 0: nothing fails. 1: something does. 2: nothing could be checked, and one line says why.

    Mandatory findings fail; those of medium severity and above are mandatory unless --config says otherwise.
    With --fail-on the severity decides instead.

    EMBEDDED=1 runs the engine against the embedded AWS, as it does for ./pulumiw.
    """
    render.check_output(output)
    report = policy_check.check(state=state, stack=stack, program=program, config=config, fail_on=fail_on)
    render.write(report, form, output=output, pages=pages)
    raise typer.Exit(1 if report.failing else 0)
