"""The results of a step as one document: for `--json`, and saved for `tms adopt report`."""

import json
import subprocess
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from toolkit.adopt.files import replace
from toolkit.adopt.model import DESTRUCTIVE, DIFFERENCES, UNRESOLVED, Plan
from toolkit.adopt.next_steps import next_steps
from toolkit.adopt.reasons import left_over, stopped, unresolved
from toolkit.adopt.render import ordered
from toolkit.adopt.workflow import Adoption
from toolkit.engine.urn import Urn
from toolkit.errors import UNABLE, CommandError

NAME = "report.json"


def coverage(plan: Plan) -> dict[str, int]:
    """Return the counts of declared, adopted and found resources, and their share of the live ones."""
    found = sum(1 for resource in plan.found if resource.status == "found")
    managed = found + len(plan.adopted)
    return {
        "declared": len(plan.found) + len(plan.adopted),
        "adopted": len(plan.adopted),
        "found": found,
        "unmanaged": len(plan.unmanaged),
        "hidden": len(plan.hidden),
        "percent": managed * 100 // max(managed + len(plan.unmanaged), 1),
    }


def outcome(plan: Plan, file: Path) -> tuple[int, str]:
    """Return the exit code that a plan ends with, and why in one sentence.

    Args:
        plan: The resources that were found, and their differences.
        file: `mapping.yaml`, where a person decides.
    """
    undecided = [
        resource for resource in plan.found if resource.decision == "import" and resource.status != "found"
    ]
    blockers = [difference for difference in ordered(plan) if difference.stops]
    open_differences = [difference for difference in plan.differences if not difference.agreed]
    if undecided:
        return UNRESOLVED, unresolved(undecided, file)
    if blockers:
        return DESTRUCTIVE, stopped(blockers[0])
    if open_differences:
        return DIFFERENCES, left_over(
            next(difference for difference in ordered(plan) if not difference.agreed),
            len(open_differences),
            file,
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
    """Return the exit code of a proof, and why; agreed changes differ until an update makes them."""
    if not plan.differences:
        return 0, "no differences"
    if all(difference.agreed for difference in plan.differences):
        count = len(plan.differences)
        return (
            DIFFERENCES,
            f"{count} left, and nothing but what was decided in {file}: the first update does that",
        )
    return outcome(plan, file)


def document(adoption: Adoption, plan: Plan, step: str) -> dict[str, Any]:
    """Return a plan for other programs and for the report; `report.groups.grouped` documents its keys."""
    code, text = outcome(plan, adoption.mapping)
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
        "differences": [asdict(difference) for difference in ordered(plan)],
        "next": next_steps(plan, code, adoption.engine.stack, adoption.mapping),
    }


def save(adoption: Adoption, content: dict[str, Any]) -> None:
    """Save a document for the report."""
    replace(adoption.work / NAME, json.dumps(content, indent=1, default=str))


def load(adoption: Adoption) -> dict[str, Any]:
    """Return the document that the last step saved.

    Raises:
        CommandError: No step was run yet, or the file is not what a step writes.
    """
    file, next_step = adoption.work / NAME, f"`./tms adopt run --stack {adoption.engine.stack}` first"
    if not file.exists():
        raise CommandError(UNABLE, f"nothing was found yet for {adoption.engine.stack}: {next_step}")
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise CommandError(UNABLE, f"{file} is not whole ({error}): {next_step}") from error
    if not isinstance(content, dict) or "verdict" not in content:
        raise CommandError(UNABLE, f"{file} is not what a step writes: {next_step}")
    return content


def _found(plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "urn": resource.target.urn,
            "type": resource.target.type,
            "name": resource.target.name,
            "id": resource.id,
            "status": resource.status,
            "decision": resource.decision,
            "detail": resource.detail,
            "candidates": [asdict(candidate) for candidate in resource.candidates],
        }
        for resource in plan.found
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
    git = subprocess.run(
        ["git", "rev-parse", "HEAD"],  # noqa: S607 - git is wherever the caller has it
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
    )
    return git.stdout.strip() if git.returncode == 0 else ""
