"""Widgets of a dashboard, and where they lie."""

from collections.abc import Iterable
from typing import Any

from components.observability.metrics import Metric

WIDTH = 24
"""Columns of a dashboard (CloudWatch API reference, "Dashboard body structure and syntax")."""
HEIGHT = 6
Widget = dict[str, Any]


def placed(rows: Iterable[list[Widget]], region: str) -> Iterable[Widget]:
    """Return widgets side by side in their rows, which share the width."""
    top = 0
    for row in rows:
        width = WIDTH // len(row)
        height = max(widget["height"] for widget in row)
        for number, widget in enumerate(row):
            if widget["type"] == "metric":
                widget["properties"].setdefault("region", region)
            yield {**widget, "x": number * width, "y": top, "width": width}
        top += height


def text(markdown: str) -> Widget:
    """Return a line of text."""
    return {"type": "text", "height": 1, "properties": {"markdown": markdown}}


def widget(title: str, lines: list[list[Any]], **properties: object) -> Widget:
    """Return a graph; a graph of nothing is a text, as AWS asks for a metric in each."""
    if not lines:
        return {"type": "text", "height": HEIGHT, "properties": {"markdown": f"### {title}\nnot declared"}}
    content = {"title": title, "view": "timeSeries", "metrics": lines, "period": 300, **properties}
    return {"type": "metric", "height": HEIGHT, "properties": content}


def graph(title: str, metrics: Iterable[tuple[str, Metric]], view: str = "timeSeries") -> Widget:
    """Return a widget that shows metrics under labels."""
    lines: list[list[Any]] = [
        [
            metric.namespace,
            metric.name,
            *(part for pair in metric.dimensions.items() for part in pair),
            {"stat": metric.statistic, "label": label},
        ]
        for label, metric in metrics
    ]
    return widget(title, lines, view=view)
