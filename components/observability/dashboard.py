"""One page that shows a trade's way from document to report, left to right, then what it stands on.

All of it is known before anything exists. Agents' metrics carry the runtime's ARN, which is not; the page
finds them by the runtime's name instead.
"""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from components.naming import BILLING_REGION, partition_of
from components.observability.metrics import (
    AGENT_CALL,
    Metric,
    Monitored,
    bucket_metric,
    endpoint_names,
    model_ids,
    model_metric,
    queue_metric,
)
from components.observability.widgets import Widget, graph, placed, text, widget

REPORTS = "reports"
"""The prefix that reports go to, and the id of its request metrics."""
_SIX_HOURS = 21600


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


def body(monitored: Monitored, region: str) -> str:
    """Return the dashboard's body as JSON.

    Args:
        monitored: What is watched.
        region: Where it is.
    """
    stages = [stage for stage in _STAGES if stage.queue in monitored.queues]
    rows = [
        [_flow(monitored)],
        [text("## From document to report: what waits, and who works on it")],
        [*(_waiting(monitored, stage) for stage in stages), _reports(monitored)],
        [
            *(_working(monitored, stage) for stage in stages),
            _agent(monitored, "orchestrator", "6 Orchestrator"),
        ],
        [text("## What it stands on")],
        [_tables(monitored), _refused(monitored), _documents(monitored)],
        [_tokens(monitored), _model_throttles(monitored), _costs(region)],
    ]
    return json.dumps({"widgets": list(placed(rows, region))}, sort_keys=True)


def _flow(monitored: Monitored) -> Widget:
    """Return the numbers of the day: what came, what was passed on, what failed for good."""
    sent = [
        (f"to {key}", queue_metric(queue.name, "NumberOfMessagesSent", "Sum"))
        for key, queue in monitored.queues.items()
    ]
    written = ("documents and reports written", bucket_metric(monitored.documents, "PutRequests"))
    return graph("Passed on", [written, *sent], "singleValue")


def _waiting(monitored: Monitored, stage: _Stage) -> Widget:
    queue = monitored.queues[stage.queue]
    depth = "ApproximateNumberOfMessagesVisible"
    return graph(
        stage.title,
        [
            ("waiting", queue_metric(queue.name, depth)),
            ("oldest, s", queue_metric(queue.name, "ApproximateAgeOfOldestMessage")),
            ("worked off", queue_metric(queue.name, "NumberOfMessagesDeleted", "Sum")),
            ("dead letters", queue_metric(queue.dead_letter_name, depth)),
        ],
    )


def _working(monitored: Monitored, stage: _Stage) -> Widget:
    """Return who works on a stage: its agent, or the people at their desks."""
    number = stage.title.partition(" ")[0]
    if stage.agent is not None:
        return _agent(monitored, stage.agent, f"{number} {stage.agent}")
    depth = "ApproximateNumberOfMessagesVisible"
    desks = [(key, monitored.queues[key]) for key in stage.desks if key in monitored.queues]
    return graph(f"{number} On desks", [(key, queue_metric(queue.name, depth)) for key, queue in desks])


def _agent(monitored: Monitored, agent: str, title: str) -> Widget:
    """Return an agent's calls and errors, through whichever endpoint; nothing where it has no runtime yet."""
    if agent not in monitored.agents:
        return widget(title, [])
    names = " OR ".join(f'Name="{name}"' for name in endpoint_names(monitored.agents[agent]))
    lines: list[list[Any]] = [
        [{"expression": f"SUM({_search(name, f'({names})')})", "label": label}]
        for label, name in (
            ("calls", "Invocations"),
            ("errors of the service", "SystemErrors"),
            ("errors of callers", "UserErrors"),
        )
    ]
    return widget(title, lines)


def _search(name: str, endpoints: str) -> str:
    """Return a search for an agent's metric (CloudWatch user guide, "Search expression syntax")."""
    schema = "{AWS/Bedrock-AgentCore,Name,Operation,Resource}"
    return f"""SEARCH('{schema} MetricName="{name}" Operation="{AGENT_CALL}" {endpoints}', 'Sum')"""


def _reports(monitored: Monitored) -> Widget:
    names = (("written", "PutRequests"), ("read", "GetRequests"))
    metrics = names if REPORTS in monitored.documents.prefixes else ()
    return graph(
        "6 Reports", [(label, bucket_metric(monitored.documents, name, REPORTS)) for label, name in metrics]
    )


def _tables(monitored: Monitored) -> Widget:
    names = (("read", "ConsumedReadCapacityUnits"), ("write", "ConsumedWriteCapacityUnits"))
    return _of_tables(monitored, "Tables: units read and written", names)


def _refused(monitored: Monitored) -> Widget:
    names = (("reads", "ReadThrottleEvents"), ("writes", "WriteThrottleEvents"))
    return _of_tables(monitored, "Tables: refused", names)


def _of_tables(monitored: Monitored, title: str, names: Iterable[tuple[str, str]]) -> Widget:
    columns = list(names)
    return graph(
        title,
        [
            (f"{key} {label}", Metric("AWS/DynamoDB", name, {"TableName": table.name}, "Sum"))
            for key, table in monitored.tables.items()
            for label, name in columns
        ],
    )


def _documents(monitored: Monitored) -> Widget:
    names = ("GetRequests", "PutRequests", "4xxErrors", "5xxErrors")
    return graph("Documents bucket", [(name, bucket_metric(monitored.documents, name)) for name in names])


def _tokens(monitored: Monitored) -> Widget:
    return _of_models(monitored, "Models: tokens", ("InputTokenCount", "OutputTokenCount"))


def _model_throttles(monitored: Monitored) -> Widget:
    return _of_models(monitored, "Models: refused calls", ("InvocationThrottles",))


def _of_models(monitored: Monitored, title: str, names: Iterable[str]) -> Widget:
    columns = list(names)
    return graph(
        title,
        [
            (f"{model} {name}", model_metric(model, name, "Sum"))
            for model in model_ids(monitored.agents)
            for name in columns
        ],
    )


def _costs(region: str) -> Widget:
    """Return the month's charges by service, which need billing alerts; GovCloud and China have none."""
    title = "Costs since the month began, USD"
    if partition_of(region) != partition_of(BILLING_REGION):
        return widget(title, [])
    schema = "{AWS/Billing,Currency,ServiceName}"
    search = f"""SEARCH('{schema} MetricName="EstimatedCharges" Currency="USD"', 'Maximum')"""
    lines: list[list[Any]] = [
        ["AWS/Billing", "EstimatedCharges", "Currency", "USD", {"stat": "Maximum", "label": "all"}],
        [{"expression": search, "label": ""}],
    ]
    return widget(title, lines, period=_SIX_HOURS, region=BILLING_REGION)
