"""`tms policy`: the policy pack outside a preview of one's own."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.policy_check import check as judging
from toolkit.policy_check.formats import render
from toolkit.policy_check.report import Severity

group = typer.Typer(no_args_is_help=True)


@group.callback()
def about() -> None:
    """The policy pack, outside the preview that it guards."""


@group.command()
def check(
    *,
    program: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Judge what this program declares, by a preview.")
    ] = None,
    stack: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Judge the state of this stack of the project here; with --program, preview on it.",
        ),
    ] = None,
    state: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Judge a state that `pulumi stack export` wrote.")
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Levels and settings of rules: the JSON of --policy-pack-config."),
    ] = None,
    fail_on: Annotated[
        Severity | None,
        typer.Option(
            help="Fail from this severity on, whatever the level; without it mandatory violations fail."
        ),
    ] = None,
    form: Annotated[render.Format, typer.Option("--format", help="Form of the report.")] = "table",
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the report there, not to standard output.")
    ] = None,
    pages: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Where this repository is read; for SARIF's links to rules."),
    ] = None,
) -> None:
    """Run every rule over a program, a stack or a state file, without the engine's noise.

    Exit code 0: nothing fails. 1: something does. 2: nothing could be judged, and one line says why.

    Mandatory violations fail, which those of medium severity and worse are unless --config says otherwise;
    with --fail-on the severity decides instead.

    EMBEDDED=1 puts the embedded AWS under the engine, as it does for ./pulumiw.
    """
    render.check_output(output)
    report = judging.check(state=state, stack=stack, program=program, config=config, fail_on=fail_on)
    render.write(report, form, output=output, pages=pages)
    raise typer.Exit(1 if report.failing else 0)
