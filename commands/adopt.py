"""`tms adopt`: hand-made AWS resources come under Pulumi; every step but `apply` and `undo` only reads."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from adopt import apply as importing
from adopt import mapping, showing, summary
from adopt import report as pages
from adopt.engine import Engine
from adopt.model import UNRESOLVED, USAGE, Plan, Stop
from adopt.progress import Bars
from adopt.steps import Adoption
from commands import telling
from commands.embedded import enter_aws

group = typer.Typer(no_args_is_help=True)
Stack = Annotated[str, typer.Option(metavar="NAME", help="The stack of the project here that adopts.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]


@group.callback()
def about() -> None:
    """Adopt what was made by hand: nothing replaced, nothing lost, proven before it is done.

    Exit codes: 0 done; 2 wrong use, config or program; 3 wrong account or region, or no credentials; 4 a
    person must decide something; 5 something would be replaced or deleted; 7 differences are left; 9 the
    state or the rehearsed things have moved; 10 some were not imported, apply again.
    """


def _adoption(stack: str, *, as_json: bool) -> Adoption:
    return Adoption(Engine(stack, Path.cwd()), enter_aws(), Bars(telling.watched(as_json=as_json)))


def _open(adoption: Adoption, plan: Plan) -> None:
    """End when a person must decide something first, and propose it to them."""
    mapping.propose(adoption.mapping, plan.found)
    code, text = summary.verdict(plan, adoption.mapping)
    if code == UNRESOLVED:
        raise Stop(code, text)


@group.command()
def check(stack: Stack, *, as_json: AsJson = False) -> None:
    """Is this the right account, region and state, and is the program safe to adopt with?"""
    adoption = _adoption(stack, as_json=as_json)
    warnings = adoption.check()
    place = {"account": adoption.place.account, "region": adoption.place.region}
    shown = {**place, "versions": adoption.versions(), "warnings": warnings}
    telling.say(shown, showing.checked(shown), as_json=as_json)


@group.command()
def discover(stack: Stack, *, as_json: AsJson = False, strict: bool = False) -> None:
    """What of the program exists, and what exists beside it?"""
    adoption = _adoption(stack, as_json=as_json)
    plan = adoption.discover()
    telling.say(_keep(adoption, plan, "discover"), showing.discovered(plan, strict=strict), as_json=as_json)


@group.command()
def resolve(stack: Stack, *, as_json: AsJson = False) -> None:
    """Which live resource is which? What cannot be told is put into mapping.yaml, for a person."""
    adoption = _adoption(stack, as_json=as_json)
    plan = adoption.discover()
    telling.say(_keep(adoption, plan, "resolve"), showing.resolved(plan), as_json=as_json)
    _open(adoption, plan)


@group.command()
def verify(stack: Stack, *, as_json: AsJson = False) -> None:
    """Can every id be read by the provider?"""
    resolve(stack, as_json=as_json)


def _keep(adoption: Adoption, plan: Plan, step: str) -> dict[str, Any]:
    """Keep what a step found for the report, and give it."""
    found = summary.document(adoption, plan, step)
    summary.keep(adoption, found)
    return found


def _rehearse(adoption: Adoption, step: str) -> tuple[Plan, dict[str, Any]]:
    plan = adoption.discover()
    found = _keep(adoption, plan, step)
    _open(adoption, plan)
    adoption.rehearse(plan)
    found = _keep(adoption, plan, step)
    verdict = {
        "clean": found["verdict"]["code"] == 0,
        "fingerprint": adoption.fingerprint(plan),
        "ids": {one.target.urn: one.id for one in plan.found if one.id},
        **found,
    }
    (adoption.work / "rehearsal.json").write_text(json.dumps(verdict, indent=1, default=str))
    return plan, found


def _verdict(adoption: Adoption, plan: Plan) -> None:
    code, text = summary.verdict(plan, adoption.mapping)
    if code:
        raise Stop(code, text)


@group.command()
def compare(stack: Stack, *, as_json: AsJson = False) -> None:
    """What is declared otherwise than it is, and what would an update do about it?"""
    rehearse(stack, as_json=as_json)


@group.command()
def rehearse(stack: Stack, *, as_json: AsJson = False) -> None:
    """Import into a throw-away backend and preview there, before the real state is touched."""
    adoption = _adoption(stack, as_json=as_json)
    plan, found = _rehearse(adoption, "rehearse")
    telling.say(found, showing.rehearsed(plan), as_json=as_json)
    _verdict(adoption, plan)


@group.command()
def run(stack: Stack, *, as_json: AsJson = False) -> None:
    """Do all that only reads, in one go, and say what is left for a person."""
    adoption = _adoption(stack, as_json=as_json)
    plan, found = _rehearse(adoption, "run")
    telling.say(found, f"{showing.discovered(plan)}\n{showing.compared(plan)}", as_json=as_json)
    _verdict(adoption, plan)
    telling.note(
        f"ready: tms adopt apply --stack {stack} --yes" if plan.found else "nothing is left to adopt"
    )


@group.command()
def apply(
    stack: Stack,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Write the state.")] = False,
    as_json: AsJson = False,
) -> None:
    """Import what was rehearsed into the stack's state."""
    if not yes:
        raise Stop(2, "apply writes the stack's state: say --yes")
    adoption = _adoption(stack, as_json=as_json)
    count = importing.apply(adoption)
    telling.say(
        {"imported": count},
        f"{count} resources imported" if count else "nothing is left to adopt",
        as_json=as_json,
    )


@group.command()
def prove(stack: Stack, *, as_json: AsJson = False) -> None:
    """Is every step of a preview of the stack itself the same, protection and parents included?"""
    adoption = _adoption(stack, as_json=as_json)
    plan = Plan(differences=importing.prove(adoption))
    telling.say([asdict(one) for one in showing.ordered(plan)], showing.compared(plan), as_json=as_json)
    _verdict(adoption, plan)


@group.command()
def report(stack: Stack, *, as_json: AsJson = False) -> None:
    """Write what the last step found as one page, report.html, and as Markdown, report.md."""
    adoption = _adoption(stack, as_json=as_json)
    kept = adoption.work / summary.NAME
    if not kept.exists():
        raise Stop(USAGE, f"nothing was found yet for {stack}: `./tms adopt run --stack {stack}` first")
    page, text = pages.write(adoption.work, json.loads(kept.read_text(encoding="utf-8")))
    telling.say({"html": str(page), "markdown": str(text)}, f"{page}\n{text}", as_json=as_json)


@group.command()
def undo(stack: Stack, *, as_json: AsJson = False) -> None:
    """Put the state back as it was before the last apply; AWS is not touched."""
    backup = importing.undo(_adoption(stack, as_json=as_json))
    telling.say({"backup": str(backup)}, f"the state is that of {backup}", as_json=as_json)
