"""The results of looking at the running system, as text for people and as JSON for programs."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from toolkit.console import printable
from toolkit.operate.access import NOT_EVALUATED, Access
from toolkit.operate.health import HealthIssue, Row
from toolkit.operate.logs import LogEvent
from toolkit.operate.queues import QueueState
from toolkit.operate.tables import AttributeValue, Sample

_STYLES = {"allowed": "green", "cannot be told": "yellow"}
MASKED = "values are masked, those of keys in part; --unmasked shows them"


def document(content: Any) -> str:  # noqa: ANN401 - what JSON takes
    """Return one JSON document."""
    return json.dumps(content, indent=1, ensure_ascii=False)


def _table(*columns: str, numbers: Sequence[str] = ()) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="right" if column in numbers else "left", overflow="fold")
    return table


def _figure(value: int | None) -> str:
    return "-" if value is None else str(value)


def _issues(issues: Sequence[HealthIssue]) -> Text:
    return Text("\n").join(
        Text.assemble((printable(issue.message), "red"), f" -> {printable(issue.next_step)}")
        for issue in issues
    )


def _of_agent(facts: Mapping[str, Any]) -> str:
    version = f"version {facts['version']}, " if "version" in facts else ""
    endpoints = ", ".join(
        f"{name} {endpoint['status']}" for name, endpoint in facts.get("endpoints", {}).items()
    )
    policies = [*facts["inline"], *(arn.rpartition("/")[2] for arn in facts["attached"])]
    models = ", ".join(model["state"] for model in facts["models"].values())
    return (
        f"{version}{f'{endpoints}, ' if endpoints else ''}last log {facts['last_log_event'] or '-'}, "
        f"{f'model {models}, ' if models else ''}"
        f"policies {', '.join(policies) or '-'}"
    )


def _of_queue(facts: Mapping[str, Any]) -> str:
    age = facts["oldest_seconds"]
    return (
        f"{_figure(facts['visible'])} visible, {_figure(facts['in_flight'])} in flight, "
        f"{_figure(facts['delayed'])} delayed, {_figure(facts['dead'])} dead, "
        f"oldest {'-' if age is None else f'{age} s'}"
    )


_DETAILS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "agent": _of_agent,
    "bucket": lambda facts: ", ".join(f"{key} {value}" for key, value in facts.items() if key != "bucket"),
    "table": lambda facts: f"{facts['items']} items" if "items" in facts else "",
    "queue": _of_queue,
}


def status(rows: Sequence[Row]) -> Table:
    """Return the system as a table; parts with issues are marked, with the next step."""
    table = _table("", "what", "name", "state", "details; problem -> next step")
    for row in rows:
        details = Text(_DETAILS[row.kind](row.facts) if row.facts else "")
        lines = [text for text in (_issues(row.issues), details) if text.plain]
        mark = Text("!", "bold red") if row.issues else Text("")
        table.add_row(mark, row.kind, row.name, row.state, Text("\n").join(lines))
    return table


def summary(rows: Sequence[Row]) -> str:
    """Return in one line whether all is well."""
    wrong = sum(1 for row in rows if row.issues)
    return f"{wrong} of {len(rows)} parts are not well" if wrong else f"all {len(rows)} parts are well"


def status_document(stack: str, rows: Sequence[Row]) -> dict[str, Any]:
    """Return the status of a stack for programs."""
    return {
        "stack": stack,
        "well": not any(row.issues for row in rows),
        "parts": [_document(row) for row in rows],
    }


def _document(part: Row | QueueState) -> dict[str, Any]:
    fields = asdict(part)
    issues = fields.pop("issues")
    return {
        **fields,
        "problems": [{"said": issue["message"], "step": issue["next_step"]} for issue in issues],
    }


def queues_document(stack: str, states: Sequence[QueueState]) -> dict[str, Any]:
    """Return the queues of a stack for programs."""
    return {"stack": stack, "queues": [_document(state) for state in states]}


def queues(states: Sequence[QueueState]) -> Table:
    """Return queues as a table, with `-` where there is no such queue, or no datapoint."""
    figures = ("visible", "in flight", "delayed", "dead", "oldest s")
    table = _table("", "queue", *figures, "problem -> next step", numbers=figures)
    for state in states:
        counts = (state.visible, state.in_flight, state.delayed, state.dead, state.oldest_seconds)
        mark = Text("!", "bold red") if state.issues else Text("")
        table.add_row(mark, state.name, *(_figure(count) for count in counts), _issues(state.issues))
    return table


def access(answer: Access) -> Text:
    """Return whether a role may do something, and why, as text."""
    why = (
        [f"why: {printable(answer.reason)}", f"to change it: {printable(answer.change)}"]
        if answer.change
        else []
    )
    lines = [
        Text.assemble(
            (answer.verdict, f"bold {_STYLES.get(answer.verdict, 'red')}"),
            f": {answer.role} {answer.action} on {answer.resource}",
        ),
        Text(f"decided by: {answer.by}"),
        *(Text(line) for line in why),
        Text(f"judged: {', '.join(answer.policies) or 'no policy'}"),
        Text(f"with: {', '.join(f'{key}={value}' for key, value in answer.context.items())}"),
        Text(NOT_EVALUATED, "dim"),
    ]
    return Text("\n").join(lines)


def _cell(value: AttributeValue | None) -> str:
    if value is None:
        return ""
    size = value.type if value.length is None else f"{value.type} {value.length}"
    if value.shown is None:
        return size
    text = value.shown if isinstance(value.shown, str) else json.dumps(value.shown, ensure_ascii=False)
    return f"{printable(text)} ({size})"


def sample(table_sample: Sample) -> Table:
    """Return items as a table, with a column for each attribute that any of them has."""
    names = dict.fromkeys(name for item in table_sample.items for name in item)
    table = _table(
        *(
            printable(name)
            for name in [
                *table_sample.keys,
                *(attribute for attribute in names if attribute not in table_sample.keys),
            ]
        )
    )
    for item in table_sample.items:
        order = [
            *table_sample.keys,
            *(attribute for attribute in names if attribute not in table_sample.keys),
        ]
        table.add_row(*(Text(_cell(item.get(name))) for name in order))
    return table


def event(log_event: LogEvent) -> Text:
    """Return a log event as a line; what would move the cursor or end the line is escaped."""
    lines = (printable(line) for line in log_event.message.replace("\t", "    ").split("\n"))
    return Text.assemble((log_event.time, "cyan"), " ", (log_event.group, "dim"), " ", "\n    ".join(lines))


def event_line(log_event: LogEvent) -> str:
    """Return a log event as one line of JSON."""
    record = {
        "time": log_event.time,
        "group": log_event.group,
        "stream": log_event.stream,
        "id": log_event.id,
        "message": log_event.message,
    }
    return json.dumps(record, ensure_ascii=False)
