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
    """Run the steps of the pipeline's jobs, from a pull request to production.

    Exit codes: 0 done, and nothing blocks the next step; 1 something does: a finding, drift, a plan of
    another commit, a failed update; 2 it cannot be done, and one line says why and what to do.
    """


@group.command()
def check(
    stack: Stack,
    role: Annotated[str, typer.Option(metavar="VARIABLE", help="The variable that has the role's ARN.")],
) -> None:
    """Check that the job has the variables it needs to reach AWS; say where to set each wrong one."""
    actions_env.switched_on(stack, role)


@group.command()
def plugin() -> None:
    """Install the published AWS provider of the version that requirements/deploy.txt pins."""
    typer.echo(f"the AWS provider {run.install_plugin()} is installed")


@group.command()
def preview(stack: Stack, folder: Folder) -> None:
    """Preview a stack with the pack, and report the findings; the folder gets every form of the report."""
    summary = previews.judge(stack, folder)
    typer.echo(f"{stack}: {summary.headline}")
    raise typer.Exit(REFUSED if summary.fails else 0)


@group.command()
def comment(folder: Folder) -> None:
    """Write the summary of `preview` to the pull request, or edit the one that is there."""
    typer.echo(comments.comment(folder / previews.FULL))


@group.command("plan")
def make(stack: Stack, folder: Folder) -> None:
    """Save a plan of what is checked out, checked by the pack, with a record of its commit."""
    record = plans.make(stack, folder)
    typer.echo(f"{stack}: {record.changes} changes planned at {record.commit[:12]}")
    if record.stopped:
        raise CommandError(
            REFUSED, f"the plan was judged: {record.stopped}", f"{folder / previews.FULL} has the reasons"
        )


@group.command()
def deploy(stack: Stack, folder: Folder) -> None:
    """Deploy a saved plan and nothing else; PLAN_DIGEST is the hash that `plan` passed on."""
    record = plans.deploy(stack, folder, actions_env.need("PLAN_DIGEST"))
    typer.echo(f"{stack}: {record.changes} changes done, at {record.commit[:12]}")


@group.command()
def drift(stack: Stack, folder: Folder) -> None:
    """Compare the state with the live resources, without writing to either."""
    count = drifts.find(stack, folder)
    typer.echo(f"{stack}: {count} resources differ from the state")
    raise typer.Exit(REFUSED if count else 0)


@group.command()
def issue(folder: Folder) -> None:
    """Open, edit or close the one issue that lists the drift that `drift` found."""
    typer.echo(drifts.report(folder))
