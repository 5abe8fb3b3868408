"""What was found, in words for people and as JSON for programs."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from toolkit.console import printable
from toolkit.operate.access import NOT_JUDGED, Answer
from toolkit.operate.logs import Event
from toolkit.operate.problem import Problem
from toolkit.operate.queues import QueueState
from toolkit.operate.status import Row
from toolkit.operate.tables import Sample, Value

_STYLES = {"allowed": "green", "cannot be told": "yellow"}
MASKED = "values are masked, those of keys in part; --unmasked shows them"


def document(content: Any) -> str:  # noqa: ANN401 - what JSON takes
    """Give one JSON document."""
    return json.dumps(content, indent=1, ensure_ascii=False)


def _table(*columns: str, numbers: Sequence[str] = ()) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for one in columns:
        table.add_column(one, justify="right" if one in numbers else "left", overflow="fold")
    return table


def _figure(value: int | None) -> str:
    return "-" if value is None else str(value)


def _problems(problems: Sequence[Problem]) -> Text:
    return Text("\n").join(
        Text.assemble((printable(one.said), "red"), f" -> {printable(one.step)}") for one in problems
    )


def _of_agent(facts: Mapping[str, Any]) -> str:
    version = f"version {facts['version']}, " if "version" in facts else ""
    endpoints = ", ".join(f"{name} {one['status']}" for name, one in facts.get("endpoints", {}).items())
    policies = [*facts["inline"], *(one.rpartition("/")[2] for one in facts["attached"])]
    models = ", ".join(one["state"] for one in facts["models"].values())
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


_TOLD: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "agent": _of_agent,
    "bucket": lambda facts: ", ".join(f"{key} {one}" for key, one in facts.items() if key != "bucket"),
    "table": lambda facts: f"{facts['items']} items" if "items" in facts else "",
    "queue": _of_queue,
}


def status(rows: Sequence[Row]) -> Table:
    """Give the system on one screen; what has problems is marked, with what to do."""
    table = _table("", "what", "name", "state", "details; problem -> next step")
    for row in rows:
        told = Text(_TOLD[row.kind](row.facts) if row.facts else "")
        lines = [one for one in (_problems(row.problems), told) if one.plain]
        mark = Text("!", "bold red") if row.problems else Text("")
        table.add_row(mark, row.kind, row.name, row.state, Text("\n").join(lines))
    return table


def summary(rows: Sequence[Row]) -> str:
    """Say in one line whether all is well."""
    wrong = sum(1 for row in rows if row.problems)
    return f"{wrong} of {len(rows)} parts are not well" if wrong else f"all {len(rows)} parts are well"


def status_document(stack: str, rows: Sequence[Row]) -> dict[str, Any]:
    """Give the same for programs."""
    return {
        "stack": stack,
        "well": not any(row.problems for row in rows),
        "parts": [asdict(row) for row in rows],
    }


def queues(found: Sequence[QueueState]) -> Table:
    """Give queues as a table; `-` where there is no such queue, or no datapoint."""
    figures = ("visible", "in flight", "delayed", "dead", "oldest s")
    table = _table("", "queue", *figures, "problem -> next step", numbers=figures)
    for one in found:
        counts = (one.visible, one.in_flight, one.delayed, one.dead, one.oldest_seconds)
        mark = Text("!", "bold red") if one.problems else Text("")
        table.add_row(mark, one.name, *(_figure(each) for each in counts), _problems(one.problems))
    return table


def access(answer: Answer) -> Text:
    """Say whether a role may do something, and why."""
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
        Text(NOT_JUDGED, "dim"),
    ]
    return Text("\n").join(lines)


def _cell(value: Value | None) -> str:
    if value is None:
        return ""
    size = value.type if value.length is None else f"{value.type} {value.length}"
    if value.shown is None:
        return size
    told = value.shown if isinstance(value.shown, str) else json.dumps(value.shown, ensure_ascii=False)
    return f"{printable(told)} ({size})"


def sample(found: Sample) -> Table:
    """Give items as a table, a column for each attribute that one of them has."""
    names = dict.fromkeys(name for item in found.items for name in item)
    table = _table(
        *(printable(name) for name in [*found.keys, *(one for one in names if one not in found.keys)])
    )
    for item in found.items:
        order = [*found.keys, *(one for one in names if one not in found.keys)]
        table.add_row(*(Text(_cell(item.get(name))) for name in order))
    return table


def event(one: Event) -> Text:
    """Give a log event as a line; what would move the cursor or end the line is escaped."""
    lines = (printable(line) for line in one.message.replace("\t", "    ").split("\n"))
    return Text.assemble((one.time, "cyan"), " ", (one.group, "dim"), " ", "\n    ".join(lines))


def event_line(one: Event) -> str:
    """Give a log event as one line of JSON."""
    shown = {"time": one.time, "group": one.group, "stream": one.stream, "id": one.id, "message": one.message}
    return json.dumps(shown, ensure_ascii=False)
