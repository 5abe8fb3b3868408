"""One page that shows a trade's way from document to report, left to right, then what it stands on.

All of it is known before anything exists. Agents' metrics carry the runtime's ARN, which is not; the page
finds them by the runtime's name instead.
"""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from components.observability.alarms import (
    AGENT_CALL,
    Metric,
    bucket_metric,
    endpoints_of,
    model_ids,
    model_metric,
    queue_metric,
)
from components.settings import Settings

WIDTH = 24
"""Columns of a dashboard (CloudWatch API reference, "Dashboard body structure and syntax")."""
BILLING_REGION = "us-east-1"
"""Where charges are told, whatever region they are of (CloudWatch user guide, "Create a billing alarm")."""
REPORTS = "reports"
"""The prefix that reports go to, and the id of its request metrics."""
_HEIGHT = 6
_SIX_HOURS = 21600
Widget = dict[str, Any]


class _Stage(NamedTuple):
    """A step of a trade's way: its queue, who works on it, and the queues that it waits in for people."""

    title: str
    queue: str
    agent: str | None = None
    desks: tuple[str, ...] = ()


_STAGES = (
    _Stage("1 Document arrives", "document-upload", "pdf-adapter"),
    _Stage("2 Extraction", "extraction", "trade-extraction"),
    _Stage("3 Matching", "matching", "trade-matching"),
    _Stage("4 Exceptions", "exception", "exception-management"),
    _Stage(
        "5 Review by people", "hitl-review", desks=("ops-desk", "senior-ops", "compliance", "engineering")
    ),
)


def body(settings: Settings) -> str:
    """Give the dashboard's body as JSON."""
    stages = [stage for stage in _STAGES if stage.queue in settings.queues]
    rows = [
        [_flow(settings)],
        [_text("## From document to report: what waits, and who works on it")],
        [*(_waiting(settings, stage) for stage in stages), _reports(settings)],
        [
            *(_working(settings, stage) for stage in stages),
            _agent(settings, "orchestrator", "6 Orchestrator"),
        ],
        [_text("## What it stands on")],
        [_tables(settings), _refused(settings), _documents(settings)],
        [_tokens(settings), _model_throttles(settings), _costs()],
    ]
    return json.dumps({"widgets": list(_placed(rows, settings.region))}, sort_keys=True)


def _placed(rows: Iterable[list[Widget]], region: str) -> Iterable[Widget]:
    """Give widgets side by side in their rows, which share the width."""
    top = 0
    for row in rows:
        width = WIDTH // len(row)
        height = max(widget["height"] for widget in row)
        for number, widget in enumerate(row):
            if widget["type"] == "metric":
                widget["properties"].setdefault("region", region)
            yield {**widget, "x": number * width, "y": top, "width": width}
        top += height


def _text(markdown: str) -> Widget:
    return {"type": "text", "height": 1, "properties": {"markdown": markdown}}


def _widget(title: str, lines: list[list[Any]], **properties: object) -> Widget:
    """Give a graph; a graph of nothing is a text, as AWS asks for a metric in each."""
    if not lines:
        return {"type": "text", "height": _HEIGHT, "properties": {"markdown": f"### {title}\nnot declared"}}
    shown = {"title": title, "view": "timeSeries", "metrics": lines, "period": 300, **properties}
    return {"type": "metric", "height": _HEIGHT, "properties": shown}


def _graph(title: str, metrics: Iterable[tuple[str, Metric]], view: str = "timeSeries") -> Widget:
    """Give a widget that shows metrics under labels."""
    lines: list[list[Any]] = [
        [
            one.namespace,
            one.name,
            *(part for pair in one.dimensions.items() for part in pair),
            {"stat": one.statistic, "label": label},
        ]
        for label, one in metrics
    ]
    return _widget(title, lines, view=view)


def _flow(settings: Settings) -> Widget:
    """Give the numbers of the day: what came, what was passed on, what failed for good."""
    sent = [
        (f"to {key}", queue_metric(queue.name, "NumberOfMessagesSent", "Sum"))
        for key, queue in settings.queues.items()
    ]
    came = ("documents and reports written", bucket_metric(settings, "PutRequests"))
    return _graph("Passed on", [came, *sent], "singleValue")


def _waiting(settings: Settings, stage: _Stage) -> Widget:
    queue = settings.queues[stage.queue]
    depth = "ApproximateNumberOfMessagesVisible"
    return _graph(
        stage.title,
        [
            ("waiting", queue_metric(queue.name, depth)),
            ("oldest, s", queue_metric(queue.name, "ApproximateAgeOfOldestMessage")),
            ("worked off", queue_metric(queue.name, "NumberOfMessagesDeleted", "Sum")),
            ("dead letters", queue_metric(queue.dead_letter_name, depth)),
        ],
    )


def _working(settings: Settings, stage: _Stage) -> Widget:
    """Give who works on a stage: its agent, or the people at their desks."""
    number = stage.title.partition(" ")[0]
    if stage.agent is not None:
        return _agent(settings, stage.agent, f"{number} {stage.agent}")
    depth = "ApproximateNumberOfMessagesVisible"
    desks = [(key, settings.queues[key]) for key in stage.desks if key in settings.queues]
    return _graph(f"{number} On desks", [(key, queue_metric(queue.name, depth)) for key, queue in desks])


def _agent(settings: Settings, agent: str, title: str) -> Widget:
    """Give an agent's calls and errors, through whichever endpoint; nothing where it has no runtime yet."""
    if agent not in settings.agents:
        return _widget(title, [])
    names = " OR ".join(f'Name="{one}"' for one in endpoints_of(agent, settings))
    lines: list[list[Any]] = [
        [{"expression": f"SUM({_search(name, f'({names})')})", "label": label}]
        for label, name in (
            ("calls", "Invocations"),
            ("errors of the service", "SystemErrors"),
            ("errors of callers", "UserErrors"),
        )
    ]
    return _widget(title, lines)


def _search(name: str, which: str) -> str:
    """Give a search for an agent's metric (CloudWatch user guide, "Search expression syntax")."""
    schema = "{AWS/Bedrock-AgentCore,Name,Operation,Resource}"
    return f"""SEARCH('{schema} MetricName="{name}" Operation="{AGENT_CALL}" {which}', 'Sum')"""


def _reports(settings: Settings) -> Widget:
    names = (("written", "PutRequests"), ("read", "GetRequests"))
    known = names if REPORTS in settings.documents.prefixes else ()
    return _graph("6 Reports", [(label, bucket_metric(settings, name, REPORTS)) for label, name in known])


def _tables(settings: Settings) -> Widget:
    names = (("read", "ConsumedReadCapacityUnits"), ("write", "ConsumedWriteCapacityUnits"))
    return _of_tables(settings, "Tables: units read and written", names)


def _refused(settings: Settings) -> Widget:
    names = (("reads", "ReadThrottleEvents"), ("writes", "WriteThrottleEvents"))
    return _of_tables(settings, "Tables: refused", names)


def _of_tables(settings: Settings, title: str, names: Iterable[tuple[str, str]]) -> Widget:
    shown = list(names)
    return _graph(
        title,
        [
            (f"{key} {label}", Metric("AWS/DynamoDB", name, {"TableName": table.name}, "Sum"))
            for key, table in settings.tables.items()
            for label, name in shown
        ],
    )


def _documents(settings: Settings) -> Widget:
    names = ("GetRequests", "PutRequests", "4xxErrors", "5xxErrors")
    return _graph("Documents bucket", [(name, bucket_metric(settings, name)) for name in names])


def _tokens(settings: Settings) -> Widget:
    return _of_models(settings, "Models: tokens", ("InputTokenCount", "OutputTokenCount"))


def _model_throttles(settings: Settings) -> Widget:
    return _of_models(settings, "Models: refused calls", ("InvocationThrottles",))


def _of_models(settings: Settings, title: str, names: Iterable[str]) -> Widget:
    shown = list(names)
    return _graph(
        title,
        [
            (f"{model} {name}", model_metric(model, name, "Sum"))
            for model in model_ids(settings)
            for name in shown
        ],
    )


def _costs() -> Widget:
    """Give the month's charges by service; AWS tells them where the account asked for billing alerts."""
    schema = "{AWS/Billing,Currency,ServiceName}"
    search = f"""SEARCH('{schema} MetricName="EstimatedCharges" Currency="USD"', 'Maximum')"""
    lines: list[list[Any]] = [
        ["AWS/Billing", "EstimatedCharges", "Currency", "USD", {"stat": "Maximum", "label": "all"}],
        [{"expression": search, "label": ""}],
    ]
    return _widget("Costs since the month began, USD", lines, period=_SIX_HOURS, region=BILLING_REGION)
