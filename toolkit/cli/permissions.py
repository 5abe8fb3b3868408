"""`tms permissions`: what each agent may do and why, and what a change does to that."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.output import note, say
from toolkit.errors import UNABLE, CommandError
from toolkit.permissions import render, source
from toolkit.permissions.diff import beyond

ROOT = Path(__file__).resolve().parents[2]


def permissions(
    *,
    stack: Annotated[
        str, typer.Option(metavar="NAME", help="The stack whose file has the settings.")
    ] = "local",
    diff: Annotated[
        str | None,
        typer.Option(metavar="REF", help="Say what the files here add and remove against this commit."),
    ] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="With --diff: end with 1 if there are differences.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")] = False,
) -> None:
    """What may each agent do to what, and why? From grants and settings, without an engine or an account.

    Who may take a role, and what a permissions boundary takes away, is no part of it.

    With --diff each side is computed by its own code from its own settings; a reason that is worded otherwise
    is no difference. Nothing is checked out: the repository stays as it is.

    Exit code 0: done, with or without differences. 1: there are differences, and --exit-code was given.
    2: something cannot be computed, and one line says why.
    """
    if exit_code and diff is None:
        raise CommandError(UNABLE, "--exit-code goes with --diff only")
    here = source.of_folder(ROOT, stack)
    if source.without_account(here):
        note(f"tms: Pulumi.{stack}.yaml has no account yet (aws:allowedAccountIds): ARNs have zeros instead")
    if diff is None:
        say([asdict(cell) for cell in here], render.matrix(here), as_json=as_json)
        return
    try:
        there = source.of_commit(diff, stack, ROOT)
    except CommandError as error:
        lines = (f"--diff {diff}: {line}" for line in str(error).splitlines())
        raise CommandError(error.exit_code, "\n".join(lines)) from None
    added, removed = beyond(here, there), beyond(there, here)
    content = {
        "stack": stack,
        "against": source.commit_of(diff, ROOT),
        "added": [asdict(one) for one in added],
        "removed": [asdict(one) for one in removed],
    }
    say(content, render.changes(added, removed), as_json=as_json)
    if exit_code and (added or removed):
        raise typer.Exit(1)
