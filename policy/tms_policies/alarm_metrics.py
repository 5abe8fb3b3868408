"""What an alarm watches: its own metric, those of its expressions, and those that a query selects.

The form of a query: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from tms_policies.model import Resource, Unknown
from tms_policies.rules.cloudwatch import metrics
from tms_policies.values import blocks

_SELECT = re.compile(
    r"""SELECT\s+\w+\(\s*"?(?P<name>[^")]+?)"?\s*\)\s+FROM\s+
    (?:SCHEMA\(\s*"?(?P<schema>[^",)]+)"?(?P<keys>[^)]*)\)|"?(?P<plain>[\w/.#:-]+)"?)""",
    re.IGNORECASE | re.VERBOSE,
)


class Watched(NamedTuple):
    """One metric.

    Attributes:
        where: Its property path with a dot at the end; empty for the alarm's own metric.
        namespace: Text, `Unknown`, or None.
        name: Text or `Unknown`.
        dimensions: Values by name; `Unknown` if not even the names are known, None if a query takes all.
    """

    where: str
    namespace: Any
    name: Any
    dimensions: Mapping[str, Any] | Unknown | None


def watched(alarm: Resource) -> Iterator[Watched]:
    """Yield every metric of an alarm."""
    for location, metric in metrics(alarm):
        value = metric.get("dimensions")
        if metric.get("metricName") is not None:
            declared = value if isinstance(value, (dict, Unknown)) else {}
            yield Watched(location, metric.get("namespace"), metric["metricName"], declared)
    for index, query in enumerate(blocks(alarm.props.get("metricQueries"))):
        match = _SELECT.search(str(query.get("expression")))
        if match:
            yield _selected(f"metricQueries[{index}].expression.", match)


def _selected(location: str, result: re.Match[str]) -> Watched:
    """Read what a query selects; without a schema it takes the metric with whatever dimensions."""
    keys = [item.strip().strip('"') for item in (result["keys"] or "").split(",")]
    value = dict.fromkeys(filter(None, keys))
    namespace = result["schema"] or result["plain"]
    return Watched(location, namespace.strip(), result["name"].strip(), value or None)


def unread(alarm: Resource) -> Iterator[Unknown]:
    """Yield what keeps an alarm's metrics from being read: unknown queries, and unknown metrics of them."""
    queries = alarm.props.get("metricQueries")
    for item in queries if isinstance(queries, list) else [queries]:
        parts = (item, item.get("metric"), item.get("expression")) if isinstance(item, dict) else (item,)
        yield from (part for part in parts if isinstance(part, Unknown))
