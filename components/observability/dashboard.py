"""One page that shows a trade's way from document to report, left to right, then what it stands on."""

import json
from collections.abc import Iterable
from typing import Any

from components.observability.alarms import (
    Metric,
    bucket_metric,
    model_ids,
    model_metric,
    queue_metric,
)
from components.settings import Settings

WIDTH = 24
"""Columns of a dashboard (CloudWatch API reference, "Dashboard body structure and syntax")."""
_HEIGHT = 6
_STAGES = (
    ("1 Document arrives", "document-upload"),
    ("2 Extraction", "extraction"),
    ("3 Matching", "matching"),
    ("4 Review by people", "hitl-review"),
    ("5 Exceptions", "exception"),
)


def body(settings: Settings) -> str:
    """Give the dashboard's body as JSON, which is known before anything exists."""
    rows = [
        [_flow(settings)],
        [_text("## From document to report")],
        [_stage(settings, title, queue) for title, queue in _STAGES if queue in settings.queues],
        [_text("## What it stands on")],
        [_tables(settings), _documents(settings), _models(settings)],
    ]
    return json.dumps({"widgets": list(_placed(rows, settings.region))}, sort_keys=True)


def _placed(rows: Iterable[list[dict[str, Any]]], region: str) -> Iterable[dict[str, Any]]:
    """Give widgets side by side in their rows, which share the width."""
    top = 0
    for row in rows:
        width = WIDTH // len(row)
        height = max(widget["height"] for widget in row)
        for number, widget in enumerate(row):
            if widget["type"] == "metric":
                widget["properties"] |= {"region": region}
            yield {**widget, "x": number * width, "y": top, "width": width}
        top += height


def _text(markdown: str) -> dict[str, Any]:
    return {"type": "text", "height": 1, "properties": {"markdown": markdown}}


def _graph(title: str, metrics: Iterable[tuple[str, Metric]], view: str = "timeSeries") -> dict[str, Any]:
    """Give a widget that shows metrics under labels."""
    lines = [
        [
            one.namespace,
            one.name,
            *(part for pair in one.dimensions.items() for part in pair),
            {"stat": one.statistic, "label": label},
        ]
        for label, one in metrics
    ]
    return {
        "type": "metric",
        "height": _HEIGHT,
        "properties": {"title": title, "view": view, "metrics": lines, "period": 300},
    }


def _flow(settings: Settings) -> dict[str, Any]:
    """Give the numbers of the day: what came, what was passed on, what failed for good."""
    sent = [
        (f"to {key}", queue_metric(queue.name, "NumberOfMessagesSent", "Sum"))
        for key, queue in settings.queues.items()
    ]
    came = ("documents and reports written", bucket_metric(settings, "PutRequests"))
    return _graph("Passed on", [came, *sent], "singleValue")


def _stage(settings: Settings, title: str, key: str) -> dict[str, Any]:
    queue = settings.queues[key]
    depth = "ApproximateNumberOfMessagesVisible"
    return _graph(
        title,
        [
            ("waiting", queue_metric(queue.name, depth)),
            ("oldest, s", queue_metric(queue.name, "ApproximateAgeOfOldestMessage")),
            ("worked off", queue_metric(queue.name, "NumberOfMessagesDeleted", "Sum")),
            ("dead letters", queue_metric(queue.dead_letter_name, depth)),
        ],
    )


def _tables(settings: Settings) -> dict[str, Any]:
    names = ("ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits")
    return _graph(
        "Tables: units read and written",
        [
            (f"{key} {name.removeprefix('Consumed').partition('Capacity')[0].lower()}", metric)
            for key, table in settings.tables.items()
            for name in names
            for metric in [Metric("AWS/DynamoDB", name, {"TableName": table.name}, "Sum")]
        ],
    )


def _documents(settings: Settings) -> dict[str, Any]:
    names = ("GetRequests", "PutRequests", "4xxErrors", "5xxErrors")
    return _graph("Documents bucket", [(name, bucket_metric(settings, name)) for name in names])


def _models(settings: Settings) -> dict[str, Any]:
    names = ("InputTokenCount", "OutputTokenCount", "InvocationThrottles")
    return _graph(
        "Models: tokens and throttles",
        [
            (f"{model} {name}", model_metric(model, name, "Sum"))
            for model in model_ids(settings)
            for name in names
        ],
    )
