"""A report as Markdown (GitHub's), in which no value can become markup or break a table."""

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.adopt.report.groups import grouped
from toolkit.adopt.report.markdown import code, fence, folded_block, prose, table
from toolkit.adopt.report.view import (
    ChangedProperty,
    ChangedResource,
    ConsequenceGroup,
    StatusGroup,
    StatusMatrix,
    UnmanagedGroup,
    View,
)


def markdown(report: Mapping[str, Any]) -> str:
    """Return a report as Markdown; its first line is the outcome, as a heading."""
    view = grouped(report)
    parts = [
        f"# {' '.join(prose(view.outcome).split('<br>'))}",
        f"**{prose(view.badge)}**",
        " · ".join(f"{label} {code(value)}" for label, value in view.facts),
        *_next(view),
        *_coverage(view),
        *_differences(view),
        *_statuses(view),
        *_unmanaged(view.unmanaged),
        *_notes(view),
    ]
    return "\n\n".join(parts) + "\n"


def _next(view: View) -> list[str]:
    if not view.next:
        return []
    items = (code(step) if is_command else prose(step) for step, is_command in view.next)
    return ["## What to do next", "\n".join(f"{index}. {step}" for index, step in enumerate(items, 1))]


def _coverage(view: View) -> list[str]:
    return [
        "## Coverage",
        f"{view.percent} % of what is live and listed is declared by the program.",
        table([label for label, _ in view.figures], [[str(count) for _, count in view.figures]]),
    ]


def _differences(view: View) -> list[str]:
    total = sum(group.count for group in view.differences)
    parts = [f"## Differences ({total})"]
    if not view.differences:
        return [*parts, view.no_differences]
    for group in view.differences:
        parts += [f"### {prose(group.title)} ({group.count})", _about(group)]
        changed = "\n\n".join(part for resource in group.resources for part in _changed(resource))
        parts.append(folded_block(f"{len(group.resources)} resources", changed, folded=group.folded))
    return parts


def _about(consequence: ConsequenceGroup) -> str:
    return (
        f"{consequence.note} Agreed: {consequence.agreed} of {consequence.count}."
        if consequence.agreed
        else consequence.note
    )


def _changed(resource: ChangedResource) -> list[str]:
    head = ["path", "live", "declared", "default", "cause", "agreed"]
    return [
        f"#### {code(resource.name)}",
        f"{code(resource.type)} · {code(resource.urn)}",
        table(head, (_cells(change) for change in resource.changes)),
        *(part for change in resource.changes for part in _remedy(change)),
    ]


def _remedy(change: ChangedProperty) -> list[str]:
    """Return the remedy of a change, and the edit if there is one."""
    sentence = f"Fix for {_path(change)}: {prose(change.remedy)}" if change.fix or change.remedy else ""
    kind = "python" if change.fix.startswith("# in the program") else "yaml"
    return [part for part in (sentence, fence(change.fix, kind) if change.fix else "") if part]


def _path(change: ChangedProperty) -> str:
    return code(change.path) or "the whole resource"


def _cells(change: ChangedProperty) -> list[str]:
    sides = (change.live, change.declared, change.default)
    values = (code(side.line) if side.is_json else side.line for side in sides)
    why = "<br>".join(prose(text) for text in (change.cause, change.effect) if text)
    return [_path(change), *values, why, prose(change.agreed)]


def _statuses(view: View) -> list[str]:
    total = sum(len(group.resources) for group in view.statuses)
    parts = [f"## Declared resources ({total})"]
    if not view.statuses:
        return [*parts, "None were looked for."]
    parts.append(_matrix(view.matrix))
    for group in view.statuses:
        parts += [f"### {prose(group.status)} ({len(group.resources)})", group.note]
        parts.append(
            folded_block(f"{len(group.resources)} resources", _resource_table(group), folded=group.folded)
        )
    return parts


def _matrix(matrix: StatusMatrix) -> str:
    rows = [[code(token), *map(str, counts), str(sum(counts))] for token, counts in matrix.rows]
    total = ["all", *map(str, matrix.totals), str(sum(matrix.totals))]
    return table(["type", *map(prose, matrix.columns), "all"], [*rows, total])


def _resource_table(group: StatusGroup) -> str:
    return table(
        ["name", "type", "id", "decision", "detail", "URN"],
        (
            [
                *(code(part) for part in (resource.name, resource.type, resource.id)),
                prose(resource.decision) + (", to decide" if resource.undecided else ""),
                "<br>".join(
                    [
                        prose(resource.detail),
                        *(f"candidate {code(live_id)} {prose(why)}" for live_id, why in resource.candidates),
                    ]
                ),
                code(resource.urn),
            ]
            for resource in group.resources
        ),
    )


def _unmanaged(groups: Sequence[UnmanagedGroup]) -> list[str]:
    total = sum(len(group.resources) for group in groups)
    parts = [f"## Live, and declared by nothing ({total})"]
    if not groups:
        return [*parts, "None were seen."]
    for group in groups:
        lines = "\n".join(_extra(name, owner) for name, owner in group.resources)
        parts += [
            f"### {code(group.type)} ({len(group.resources)})",
            folded_block(f"{len(group.resources)} resources", lines, folded=group.folded),
        ]
    return parts


def _extra(name: str, owner: str) -> str:
    return f"- {code(name)}, owned by {prose(owner)}" if owner else f"- {code(name)}"


def _notes(view: View) -> list[str]:
    parts = [f"## Could not be listed ({len(view.unlisted)})"]
    if view.unlisted:
        parts.append("Unknown, and never taken for absent.")
        parts.append(table(["type", "why"], ([code(token), prose(why)] for token, why in view.unlisted)))
    else:
        parts.append("No listing was refused.")
    if view.warnings:
        parts.append(f"## Warnings ({len(view.warnings)})")
        parts.append("\n".join(f"- {prose(warning)}" for warning in view.warnings))
    return parts
