"""What a step found, as one document: for `--json`, and kept for `tms adopt report`."""

import json
import subprocess
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from toolkit.adopt.files import replace
from toolkit.adopt.model import DESTRUCTIVE, DIFFERENCES, UNRESOLVED, Plan
from toolkit.adopt.next_steps import todo
from toolkit.adopt.render import left_over, ordered, stopped, unresolved
from toolkit.adopt.workflow import Adoption
from toolkit.engine.urn import Urn
from toolkit.errors import UNABLE, CommandError

NAME = "report.json"


def coverage(plan: Plan) -> dict[str, int]:
    """Count what is declared, adopted and found, and what of the account's that is."""
    found = sum(1 for one in plan.found if one.status == "found")
    ours = found + len(plan.adopted)
    return {
        "declared": len(plan.found) + len(plan.adopted),
        "adopted": len(plan.adopted),
        "found": found,
        "unmanaged": len(plan.unmanaged),
        "hidden": len(plan.hidden),
        "percent": ours * 100 // max(ours + len(plan.unmanaged), 1),
    }


def verdict(plan: Plan, file: Path) -> tuple[int, str]:
    """Give the exit code that a plan ends with, and why in one sentence.

    Args:
        plan: What was found, and what differs.
        file: Where a person decides.
    """
    left = [one for one in plan.found if one.decision == "import" and one.status != "found"]
    stops = [one for one in ordered(plan) if one.stops]
    open_ones = [one for one in plan.differences if not one.agreed]
    if left:
        return UNRESOLVED, unresolved(left, file)
    if stops:
        return DESTRUCTIVE, stopped(stops[0])
    if open_ones:
        return DIFFERENCES, left_over(
            next(one for one in ordered(plan) if not one.agreed), len(open_ones), file
        )
    if not plan.found:
        return 0, "nothing is left to adopt"
    if not plan.rehearsed:
        return (
            0,
            f"{len(plan.found)} resources are found or decided; what differs is known after a rehearsal only",
        )
    agreed = len(plan.differences)
    later = f"; the first update makes {agreed} changes that were agreed to" if agreed else ""
    return 0, f"{len(plan.found)} resources can be adopted and nothing of them would change{later}"


def proof(plan: Plan, file: Path) -> tuple[int, str]:
    """Give the exit code of a proof, and why; what was agreed to differs until an update has made it."""
    if not plan.differences:
        return 0, "no differences"
    if all(one.agreed for one in plan.differences):
        count = len(plan.differences)
        return (
            DIFFERENCES,
            f"{count} left, and nothing but what was decided in {file}: the first update does that",
        )
    return verdict(plan, file)


def document(adoption: Adoption, plan: Plan, step: str) -> dict[str, Any]:
    """Give a plan for other programs and for the report; adopt/report says what is in it."""
    code, text = verdict(plan, adoption.mapping)
    return {
        "stack": adoption.engine.stack,
        "project": adoption.engine.project()["name"],
        "account": adoption.location.account,
        "region": adoption.location.region,
        "made": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "step": step,
        "versions": {**adoption.versions(), "program": _commit(adoption.engine.folder)},
        "verdict": {"code": code, "text": text},
        "warnings": adoption.warnings,
        "coverage": coverage(plan),
        "resources": [*_found(plan), *_adopted(plan)],
        "unmanaged": [
            {"type": token, "name": name, "owner": plan.owners.get((token, name), "")}
            for token, name in plan.unmanaged
        ],
        "hidden": [{"type": token, "name": name} for token, name in plan.hidden],
        "unlisted": plan.unlisted,
        "differences": [asdict(one) for one in ordered(plan)],
        "next": todo(plan, code, adoption.engine.stack, adoption.mapping),
    }


def keep(adoption: Adoption, found: dict[str, Any]) -> None:
    """Keep it for the report."""
    replace(adoption.work / NAME, json.dumps(found, indent=1, default=str))


def kept(adoption: Adoption) -> dict[str, Any]:
    """Give what the last step kept.

    Raises:
        CommandError: There was none, or its file is not whole.
    """
    file, again = adoption.work / NAME, f"`./tms adopt run --stack {adoption.engine.stack}` first"
    if not file.exists():
        raise CommandError(UNABLE, f"nothing was found yet for {adoption.engine.stack}: {again}")
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise CommandError(UNABLE, f"{file} is not whole ({error}): {again}") from error
    if not isinstance(found, dict) or "verdict" not in found:
        raise CommandError(UNABLE, f"{file} is not what a step writes: {again}")
    return found


def _found(plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "urn": one.target.urn,
            "type": one.target.type,
            "name": one.target.name,
            "id": one.id,
            "status": one.status,
            "decision": one.decision,
            "detail": one.detail,
            "candidates": [asdict(each) for each in one.candidates],
        }
        for one in plan.found
    ]


def _adopted(plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "urn": urn,
            "type": Urn.parse(urn).type,
            "name": Urn.parse(urn).name,
            "id": identity,
            "status": "adopted",
            "decision": "import",
            "detail": "",
            "candidates": [],
        }
        for urn, identity in plan.adopted.items()
    ]


def _commit(folder: Path) -> str:
    asked = subprocess.run(
        ["git", "rev-parse", "HEAD"],  # noqa: S607 - git is wherever the caller has it
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
    )
    return asked.stdout.strip() if asked.returncode == 0 else ""
