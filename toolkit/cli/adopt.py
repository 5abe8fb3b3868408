"""`tms adopt`: bring hand-made AWS resources under Pulumi; every step but `apply` and `undo` only reads."""

import signal
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
import typer.core

from toolkit.adopt import apply as importing
from toolkit.adopt import prove as proving
from toolkit.adopt import render, report_data
from toolkit.adopt import report as pages
from toolkit.adopt import undo as undoing
from toolkit.adopt.model import INTERRUPTED, Plan
from toolkit.adopt.workflow import Adoption
from toolkit.cli import output
from toolkit.cli.adopt_steps import raise_blocker, record, rehearse_and_print
from toolkit.cli.embedded import enter_aws
from toolkit.engine.client import Terminated
from toolkit.engine.stack import Engine
from toolkit.errors import CommandError
from toolkit.progress import Bars

_AGAIN = (
    "interrupted; what was begun is finished, and AWS is as it was. Run the same again: it goes on from there"
)


class _Steps(typer.core.TyperGroup):
    """Commands that end with an exit code and a line when they are interrupted."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - typer's own context, and what a command gives
        """Run a step; SIGTERM ends it as Ctrl-C does."""
        before = signal.signal(signal.SIGTERM, _end)
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            raise CommandError(INTERRUPTED, _AGAIN) from error
        finally:
            signal.signal(signal.SIGTERM, before)


def _end(_signal: int, _frame: object) -> None:
    raise Terminated


group = typer.Typer(no_args_is_help=True, cls=_Steps)
Stack = Annotated[str, typer.Option(metavar="NAME", help="The stack that adopts, of the project here.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]
Strict = Annotated[
    bool, typer.Option("--strict", help="List all undeclared resources, also those made by AWS.")
]


@group.callback()
def about() -> None:
    """Adopt hand-made resources: nothing is replaced or lost, and that is proven before it is done.

    Exit codes: 0 done; 1 a fault of the tool itself; 2 wrong use, config or program; 3 wrong account or
    region, or no credentials; 4 a person must decide something; 5 something would be replaced or deleted; 7
    differences are left; 8 interrupted, run it again; 9 state or resources changed since the rehearsal; 10
    some were not imported, apply again.
    """


def _adoption(stack: str, *, as_json: bool) -> Adoption:
    return Adoption(Engine(stack, Path.cwd()), enter_aws(), Bars(output.progress_console(as_json=as_json)))


@group.command()
def check(stack: Stack, *, as_json: AsJson = False) -> None:
    """Check account, region and state, and that the program is safe to adopt with."""
    adoption = _adoption(stack, as_json=as_json)
    warnings = adoption.check()
    location = {"account": adoption.location.account, "region": adoption.location.region}
    summary = {**location, "versions": adoption.versions(), "warnings": warnings}
    output.write(summary, render.checked(summary), as_json=as_json)


@group.command()
def discover(stack: Stack, *, as_json: AsJson = False, strict: Strict = False) -> None:
    """List which declared resources exist, and which live resources nothing declares."""
    adoption = _adoption(stack, as_json=as_json)
    plan = adoption.discover()
    text = render.discovered(plan, strict=strict)
    output.write(record(adoption, plan, "discover"), text, as_json=as_json)
    if any(resource.status == "unknown" for resource in plan.found):
        raise_blocker(adoption, plan)


@group.command()
def resolve(stack: Stack, *, as_json: AsJson = False) -> None:
    """Match declared resources with live ones; what is ambiguous goes to mapping.yaml, for a person."""
    adoption = _adoption(stack, as_json=as_json)
    plan = adoption.discover()
    output.write(record(adoption, plan, "resolve"), render.resolved(plan), as_json=as_json)
    raise_blocker(adoption, plan)


@group.command()
def verify(stack: Stack, *, as_json: AsJson = False) -> None:
    """Check that the provider can read every id, by the preview of an import."""
    adoption = _adoption(stack, as_json=as_json)
    plan = adoption.discover()
    output.write(record(adoption, plan, "verify"), render.verified(plan), as_json=as_json)
    raise_blocker(adoption, plan)


@group.command()
def compare(stack: Stack, *, as_json: AsJson = False, strict: Strict = False) -> None:
    """List the differences between program and live resources, and what an update would do about them."""
    rehearse_and_print(_adoption(stack, as_json=as_json), "compare", as_json=as_json, strict=strict)


@group.command()
def rehearse(stack: Stack, *, as_json: AsJson = False, strict: Strict = False) -> None:
    """Import into a throw-away backend and preview there, before the real state is touched."""
    rehearse_and_print(_adoption(stack, as_json=as_json), "rehearse", as_json=as_json, strict=strict)


@group.command()
def run(stack: Stack, *, as_json: AsJson = False, strict: Strict = False) -> None:
    """Run all steps that only read, and print what is left for a person to do."""
    adoption = _adoption(stack, as_json=as_json)
    plan = rehearse_and_print(adoption, "run", as_json=as_json, strict=strict, whole=True)
    output.note(f"ready: tms adopt apply --stack {stack} --yes" if plan.found else "nothing is left to adopt")


@group.command()
def apply(
    stack: Stack,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Write the state.")] = False,
    as_json: AsJson = False,
) -> None:
    """Import what was rehearsed into the stack's state."""
    if not yes:
        raise CommandError(2, "apply writes the stack's state: say --yes")
    adoption = _adoption(stack, as_json=as_json)
    count = importing.apply(adoption)
    output.write(
        {"imported": count},
        f"{count} resources imported" if count else "nothing is left to adopt",
        as_json=as_json,
    )


@group.command()
def prove(stack: Stack, *, as_json: AsJson = False) -> None:
    """Check that a preview of the stack changes nothing, protection and parents included."""
    adoption = _adoption(stack, as_json=as_json)
    plan = Plan(differences=proving.prove(adoption))
    code, text = report_data.proof(plan, adoption.mapping)
    document = {
        "verdict": {"code": code, "text": text},
        "differences": [asdict(difference) for difference in render.ordered(plan)],
    }
    output.write(document, render.compared(plan), as_json=as_json)
    if code:
        raise CommandError(code, text)


@group.command()
def report(stack: Stack, *, as_json: AsJson = False) -> None:
    """Write what the last step found as one page, report.html, and as Markdown, report.md."""
    adoption = _adoption(stack, as_json=as_json)
    page, text = pages.write(adoption.work, report_data.load(adoption))
    output.write({"html": str(page), "markdown": str(text)}, f"{page}\n{text}", as_json=as_json)


@group.command()
def undo(stack: Stack, *, as_json: AsJson = False) -> None:
    """Restore the state from before the last apply; AWS is not touched."""
    backup = undoing.undo(_adoption(stack, as_json=as_json))
    output.write({"backup": str(backup)}, f"the state is that of {backup}", as_json=as_json)
