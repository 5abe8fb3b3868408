"""`tms adopt`: hand-made AWS resources come under Pulumi; every step but `apply` and `undo` only reads."""

import json
import os
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from adopt import apply as importing
from adopt import mapping, showing
from adopt.engine import Engine
from adopt.model import DESTRUCTIVE, DIFFERENCES, UNRESOLVED, Plan, Stop
from adopt.steps import Adoption
from commands.embedded import aws_environment

group = typer.Typer(no_args_is_help=True)
Stack = Annotated[str, typer.Option(metavar="NAME", help="The stack of the project here that adopts.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]
NEW = Console(stderr=True, soft_wrap=True)


@group.callback()
def about() -> None:
    """Adopt what was made by hand: nothing replaced, nothing lost, proven before it is done.

    Exit codes: 0 done; 2 wrong use, config or program; 3 wrong account or no credentials; 4 something must be
    decided by a person; 5 something that holds data would be replaced; 7 differences are left; 9 the state
    or the rehearsed things have moved; 10 some were not imported, apply again.
    """


def _adoption(stack: str) -> Adoption:
    environment = aws_environment()
    os.environ.update({key: one for key, one in environment.items() if key.startswith("AWS_")})
    return Adoption(Engine(stack, Path.cwd()), environment)


def _say(content: Any, text: str, *, as_json: bool) -> None:  # noqa: ANN401 - what JSON takes
    typer.echo(json.dumps(content, indent=1, default=str) if as_json else text)


def _open(adoption: Adoption, plan: Plan) -> None:
    """End when a person must decide something first."""
    count = mapping.propose(adoption.mapping, plan.found)
    left = [one for one in plan.found if one.decision == "import" and one.status != "found"]
    if left:
        todo = f"decide {count} in {adoption.mapping}" if count else "mend what is named"
        raise Stop(
            UNRESOLVED,
            f"{len(left)} resources cannot be adopted as they are; {todo}, then run this again; "
            f"first: {left[0].target.urn}: {left[0].status}: {left[0].detail}",
        )


@group.command()
def check(stack: Stack, *, as_json: AsJson = False) -> None:
    """Is this the right account, region and state, and is the program safe to adopt with?"""
    adoption = _adoption(stack)
    warnings = adoption.check()
    shown = {"account": adoption.place.account, "region": adoption.place.region, "warnings": warnings}
    _say(shown, showing.checked(shown), as_json=as_json)


@group.command()
def discover(stack: Stack, *, as_json: AsJson = False, strict: bool = False) -> None:
    """What of the program exists, and what exists beside it?"""
    adoption = _adoption(stack)
    plan = adoption.discover()
    _say(showing.as_json(plan), showing.discovered(plan, strict=strict), as_json=as_json)


@group.command()
def resolve(stack: Stack, *, as_json: AsJson = False) -> None:
    """Which live resource is which? What cannot be told is put into mapping.yaml, for a person."""
    adoption = _adoption(stack)
    plan = adoption.discover()
    _say(showing.as_json(plan), showing.resolved(plan), as_json=as_json)
    _open(adoption, plan)


@group.command()
def verify(stack: Stack, *, as_json: AsJson = False) -> None:
    """Can every id be read by the provider?"""
    resolve(stack, as_json=as_json)


def _rehearse(adoption: Adoption) -> Plan:
    plan = adoption.discover()
    _open(adoption, plan)
    adoption.rehearse(plan)
    verdict = {
        "clean": not plan.differences,
        "fingerprint": adoption.fingerprint(plan),
        **showing.as_json(plan),
    }
    (adoption.work / "rehearsal.json").write_text(json.dumps(verdict, indent=1, default=str))
    return plan


def _verdict(plan: Plan) -> None:
    stops = [one for one in showing.ordered(plan) if one.stops]
    if stops:
        raise Stop(DESTRUCTIVE, showing.stopped(stops[0]))
    if plan.differences:
        raise Stop(
            DIFFERENCES,
            f"{len(plan.differences)} differences are left; each is named above with its consequence",
        )


@group.command()
def compare(stack: Stack, *, as_json: AsJson = False) -> None:
    """What is declared otherwise than it is, and what would an update do about it?"""
    rehearse(stack, as_json=as_json)


@group.command()
def rehearse(stack: Stack, *, as_json: AsJson = False) -> None:
    """Import into a throw-away backend and preview there, before the real state is touched."""
    plan = _rehearse(_adoption(stack))
    _say(showing.as_json(plan), showing.compared(plan), as_json=as_json)
    _verdict(plan)


@group.command()
def run(stack: Stack, *, as_json: AsJson = False) -> None:
    """Do all that only reads, in one go, and say what is left for a person."""
    adoption = _adoption(stack)
    plan = _rehearse(adoption)
    _say(showing.as_json(plan), f"{showing.discovered(plan)}\n{showing.compared(plan)}", as_json=as_json)
    _verdict(plan)
    NEW.print(f"ready: tms adopt apply --stack {stack} --yes", markup=False)


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
    adoption = _adoption(stack)
    count = importing.apply(adoption)
    _say(
        {"imported": count},
        f"{count} resources imported" if count else "nothing is left to adopt",
        as_json=as_json,
    )


@group.command()
def prove(stack: Stack, *, as_json: AsJson = False) -> None:
    """Is every step of a preview of the stack itself the same, protection and parents included?"""
    found = importing.prove(_adoption(stack))
    plan = Plan(differences=found)
    _say(showing.as_json(plan)["differences"], showing.compared(plan), as_json=as_json)
    _verdict(plan)


@group.command()
def undo(stack: Stack, *, as_json: AsJson = False) -> None:
    """Put the state back as it was before the last apply; AWS is not touched."""
    backup = importing.undo(_adoption(stack))
    _say({"backup": str(backup)}, f"the state is that of {backup}", as_json=as_json)
