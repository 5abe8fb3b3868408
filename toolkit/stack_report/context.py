"""The content of the page: a preview, the permission matrix, and what adoption and drift found."""

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from components.settings import Settings, SettingsError, read
from toolkit.aws.location import Location
from toolkit.engine.changes import ResourceChange
from toolkit.engine.urn import Urn
from toolkit.errors import UNABLE, CommandError
from toolkit.permissions.architecture import component
from toolkit.permissions.source import of_folder
from toolkit.policy_check.report import SEVERITIES, Report
from toolkit.pull_request.comment import Summary
from toolkit.stack_report import console_links, saved_results
from toolkit.stack_report.permission_table import permission_table
from toolkit.stack_report.system_map import system_map

_TONES = {"critical": "stop", "high": "stop", "medium": "attention", "low": "quiet"}
_ACTIONS = {"create": "to create", "import": "to import", "update": "to update", "same": "as it is"}


@dataclass(frozen=True, slots=True)
class Sources:
    """The inputs of the page.

    Attributes:
        summary: The preview with its findings.
        root: The project's folder, with settings, grants, and the results of adoptions in `.adopt/`.
        drift: The folder that `tms pipeline drift` wrote to.
    """

    summary: Summary
    root: Path
    drift: Path


def page_context(sources: Sources) -> dict[str, Any]:
    """Return the variables of the page's template; what is unknown is marked so.

    Raises:
        CommandError: A saved file is malformed, the settings are invalid, or the matrix cannot be computed.
    """
    preview, report = sources.summary.preview, sources.summary.report
    settings, cells = _settings(preview.stack, sources.root), of_folder(sources.root, preview.stack)
    resources = [change for change in preview.changes if change.type.startswith("aws:")]
    rows = [_resource(change, settings) for change in resources]
    counts = Counter(change.action for change in resources)
    return {
        "stack": preview.stack,
        "made": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
        "place": f"{settings.account} in {settings.region}",
        "severity": "stop" if sources.summary.fails else ("attention" if report.findings else "good"),
        "headline": _headline(sources.summary, len(resources)),
        "blockers": [blocker.text for blocker in sources.summary.stops],
        "counts": [(_ACTIONS.get(action, f"to {action}"), count) for action, count in counts.items()],
        "chart": system_map(cells),
        "components": _components(rows),
        "total": len(rows),
        "protected": sum(resource_row["protect"] for resource_row in rows),
        "retained": sum(resource_row["retain"] for resource_row in rows),
        "matrix": permission_table(cells),
        "policy": _policy(report, len(preview.judged), whole=preview.whole),
        "adoption": saved_results.adoption(
            sources.root / ".adopt" / preview.stack / "report.json", preview.stack
        ),
        "drift": saved_results.drift(sources.drift / "drift.json", preview.stack),
    }


def _settings(stack: str, root: Path) -> Settings:
    try:
        return read(stack, root)
    except SettingsError as error:
        raise CommandError(UNABLE, "\n".join(error.lines)) from None


def _headline(summary: Summary, resources: int) -> str:
    blocking = len(summary.stops) + len(summary.report.failing)
    if blocking:
        blockers = "1 thing stands" if blocking == 1 else f"{blocking} things stand"
        return f"{blockers} against an update of {resources} resources"
    remarks = len(summary.report.findings)
    if remarks:
        remark_count = "1 remark" if remarks == 1 else f"{remarks} remarks"
        return f"{resources} resources; {remark_count} of the policy pack, and nothing that stops an update"
    return f"{resources} resources, and no rule of the policy pack objects to any"


def _resource(change: ResourceChange, settings: Settings) -> dict[str, Any]:
    state = change.new or change.old
    inputs: Mapping[str, Any] = (state.inputs if state else None) or {}
    identity = change.old.id if change.old else ""
    name = console_links.named(change.type, inputs, identity)
    return {
        "name": change.name,
        "kind": change.kind,
        "component": component(Urn.parse(change.urn)) or "none",
        "physical": name,
        "protect": bool(state and state.protect),
        "retain": bool(state and state.retain_on_delete),
        "action": _ACTIONS.get(change.action, f"to {change.action}"),
        "console": console_links.page(change.type, name, Location(settings.account, settings.region)),
    }


def _components(rows: Iterable[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    by_component: dict[str, list[dict[str, Any]]] = {}
    for resource_row in sorted(
        rows, key=lambda resource_row: (resource_row["component"], resource_row["kind"], resource_row["name"])
    ):
        by_component.setdefault(resource_row["component"], []).append(resource_row)
    return list(by_component.items())


def _policy(report: Report, judged: int, *, whole: bool) -> dict[str, Any]:
    groups = [
        {
            "severity": severity,
            "tone": _TONES[severity],
            "findings": [finding for finding in report.findings if finding.severity == severity],
        }
        for severity in SEVERITIES
    ]
    return {
        "known": whole,
        "judged": judged,
        "disabled": sorted(report.disabled),
        "groups": [group for group in groups if group["findings"]],
    }
