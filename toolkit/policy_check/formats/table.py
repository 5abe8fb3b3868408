"""A report for people: one table per severity, worst first."""

from io import StringIO

from rich import box
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from toolkit.policy_check.report import SEVERITIES, Finding, Report

_COLOURS = {"critical": "bold red", "high": "red", "medium": "yellow", "low": "cyan"}
_PLAIN_WIDTH = 120


def _where(finding: Finding) -> Text:
    """Return the resource; text, not markup, since names and messages may hold brackets."""
    return Text.assemble((finding.resource, "bold"), "\n", (finding.type, "dim"))


def _what(finding: Finding) -> Text:
    controls = f" ({', '.join(finding.controls)})" if finding.controls else ""
    return Text.assemble(
        (finding.rule, "bold"),
        f" [{finding.level}]\n",
        f"{finding.message}\n",
        ("Write: ", "green"),
        f"{finding.remedy}\n",
        (f"See {finding.page}{controls}", "dim"),
    )


def _tables(report: Report) -> list[Table]:
    tables: list[Table] = []
    for severity in SEVERITIES:
        findings = [finding for finding in report.findings if finding.severity == severity]
        if not findings:
            continue
        title = Text(f"{severity} ({len(findings)})", _COLOURS[severity])
        table = Table(box=box.SIMPLE, title=title, title_justify="left", show_lines=True, expand=True)
        table.add_column("resource", ratio=1, overflow="fold")
        table.add_column("rule, what is wrong, and what to write instead", ratio=3, overflow="fold")
        for finding in findings:
            table.add_row(_where(finding), _what(finding))
        tables.append(table)
    return tables


def render(report: Report, terminal: Console | None = None) -> str:
    """Return a report as text.

    Args:
        report: What to show.
        terminal: Where it will be shown, for width and colours; None for plain text.
    """
    buffer = StringIO()
    coloured = terminal is not None and terminal.is_terminal
    console = Console(
        file=buffer,
        force_terminal=coloured,
        no_color=terminal.no_color if terminal else True,
        width=terminal.width if terminal is not None and coloured else _PLAIN_WIDTH,
    )
    console.print(Group(*_tables(report), Text(report.summary)))
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n"
