"""`tms adopt`: hand-made AWS resources come under Pulumi; every step but `apply` and `undo` only reads."""

import signal
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
import typer.core

from toolkit.adopt import apply as importing
from toolkit.adopt import mapping, rehearsal, render, report_data
from toolkit.adopt import report as pages
from toolkit.adopt.model import INTERRUPTED, UNRESOLVED, Plan
from toolkit.adopt.rehearse import rehearse as rehearse_plan
from toolkit.adopt.workflow import Adoption
from toolkit.cli import output
from toolkit.cli.embedded import enter_aws
from toolkit.engine.client import Terminated
from toolkit.engine.stack import Engine
from toolkit.errors import CommandError
from toolkit.progress import Bars

_AGAIN = (
    "interrupted; what was begun is finished, and AWS is as it was. Run the same again: it goes on from there"
)


class _Steps(typer.core.TyperGroup):
    """A step that is interrupted ends like one that stops."""

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
Stack = Annotated[str, typer.Option(metavar="NAME", help="The stack of the project here that adopts.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]
Strict = Annotated[bool, typer.Option("--strict", help="List all that nothing declares, and what AWS made.")]


@group.callback()
def about() -> None:
    """Adopt what was made by hand: nothing replaced, nothing lost, proven before it is done.

    Exit codes: 0 done; 1 a fault of the tool itself; 2 wrong use, config or program; 3 wrong account or
    region, or no credentials; 4 a person must decide something; 5 something would be replaced or deleted; 7
    differences are left; 8 interrupted, run it again; 9 the state or the rehearsed things have moved; 10 some
    were not imported, apply again.
    """


def _adoption(stack: str, *, as_json: bool) -> Adoption:
    return Adoption(Engine(stack, Path.cwd()), enter_aws(), Bars(output.watched(as_json=as_json)))


def _found(adoption: Adoption, plan: Plan, step: str) -> dict[str, Any]:
    """Keep what a step found for the report, propose what a person must decide, and give it as a document."""
    mapping.propose(adoption.mapping, plan.found)
    found = report_data.document(adoption, plan, step)
    report_data.keep(adoption, found)
    return found


def _verdict(adoption: Adoption, plan: Plan) -> None:
    """End with what a plan comes to, unless that is well.

    Raises:
        CommandError: It is not.
    """
    code, text = report_data.verdict(plan, adoption.mapping)
    if code:
        raise CommandError(code, text)


def _open(adoption: Adoption, plan: Plan) -> bool:
    """Say whether a person must decide something before anything can be rehearsed."""
    return report_data.verdict(plan, adoption.mapping)[0] == UNRESOLVED


@group.command()
def check(stack: Stack, *, as_json: AsJson = False) -> None:
    """Is this the right account, region and state, and is the program safe to adopt with?"""
    adoption = _adoption(stack, as_json=as_json)
    warnings = adoption.check()
    place = {"account": adoption.location.account, "region": adoption.location.region}
    shown = {**place, "versions": adoption.versions(), "warnings": warnings}
    output.say(shown, render.checked(shown), as_json=as_json)


@group.command()
def discover(stack: Stack, *, as_json: AsJson = False, strict: Strict = False) -> None:
    """What of the program exists, and what exists beside it?"""
    adoption = _adoption(stack, as_json=as_json)
    plan = adoption.discover()
    shown = render.discovered(plan, strict=strict)
    output.say(_found(adoption, plan, "discover"), shown, as_json=as_json)
    if any(one.status == "unknown" for one in plan.found):
        _verdict(adoption, plan)


@group.command()
def resolve(stack: Stack, *, as_json: AsJson = False) -> None:
    """Which live resource is which? What cannot be told is put into mapping.yaml, for a person."""
    adoption = _adoption(stack, as_json=as_json)
    plan = adoption.discover()
    output.say(_found(adoption, plan, "resolve"), render.resolved(plan), as_json=as_json)
    _verdict(adoption, plan)


@group.command()
def verify(stack: Stack, *, as_json: AsJson = False) -> None:
    """Can every id be read by the provider? An import that is only previewed asks for all at once."""
    adoption = _adoption(stack, as_json=as_json)
    plan = adoption.discover()
    output.say(_found(adoption, plan, "verify"), render.verified(plan), as_json=as_json)
    _verdict(adoption, plan)


def _rehearse(adoption: Adoption, step: str, *, as_json: bool, strict: bool, whole: bool = False) -> Plan:
    """Import into a throw-away backend and preview there, unless something is open; say what comes of it.

    Args:
        adoption: The stack.
        step: How the step is called.
        as_json: Whether a program reads it.
        strict: Whether what AWS made is listed as well.
        whole: Whether what was found is told as well, or only what differs.
    """
    files = rehearsal.sources(adoption.engine.folder)
    plan = adoption.discover()
    found = _found(adoption, plan, step)
    if not _open(adoption, plan):
        rehearse_plan(adoption, plan)
        found = _found(adoption, plan, step)
        rehearsal.keep(adoption, plan, found, files)
        lines = render.whole(plan, strict=strict) if whole else render.rehearsed(plan)
    else:
        lines = render.discovered(plan, strict=strict)
    output.say(found, lines, as_json=as_json)
    _verdict(adoption, plan)
    return plan


@group.command()
def compare(stack: Stack, *, as_json: AsJson = False, strict: Strict = False) -> None:
    """What is declared otherwise than it is, and what would an update do about it?"""
    _rehearse(_adoption(stack, as_json=as_json), "compare", as_json=as_json, strict=strict)


@group.command()
def rehearse(stack: Stack, *, as_json: AsJson = False, strict: Strict = False) -> None:
    """Import into a throw-away backend and preview there, before the real state is touched."""
    _rehearse(_adoption(stack, as_json=as_json), "rehearse", as_json=as_json, strict=strict)


@group.command()
def run(stack: Stack, *, as_json: AsJson = False, strict: Strict = False) -> None:
    """Do all that only reads, in one go, and say what is left for a person."""
    adoption = _adoption(stack, as_json=as_json)
    plan = _rehearse(adoption, "run", as_json=as_json, strict=strict, whole=True)
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
    output.say(
        {"imported": count},
        f"{count} resources imported" if count else "nothing is left to adopt",
        as_json=as_json,
    )


@group.command()
def prove(stack: Stack, *, as_json: AsJson = False) -> None:
    """Is every step of a preview of the stack itself the same, protection and parents included?"""
    adoption = _adoption(stack, as_json=as_json)
    plan = Plan(differences=importing.prove(adoption))
    code, text = report_data.proof(plan, adoption.mapping)
    document = {
        "verdict": {"code": code, "text": text},
        "differences": [asdict(one) for one in render.ordered(plan)],
    }
    output.say(document, render.compared(plan), as_json=as_json)
    if code:
        raise CommandError(code, text)


@group.command()
def report(stack: Stack, *, as_json: AsJson = False) -> None:
    """Write what the last step found as one page, report.html, and as Markdown, report.md."""
    adoption = _adoption(stack, as_json=as_json)
    page, text = pages.write(adoption.work, report_data.kept(adoption))
    output.say({"html": str(page), "markdown": str(text)}, f"{page}\n{text}", as_json=as_json)


@group.command()
def undo(stack: Stack, *, as_json: AsJson = False) -> None:
    """Put the state back as it was before the last apply; AWS is not touched."""
    backup = importing.undo(_adoption(stack, as_json=as_json))
    output.say({"backup": str(backup)}, f"the state is that of {backup}", as_json=as_json)
