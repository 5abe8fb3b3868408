"""The pull-request comment: what stops the merge first, then what changes, in Markdown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tms_policies.documents.document_properties import CARRIERS
from tms_policies.model import Severity
from toolkit.engine.preview import ACTIONS, Action, Preview, ResourceChange
from toolkit.policy_check.report import SEVERITIES, Report
from toolkit.pull_request.blockers import Blocker, shown
from toolkit.pull_request.cost_drivers import drivers
from toolkit.pull_request.permission_changes import Shift, shifts

LIMIT = 65536
"""Characters of a comment (GitHub answers 422 to more)."""
_CUT = "\n\n*Cut here: the full text is in the artifact of this run.*\n"
_SIGNS: dict[Action, str] = {
    "replace": "replaced",
    "delete": "deleted",
    "create": "created",
    "import": "imported",
    "update": "changed",
    "same": "the same",
}


@dataclass(frozen=True, slots=True)
class Summary:
    """All that is said of one preview.

    Attributes:
        preview: The preview.
        stops: Reasons not to merge, beside violations.
        report: Violations of the pack.
        adoption: The state of adoption in one sentence; empty where nothing is being adopted.
    """

    preview: Preview
    stops: tuple[Blocker, ...]
    report: Report
    adoption: str = ""

    @property
    def fails(self) -> bool:
        """Whether the pull request must not be merged."""
        return bool(self.stops or self.report.failing)

    @property
    def headline(self) -> str:
        """What matters most, in one line."""
        said = list(dict.fromkeys(stop.headline for stop in self.stops))
        if self.report.failing:
            rules = list(dict.fromkeys(one.rule for one in self.report.failing))
            said.append(f"{rules[0]} is violated" if len(rules) == 1 else f"{len(rules)} rules are violated")
        if said:
            more = f" (and {len(said) - 1} more)" if len(said) > 1 else ""
            return f"do not merge: {said[0]}{more}"
        changing = sum(len(self.preview.doing(one)) for one in ACTIONS if one != "same")
        return "nothing changes" if not changing else "nothing stands against it"


def marker(stack: str) -> str:
    """Give the line by which the comment of a stack is found again, to be edited in place."""
    return f"<!-- tms preview-summary: {stack} -->"


def render(summary: Summary, pages: str | None = None) -> str:
    """Give the whole text, of whatever length.

    Args:
        summary: What is to be said.
        pages: Where this repository is read, for links to rules; without it they are relative to its root.
    """
    preview = summary.preview
    sign = "❌" if summary.fails else "✅"
    parts = [
        marker(preview.stack),
        f"## {sign} `{preview.stack}`: {summary.headline}",
        _counts(preview),
        *_section("Stops", [f"- {stop.text}" for stop in summary.stops]),
        *_section("Policy", _policy(summary.report, pages)),
        *_section("Permissions", list(_permissions(shifts(preview)))),
        *_section("Cost", [f"- {line}" for line in drivers(preview)]),
        *_section("Adoption", [summary.adoption] if summary.adoption else []),
        *_section("Changes", list(_changes(preview))),
    ]
    return "\n\n".join(parts) + "\n"


def cut(text: str) -> str:
    """Give the text as a comment may have it: cut at the end of a line, with a word on where the rest is."""
    if len(text) <= LIMIT:
        return text
    kept = text[: LIMIT - len(_CUT) - len("\n</details>")]
    kept = kept[: kept.rindex("\n")]
    open_blocks = kept.count("<details>") - kept.count("</details>")
    return kept + "\n</details>" * open_blocks + _CUT


def _section(title: str, lines: list[str]) -> list[str]:
    return [f"### {title}\n\n" + "\n".join(lines)] if lines else []


def _counts(preview: Preview) -> str:
    found = [(len(preview.doing(one)), _SIGNS[one]) for one in ACTIONS]
    told = [
        f"**{count} {word}**" if word != "the same" else f"{count} {word}" for count, word in found if count
    ]
    return " · ".join(told) if told else "No resource is declared."


def _policy(report: Report, pages: str | None) -> list[str]:
    if not report.findings:
        return []
    return [
        line
        for severity in SEVERITIES
        for line in _severity(severity, report, f"{pages.rstrip('/')}/" if pages else "")
    ]


def _severity(severity: Severity, report: Report, base: str) -> Iterator[str]:
    found = [one for one in report.findings if one.severity == severity]
    if not found:
        return
    yield f"**{severity}** ({len(found)})"
    yield ""
    for one in found:
        sign = "❌" if report.fails(one) else "⚠️"
        where = f"`{one.resource}`" if one.resource else "the stack"
        yield f"- {sign} {where}: {one.message} ([{one.rule}]({base}{one.page}))"
    yield ""


def _permissions(found: Iterable[Shift]) -> Iterator[str]:
    for shift in found:
        if shift.unknown:
            yield f"- ❔ the policy of `{shift.change.name}` is not known before the update"
        yield from (f"- **new**: {right}" for right in shift.gained)
        yield from (f"- **gone**: {right}" for right in shift.lost)


def _changes(preview: Preview) -> Iterator[str]:
    for action in ACTIONS:
        found = preview.doing(action)
        if not found or action == "same":
            continue
        yield f"<details><summary>{len(found)} {_SIGNS[action]}</summary>"
        yield ""
        yield from _grouped(found)
        yield ""
        yield "</details>"


def _grouped(found: Iterable[ResourceChange]) -> Iterator[str]:
    """Say the same difference of many resources once."""
    groups: dict[str, list[ResourceChange]] = {}
    for one in found:
        groups.setdefault(_difference(one), []).append(one)
    for said, ones in groups.items():
        named = ", ".join(f"`{one.name}`" for one in ones)
        if said and len(ones) > 1:
            yield f"- {len(ones)} resources: {said} ({named})"
        else:
            yield from (f"- `{one.name}` ({one.kind}){said and ': '}{said}" for one in ones)


def _difference(change: ResourceChange) -> str:
    if change.action not in ("update", "replace"):
        return ""
    documents = CARRIERS.get(change.type, ())
    return "; ".join(
        f"`{one.path}`, see Permissions"
        if one.path in documents
        else f"`{one.path}`, which is secret"
        if one.old == one.new
        else f"`{one.path}` {_value(one.old)} → {_value(one.new)}"
        for one in change.property_changes
    )


def _value(value: Any) -> str:  # noqa: ANN401 - a property's value
    return "none" if value is None else shown(value)
