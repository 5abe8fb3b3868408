"""What the page shows: of a preview, the permission matrix, and what was found of live things."""

import json
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from components.matrix import Cell
from components.settings import Settings, SettingsError, read
from toolkit.aws.location import Location
from toolkit.engine.changes import ResourceChange
from toolkit.engine.urn import Urn
from toolkit.errors import UNABLE, CommandError
from toolkit.permissions.architecture import component, takes_and_gives
from toolkit.permissions.reference import row, verbs
from toolkit.permissions.source import of_folder
from toolkit.policy_check.report import SEVERITIES, Report
from toolkit.pull_request.comment import Summary
from toolkit.stack_report import console_links
from toolkit.stack_report.system_map import drawn

_TONES = {"critical": "stop", "high": "stop", "medium": "attention", "low": "quiet"}
_WRITING = ("Create", "Put", "Update")
_WORDS = {"create": "to create", "import": "to import", "update": "to update", "same": "as it is"}


@dataclass(frozen=True, slots=True)
class Sources:
    """What the page is made of.

    Attributes:
        summary: The preview, judged.
        root: The project's folder, with settings and grants, and in `.adopt/<stack>/` what an adoption found.
        drift: The folder that a search for drift wrote to.
    """

    summary: Summary
    root: Path
    drift: Path


def gathered(given: Sources) -> dict[str, Any]:
    """Give what the page's template shows; what is not known says so.

    Raises:
        CommandError: A file that is there is not what it should be, or the settings are refused.
        CommandError: The matrix cannot be computed.
    """
    preview, report = given.summary.preview, given.summary.report
    settings, cells = _settings(preview.stack, given.root), of_folder(given.root, preview.stack)
    resources = [one for one in preview.changes if one.type.startswith("aws:")]
    rows = [_resource(one, settings) for one in resources]
    counts = Counter(one.action for one in resources)
    return {
        "stack": preview.stack,
        "made": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
        "place": f"{settings.account} in {settings.region}",
        "severity": "stop" if given.summary.fails else ("attention" if report.findings else "good"),
        "headline": _headline(given.summary, len(resources)),
        "stops": [one.text for one in given.summary.stops],
        "counts": [(_WORDS.get(action, f"to {action}"), count) for action, count in counts.items()],
        "chart": drawn(cells),
        "components": _components(rows),
        "total": len(rows),
        "protected": sum(one["protect"] for one in rows),
        "retained": sum(one["retain"] for one in rows),
        "matrix": _matrix(cells),
        "policy": _policy(report, len(preview.judged), whole=preview.whole),
        "adoption": _adoption(given.root / ".adopt" / preview.stack / "report.json", preview.stack),
        "drift": _drift(given.drift / "drift.json", preview.stack),
    }


def _settings(stack: str, root: Path) -> Settings:
    try:
        return read(stack, root)
    except SettingsError as error:
        raise CommandError(UNABLE, "\n".join(error.lines)) from None


def _headline(summary: Summary, resources: int) -> str:
    against = len(summary.stops) + len(summary.report.failing)
    if against:
        things = "1 thing stands" if against == 1 else f"{against} things stand"
        return f"{things} against an update of {resources} resources"
    remarks = len(summary.report.findings)
    if remarks:
        said = "1 remark" if remarks == 1 else f"{remarks} remarks"
        return f"{resources} resources; {said} of the policy pack, and nothing that stops an update"
    return f"{resources} resources, and no rule of the policy pack objects to any"


def _resource(one: ResourceChange, settings: Settings) -> dict[str, Any]:
    state = one.new or one.old
    inputs: Mapping[str, Any] = (state.inputs if state else None) or {}
    identity = one.old.id if one.old else ""
    name = console_links.named(one.type, inputs, identity)
    # the type in a URN begins with those of all parents
    return {
        "name": one.name,
        "kind": one.kind,
        "component": component(Urn.parse(one.urn)) or "none",
        "physical": name,
        "protect": bool(state and state.protect),
        "retain": bool(state and state.retain_on_delete),
        "action": _WORDS.get(one.action, f"to {one.action}"),
        "console": console_links.page(one.type, name, Location(settings.account, settings.region)),
    }


def _components(rows: Iterable[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for one in sorted(rows, key=lambda one: (one["component"], one["kind"], one["name"])):
        found.setdefault(one["component"], []).append(one)
    return list(found.items())


def _matrix(cells: Sequence[Cell]) -> dict[str, Any]:
    """Give agents as columns, things as rows; a place says what is done there, and how warm it is."""
    agents = list(dict.fromkeys(one.agent for one in cells))
    return {"agents": agents, "rows": [_heat(cells, agents, one) for one in dict.fromkeys(map(row, cells))]}


def _heat(cells: Sequence[Cell], agents: Sequence[str], of: tuple[str, str]) -> tuple[str, str, list[Any]]:
    places: list[dict[str, Any]] = []
    for agent in agents:
        mine = [one for one in cells if one.agent == agent and row(one) == of]
        actions = [action for one in mine for action in one.actions]
        warmth = _warmth(actions)
        reasons = "; ".join(dict.fromkeys(one.reason for one in mine))
        places.append(
            {"verbs": verbs(actions), "warmth": warmth, "title": f"{', '.join(actions)}: {reasons}"}
        )
    return (*of, places)


def _warmth(actions: Sequence[str]) -> int:
    """Give 0 for nothing, 1 for what takes, 2 for what gives, 3 for both."""
    takes, gives = takes_and_gives(set(actions))
    if not takes and not gives:  # of the runtime's own, told by their verbs
        writing = [one.partition(":")[2].startswith(_WRITING) for one in actions]
        takes, gives = not all(writing), any(writing)
    return (takes + 2 * gives) if actions else 0


def _policy(report: Report, judged: int, *, whole: bool) -> dict[str, Any]:
    groups = [
        {
            "severity": severity,
            "tone": _TONES[severity],
            "verdicts": [one for one in report.findings if one.severity == severity],
        }
        for severity in SEVERITIES
    ]
    return {
        "known": whole,
        "judged": judged,
        "disabled": sorted(report.disabled),
        "groups": [one for one in groups if one["verdicts"]],
    }


def _read(file: Path, stack: str) -> dict[str, Any] | None:
    """Read what a command kept; None where it kept nothing, or of another stack.

    Raises:
        CommandError: The file is not JSON.
    """
    if not file.exists():
        return None
    try:
        kept: dict[str, Any] = json.loads(file.read_bytes())
        mine = kept["stack"] == stack
    except (ValueError, KeyError, TypeError) as error:
        raise CommandError(
            UNABLE, f"{file}: is not what `tms` writes there", "remove it and look again"
        ) from error
    return kept if mine else None


def _adoption(file: Path, stack: str) -> dict[str, Any]:
    kept = _read(file, stack)
    if kept is None:
        return {"known": False, "next": f"./tms adopt run --stack {stack}"}
    covered = kept["coverage"]
    left = [
        (one["name"], one["status"]) for one in kept["resources"] if one["status"] not in ("found", "adopted")
    ]
    return {
        "known": True,
        "made": kept["made"],
        "text": kept["verdict"]["text"],
        "tone": "attention" if kept["verdict"]["code"] else "good",
        "covered": covered,
        "left": left,
        "unmanaged": len(kept["unmanaged"]),
    }


def _drift(file: Path, stack: str) -> dict[str, Any]:
    kept = _read(file, stack)
    if kept is None:
        return {"known": False, "next": f"./tms pipeline drift --stack {stack} --folder {file.parent}"}
    lines = file.with_suffix(".md").read_text(encoding="utf-8").splitlines() if kept["differing"] else []
    made = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(file.stat().st_mtime))
    lines = [one.removeprefix("- ").replace("`", "") for one in lines]
    return {"known": True, "made": made, "differing": kept["differing"], "lines": lines}
