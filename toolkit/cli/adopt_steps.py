"""What several steps of `tms adopt` share: record what was found, rehearse, and end with the outcome."""

from typing import Any

from toolkit.adopt import mapping, rehearsal, render, report_data
from toolkit.adopt.model import UNRESOLVED, Plan
from toolkit.adopt.rehearse import rehearse
from toolkit.adopt.workflow import Adoption
from toolkit.cli import output
from toolkit.errors import CommandError


def record(adoption: Adoption, plan: Plan, step: str) -> dict[str, Any]:
    """Save what a step found for the report, propose decisions in mapping.yaml, and return the document."""
    mapping.propose(adoption.mapping, plan.found)
    document = report_data.document(adoption, plan, step)
    report_data.save(adoption, document)
    return document


def raise_blocker(adoption: Adoption, plan: Plan) -> None:
    """Raise the outcome of a plan, unless nothing blocks it.

    Raises:
        CommandError: Something blocks the plan.
    """
    code, text = report_data.outcome(plan, adoption.mapping)
    if code:
        raise CommandError(code, text)


def _needs_decision(adoption: Adoption, plan: Plan) -> bool:
    """Return whether a person must decide something before anything can be rehearsed."""
    return report_data.outcome(plan, adoption.mapping)[0] == UNRESOLVED


def rehearse_and_print(
    adoption: Adoption, step: str, *, as_json: bool, strict: bool, whole: bool = False
) -> Plan:
    """Import into a throw-away backend and preview there, unless a decision is missing; print the outcome.

    Args:
        adoption: The stack.
        step: Name of the step.
        as_json: Whether to print JSON.
        strict: Whether to list resources made by AWS as well.
        whole: Whether to print what was found as well, or only the differences.
    """
    files = rehearsal.sources(adoption.engine.folder)
    plan = adoption.discover()
    document = record(adoption, plan, step)
    if not _needs_decision(adoption, plan):
        rehearse(adoption, plan)
        document = record(adoption, plan, step)
        rehearsal.keep(adoption, plan, document, files)
        lines = render.whole(plan, strict=strict) if whole else render.rehearsed(plan)
    else:
        lines = render.discovered(plan, strict=strict)
    output.write(document, lines, as_json=as_json)
    raise_blocker(adoption, plan)
    return plan
