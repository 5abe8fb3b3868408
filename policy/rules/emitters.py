"""Whether anything emits the metric that an alarm watches.

The names of each service's metrics are those of its own pages of CloudWatch metrics, which stand beside them
in policy/data/metrics.json. A metric that a service adds is added there, from its page.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from policy.model import Bag, Finding, Resource, Rule, Stack, Unknown
from policy.rules.cloudwatch import ALARM
from policy.rules.needs import strings
from policy.values import blocks, shown, unproven

_FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter"
_DOCUMENTED: Mapping[str, Mapping[str, list[str]]] = json.loads(
    (Path(__file__).resolve().parent.parent / "data" / "metrics.json").read_text("utf-8")
)
KNOWN = {namespace: one["names"] for namespace, one in _DOCUMENTED.items()}
PAGES = {namespace: one["pages"] for namespace, one in _DOCUMENTED.items()}
"""Where AWS lists the names, by namespace."""


def _metrics(alarm: Resource) -> Iterator[tuple[str, Any, Any]]:
    """Give (property path, namespace, name) of each metric of an alarm that is no expression."""
    given = [("", alarm.props)]
    for index, query in enumerate(blocks(alarm.props.get("metricQueries"))):
        if isinstance(query.get("metric"), dict):
            given.append((f"metricQueries[{index}].metric.", query["metric"]))
    for path, metric in given:
        if metric.get("metricName") is not None:
            yield path, metric.get("namespace"), metric["metricName"]


def _filtered(stack: Stack) -> set[tuple[str, str]]:
    """Give (namespace, name) of what the stack's metric filters make."""
    found: set[tuple[str, str]] = set()
    for one in stack.of(_FILTER):
        given = one.props.get("metricTransformation")
        for part in [given] if isinstance(given, dict) else blocks(given):
            found.add((str(part.get("namespace")), str(part.get("name"))))
    return found


def emitted(stack: Stack, settings: Bag) -> Iterable[Finding]:
    """A service emits the metric, or a metric filter of the stack makes it."""
    made, elsewhere = _filtered(stack), {str(one) for one in settings["emittedElsewhere"]}
    for alarm in stack.of(ALARM):
        for path, namespace, name in _metrics(alarm):
            hidden = next((one for one in (namespace, name) if isinstance(one, Unknown)), None)
            if hidden:
                yield unproven(hidden, f"something must emit the metric of {alarm.name}", alarm.urn)
            elif reason := _missing(namespace, str(name), made, elsewhere):
                yield Finding(
                    f"{path}metricName of {alarm.name} is {shown(name)}, {reason}: the alarm never rings",
                    _remedy(str(namespace)),
                    alarm.urn,
                )


def _remedy(namespace: str) -> str:
    """Say where the right name is found."""
    if namespace in PAGES:
        return f"a name of {' or '.join(PAGES[namespace])}"
    return "the name on the service's page of CloudWatch metrics, or a LogMetricFilter for it"


def _missing(given: object, name: str, made: set[tuple[str, str]], elsewhere: set[str]) -> str | None:
    """Say why nothing emits a metric; None if something does, or if it cannot be told."""
    namespace = str(given)
    if namespace in elsewhere or f"{namespace}:{name}" in elsewhere or (namespace, name) in made:
        return None
    if namespace in KNOWN:
        return None if name in KNOWN[namespace] else f"which {namespace} does not emit"
    return (
        None
        if namespace.startswith("AWS/")
        else f"which no metric filter of this stack makes in {shown(given)}"
    )


RULES = (
    Rule(
        "cloudwatch-alarm-emitter",
        "low",
        (),
        "Something emits the metric that an alarm watches: a service, or a metric filter of the stack.",
        "Spell the metric as the service's page does, or declare what makes it.",
        (ALARM, _FILTER),
        emitted,
        scope="stack",
        settings={
            "emittedElsewhere": strings(
                "Namespaces, or `<namespace>:<metric>`, that programs outside the stack emit",
                "bedrock-agentcore",
            )
        },
        why="An alarm on a metric that never comes looks like a quiet system. "
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html",
    ),
)
