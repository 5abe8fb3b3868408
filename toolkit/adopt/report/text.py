"""A report as Markdown (GitHub's), in which no value can become markup or break a table."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from toolkit.adopt.report.groups import grouped
from toolkit.adopt.report.view import Changed, ChangeView, Consequence, Extra, FoundView, Matrix, View

_SPECIAL = re.compile(r"[\\`*\[\]<>~$]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
# What would open a heading, a list or a rule at the start of a line
_OPENS = re.compile(r"^([#+=-]|\d+(?=[.)]))")
_SIMPLE = re.compile(r"[^`|\\\n\t]+")


def markdown(report: Mapping[str, Any]) -> str:
    """Give a report as Markdown: its first line is the verdict, as a heading."""
    view = grouped(report)
    parts = [
        f"# {' '.join(_prose(view.verdict).split('<br>'))}",
        f"**{_prose(view.badge)}**",
        " · ".join(f"{label} {code(value)}" for label, value in view.facts),
        *_next(view),
        *_coverage(view),
        *_differences(view),
        *_findings(view),
        *_unmanaged(view.unmanaged),
        *_notes(view),
    ]
    return "\n\n".join(parts) + "\n"


def code(text: str) -> str:
    """Give a text as code on one line, safe in a cell: what backticks cannot hold becomes entities."""
    if not text:
        return ""
    if _SIMPLE.fullmatch(text) and text.strip() == text:
        return f"`{text}`"
    inert = re.sub(r"[^\w ]|_", lambda one: f"&#{ord(one[0])};", text.replace("\t", " " * 4), flags=re.ASCII)
    return f"<code>{inert.replace('&#10;', '<br>')}</code>"


def _prose(text: str) -> str:
    """Give a text as words on one line, safe in a cell, a list and a heading."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    safe = (_OPENS.sub(_escaped_start, _SPECIAL.sub(r"\\\g<0>", line)) for line in lines)
    return "<br>".join(safe).replace("|", "&#124;")


def _escaped_start(found: re.Match[str]) -> str:
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"


def _fence(text: str, kind: str = "") -> str:
    """Give a block of code; its fence is longer than any that the text has."""
    ticks = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text)), 3)
    return f"{ticks}{kind}\n{text}\n{ticks}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _folded(title: str, content: str, *, folded: bool) -> str:
    return f"<details><summary>{title}</summary>\n\n{content}\n\n</details>" if folded else content


def _next(view: View) -> list[str]:
    if not view.next:
        return []
    items = (code(one) if is_command else _prose(one) for one, is_command in view.next)
    return ["## What to do next", "\n".join(f"{index}. {one}" for index, one in enumerate(items, 1))]


def _coverage(view: View) -> list[str]:
    return [
        "## Coverage",
        f"{view.percent} % of what is live and listed is declared by the program.",
        _table([one for one, _ in view.figures], [[str(count) for _, count in view.figures]]),
    ]


def _differences(view: View) -> list[str]:
    total = sum(one.count for one in view.differences)
    parts = [f"## Differences ({total})"]
    if not view.differences:
        return [*parts, view.no_differences]
    for one in view.differences:
        parts += [f"### {_prose(one.title)} ({one.count})", _about(one)]
        changed = "\n\n".join(part for resource in one.resources for part in _changed(resource))
        parts.append(_folded(f"{len(one.resources)} resources", changed, folded=one.folded))
    return parts


def _about(one: Consequence) -> str:
    return f"{one.note} Agreed: {one.agreed} of {one.count}." if one.agreed else one.note


def _changed(one: Changed) -> list[str]:
    head = ["path", "live", "declared", "default", "cause", "agreed"]
    return [
        f"#### {code(one.name)}",
        f"{code(one.type)} · {code(one.urn)}",
        _table(head, (_cells(change) for change in one.changes)),
        *(part for change in one.changes for part in _mend(change)),
    ]


def _mend(change: ChangeView) -> list[str]:
    """Give what to do about a change in words, and the edit where there is one."""
    said = f"Fix for {_path(change)}: {_prose(change.remedy)}" if change.fix or change.remedy else ""
    kind = "python" if change.fix.startswith("# in the program") else "yaml"
    return [part for part in (said, _fence(change.fix, kind) if change.fix else "") if part]


def _path(change: ChangeView) -> str:
    return code(change.path) or "the whole resource"


def _cells(change: ChangeView) -> list[str]:
    sides = (change.live, change.declared, change.default)
    values = (code(one.line) if one.given else one.line for one in sides)
    why = "<br>".join(_prose(one) for one in (change.cause, change.effect) if one)
    return [_path(change), *values, why, _prose(change.agreed)]


def _findings(view: View) -> list[str]:
    total = sum(len(one.findings) for one in view.found)
    parts = [f"## Declared resources ({total})"]
    if not view.found:
        return [*parts, "None were looked for."]
    parts.append(_matrix(view.matrix))
    for one in view.found:
        parts += [f"### {_prose(one.status)} ({len(one.findings)})", one.note]
        parts.append(_folded(f"{len(one.findings)} resources", _found(one), folded=one.folded))
    return parts


def _matrix(matrix: Matrix) -> str:
    rows = [[code(token), *map(str, counts), str(sum(counts))] for token, counts in matrix.rows]
    total = ["all", *map(str, matrix.totals), str(sum(matrix.totals))]
    return _table(["type", *map(_prose, matrix.columns), "all"], [*rows, total])


def _found(group: FoundView) -> str:
    return _table(
        ["name", "type", "id", "decision", "detail", "URN"],
        (
            [
                *(code(part) for part in (one.name, one.type, one.id)),
                _prose(one.decision) + (", to decide" if one.undecided else ""),
                "<br>".join(
                    [
                        _prose(one.detail),
                        *(f"candidate {code(other)} {_prose(why)}" for other, why in one.candidates),
                    ]
                ),
                code(one.urn),
            ]
            for one in group.findings
        ),
    )


def _unmanaged(groups: Sequence[Extra]) -> list[str]:
    total = sum(len(one.resources) for one in groups)
    parts = [f"## Live, and declared by nothing ({total})"]
    if not groups:
        return [*parts, "None were seen."]
    for one in groups:
        lines = "\n".join(_extra(name, owner) for name, owner in one.resources)
        parts += [
            f"### {code(one.type)} ({len(one.resources)})",
            _folded(f"{len(one.resources)} resources", lines, folded=one.folded),
        ]
    return parts


def _extra(name: str, owner: str) -> str:
    return f"- {code(name)}, owned by {_prose(owner)}" if owner else f"- {code(name)}"


def _notes(view: View) -> list[str]:
    parts = [f"## Could not be listed ({len(view.unlisted)})"]
    if view.unlisted:
        parts.append("Unknown, and never taken for absent.")
        parts.append(_table(["type", "why"], ([code(one), _prose(why)] for one, why in view.unlisted)))
    else:
        parts.append("No listing was refused.")
    if view.warnings:
        parts.append(f"## Warnings ({len(view.warnings)})")
        parts.append("\n".join(f"- {_prose(one)}" for one in view.warnings))
    return parts
