"""`tms permissions`: what each agent may do and why, and what a change grants and revokes."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.output import note, write
from toolkit.errors import UNABLE, CommandError
from toolkit.permissions import render, source
from toolkit.permissions.diff import added

ROOT = Path(__file__).resolve().parents[2]


def permissions(
    *,
    stack: Annotated[
        str, typer.Option(metavar="NAME", help="The stack whose file has the settings.")
    ] = "local",
    diff: Annotated[
        str | None,
        typer.Option(metavar="REF", help="Print what the files here add and remove against this commit."),
    ] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="With --diff: end with 1 if there are differences.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")] = False,
) -> None:
    """Print what each agent may do and why, from grants and settings, without an engine or an account.

    Trust policies and permissions boundaries are not part of it.

    With --diff each side is computed by its own code from its own settings; the wording of a reason is no
    difference. Nothing is checked out: the repository stays as it is.

    Exit code 0: done, with or without differences. 1: there are differences, and --exit-code was given.
    2: a matrix cannot be computed, and one line says why.
    """
    if exit_code and diff is None:
        raise CommandError(UNABLE, "--exit-code goes with --diff only")
    current = source.of_folder(ROOT, stack)
    if source.without_account(current):
        note(f"tms: Pulumi.{stack}.yaml has no account yet (aws:allowedAccountIds): ARNs have zeros instead")
    if diff is None:
        write([asdict(cell) for cell in current], render.matrix(current), as_json=as_json)
        return
    try:
        base = source.of_commit(diff, stack, ROOT)
    except CommandError as error:
        lines = (f"--diff {diff}: {line}" for line in str(error).splitlines())
        raise CommandError(error.exit_code, "\n".join(lines)) from None
    gained, revoked = added(current, base), added(base, current)
    content = {
        "stack": stack,
        "against": source.commit_of(diff, ROOT),
        "added": [asdict(change) for change in gained],
        "removed": [asdict(change) for change in revoked],
    }
    write(content, render.changes(gained, revoked), as_json=as_json)
    if exit_code and (gained or revoked):
        raise typer.Exit(1)
