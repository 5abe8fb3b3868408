"""The pull-request comment: what stops the merge first, then what changes, in Markdown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tms_policies.documents.document_properties import CARRIERS
from tms_policies.model import Severity
from toolkit.engine.changes import ACTIONS, Action, ResourceChange
from toolkit.engine.preview import Preview
from toolkit.policy_check.report import SEVERITIES, Report
from toolkit.pull_request.blockers import Blocker, shown
from toolkit.pull_request.cost_drivers import drivers
from toolkit.pull_request.permission_changes import PolicyDocumentChange, permission_changes

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
        headlines = list(dict.fromkeys(stop.headline for stop in self.stops))
        if self.report.failing:
            rules = list(dict.fromkeys(item.rule for item in self.report.failing))
            headlines.append(
                f"{rules[0]} is violated" if len(rules) == 1 else f"{len(rules)} rules are violated"
            )
        if headlines:
            suffix = f" (and {len(headlines) - 1} more)" if len(headlines) > 1 else ""
            return f"do not merge: {headlines[0]}{suffix}"
        changing = sum(len(self.preview.doing(item)) for item in ACTIONS if item != "same")
        return "nothing changes" if not changing else "nothing stands against it"


def marker(stack: str) -> str:
    """Return the line by which the comment of a stack is found again, to be edited in place."""
    return f"<!-- tms preview-summary: {stack} -->"


def render(summary: Summary, pages: str | None = None) -> str:
    """Return the whole text, of whatever length.

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
        *_section("Permissions", list(_permissions(permission_changes(preview)))),
        *_section("Cost", [f"- {line}" for line in drivers(preview)]),
        *_section("Adoption", [summary.adoption] if summary.adoption else []),
        *_section("Changes", list(_changes(preview))),
    ]
    return "\n\n".join(parts) + "\n"


def cut(text: str) -> str:
    """Return the text as a comment may have it: cut at the end of a line, with where the rest is."""
    if len(text) <= LIMIT:
        return text
    head = text[: LIMIT - len(_CUT) - len("\n</details>")]
    head = head[: head.rindex("\n")]
    open_blocks = head.count("<details>") - head.count("</details>")
    return head + "\n</details>" * open_blocks + _CUT


def _section(title: str, lines: list[str]) -> list[str]:
    return [f"### {title}\n\n" + "\n".join(lines)] if lines else []


def _counts(preview: Preview) -> str:
    counts = [(len(preview.doing(action)), _SIGNS[action]) for action in ACTIONS]
    texts = [
        f"**{count} {word}**" if word != "the same" else f"{count} {word}" for count, word in counts if count
    ]
    return " · ".join(texts) if texts else "No resource is declared."


def _policy(report: Report, pages: str | None) -> list[str]:
    if not report.findings:
        return []
    return [
        line
        for severity in SEVERITIES
        for line in _severity(severity, report, f"{pages.rstrip('/')}/" if pages else "")
    ]


def _severity(severity: Severity, report: Report, base: str) -> Iterator[str]:
    findings = [finding for finding in report.findings if finding.severity == severity]
    if not findings:
        return
    yield f"**{severity}** ({len(findings)})"
    yield ""
    for finding in findings:
        sign = "❌" if report.fails(finding) else "⚠️"
        subject = f"`{finding.resource}`" if finding.resource else "the stack"
        yield f"- {sign} {subject}: {finding.message} ([{finding.rule}]({base}{finding.page}))"
    yield ""


def _permissions(changes: Iterable[PolicyDocumentChange]) -> Iterator[str]:
    for change in changes:
        if change.unknown:
            yield f"- ❔ the policy of `{change.change.name}` is not known before the update"
        yield from (f"- **new**: {right}" for right in change.gained)
        yield from (f"- **gone**: {right}" for right in change.removed)


def _changes(preview: Preview) -> Iterator[str]:
    for action in ACTIONS:
        changes = preview.doing(action)
        if not changes or action == "same":
            continue
        yield f"<details><summary>{len(changes)} {_SIGNS[action]}</summary>"
        yield ""
        yield from _grouped(changes)
        yield ""
        yield "</details>"


def _grouped(changes: Iterable[ResourceChange]) -> Iterator[str]:
    """Yield the same difference of many resources once."""
    groups: dict[str, list[ResourceChange]] = {}
    for change in changes:
        groups.setdefault(_difference(change), []).append(change)
    for text, group in groups.items():
        names = ", ".join(f"`{change.name}`" for change in group)
        if text and len(group) > 1:
            yield f"- {len(group)} resources: {text} ({names})"
        else:
            yield from (f"- `{change.name}` ({change.kind}){text and ': '}{text}" for change in group)


def _difference(change: ResourceChange) -> str:
    if change.action not in ("update", "replace"):
        return ""
    documents = CARRIERS.get(change.type, ())
    return "; ".join(
        f"`{prop.path}`, see Permissions"
        if prop.path in documents
        else f"`{prop.path}`, which is secret"
        if prop.old == prop.new
        else f"`{prop.path}` {_value(prop.old)} → {_value(prop.new)}"
        for prop in change.property_changes
    )


def _value(value: Any) -> str:  # noqa: ANN401 - a property's value
    return "none" if value is None else shown(value)
