"""`tms pipeline`: what the jobs of `.github/workflows/` do; docs/pipeline.md says which job calls what."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.ci import actions_env
from toolkit.ci import deploy as plans
from toolkit.ci import drift as drifts
from toolkit.ci import pr_comment as comments
from toolkit.ci import preview as previews
from toolkit.engine import run
from toolkit.errors import REFUSED, CommandError

group = typer.Typer(no_args_is_help=True)
Stack = Annotated[str, typer.Option(metavar="NAME", help="The stack of the project here.")]
Folder = Annotated[Path, typer.Option("--folder", metavar="DIR", help="Where this step's files are.")]


@group.callback()
def about() -> None:
    """From a pull request to production: one command for each step of a job.

    Exit codes: 0 done, and nothing stands against going on; 1 something does: a verdict, a drift, a plan of
    something else, a failed update; 2 it cannot be done, and one line says why and what to do.
    """


@group.command()
def check(
    stack: Stack,
    role: Annotated[str, typer.Option(metavar="VARIABLE", help="The variable that has the role's ARN.")],
) -> None:
    """Has the job what it needs to reach AWS? Says of each variable that is amiss where it is set."""
    actions_env.switched_on(stack, role)


@group.command()
def plugin() -> None:
    """Install the published AWS provider of the version that requirements/deploy.txt pins."""
    typer.echo(f"the AWS provider {run.install_plugin()} is installed")


@group.command()
def preview(stack: Stack, folder: Folder) -> None:
    """Preview a stack with the pack in force, and judge it; every form of the verdict is in the folder."""
    summary = previews.judge(stack, folder)
    typer.echo(f"{stack}: {summary.headline}")
    raise typer.Exit(REFUSED if summary.fails else 0)


@group.command()
def comment(folder: Folder) -> None:
    """Write the verdict of `preview` to the pull request, or edit what is there."""
    typer.echo(comments.comment(folder / previews.FULL))


@group.command("plan")
def make(stack: Stack, folder: Folder) -> None:
    """Save a plan of what is checked out, judged, with a record of what it is of."""
    record = plans.make(stack, folder)
    typer.echo(f"{stack}: {record.changes} changes planned at {record.commit[:12]}")
    if record.stopped:
        raise CommandError(
            REFUSED, f"the plan was judged: {record.stopped}", f"{folder / previews.FULL} has the reasons"
        )


@group.command()
def deploy(stack: Stack, folder: Folder) -> None:
    """Do what a saved plan says and nothing else; PLAN_DIGEST is the hash that `plan` handed on."""
    record = plans.deploy(stack, folder, actions_env.need("PLAN_DIGEST"))
    typer.echo(f"{stack}: {record.changes} changes done, at {record.commit[:12]}")


@group.command()
def drift(stack: Stack, folder: Folder) -> None:
    """Compare the state with what is live, without writing either."""
    count = drifts.find(stack, folder)
    typer.echo(f"{stack}: {count} resources differ from the state")
    raise typer.Exit(REFUSED if count else 0)


@group.command()
def issue(folder: Folder) -> None:
    """Open, edit or close the one issue that says what `drift` found."""
    typer.echo(drifts.report(folder))
