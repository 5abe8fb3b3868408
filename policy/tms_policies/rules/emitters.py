"""Whether anything emits the metric that an alarm watches, with the dimensions that the alarm names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tms_policies.alarm_metrics import Watched, unread, watched
from tms_policies.documented_metrics import (
    KNOWN,
    NAMESPACES,
    PAGE_OF_ALL,
    PAGES,
    comes_with,
    dimensions_of,
)
from tms_policies.model import Bag, Finding, Resource, Stack, Unknown
from tms_policies.references import tail
from tms_policies.registry import rule
from tms_policies.rules.cloudwatch import ALARM
from tms_policies.settings import strings
from tms_policies.values import blocks, shown, unproven

_FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter"
_REQUESTS = "aws:s3/bucketMetric:BucketMetric"
_COUNTED = "FilterId"
"""The dimension of S3's request metrics that names the configuration by which requests are counted."""


@dataclass(frozen=True)
class _Alarm:
    """One metric of one alarm, and what may emit it."""

    stack: Stack
    alarm: Resource
    metric: Watched

    @property
    def name(self) -> str:
        """Its name, for a message."""
        return f"{self.metric.where}metricName of {self.alarm.name} is {shown(self.metric.name)}"

    def finding(self, message: str, remedy: str) -> Finding:
        """Return a finding on the alarm."""
        return Finding(f"{message}: the alarm never rings", remedy, self.alarm.urn)

    def hidden(self, value: Unknown) -> Finding:
        """Return the finding for what preview does not know."""
        return unproven(value, f"something must emit the metric of {self.alarm.name}", self.alarm.urn)


def _filtered(stack: Stack) -> set[tuple[str, str]]:
    """Return (namespace, name) of what the stack's metric filters make."""
    results: set[tuple[str, str]] = set()
    for resource in stack.of(_FILTER):
        value = resource.props.get("metricTransformation")
        for part in [value] if isinstance(value, dict) else blocks(value):
            results.add((str(part.get("namespace")), str(part.get("name"))))
    return results


@rule(
    "cloudwatch-alarm-emitter",
    severity="medium",
    scope="stack",
    types=(ALARM, _FILTER, _REQUESTS),
    reads=("namespace", "metricName", "dimensions", "metricQueries", "metricTransformation"),
    settings={
        "emittedElsewhere": strings(
            "Namespaces, or `<namespace>:<metric>`, that programs outside the stack emit, or that a "
            "service emits and the pack's tables do not have yet",
            "bedrock-agentcore",
        )
    },
    remedy="Spell the metric and its dimensions as the service's page does, or declare what makes it.",
    why="An alarm on a metric that never comes looks like a quiet system. CloudWatch takes each set of "
    "dimensions for a metric of its own, and S3 counts requests only where it is told to. "
    f"{PAGE_OF_ALL}",
)
def emitted(stack: Stack, settings: Bag) -> Iterable[Finding]:
    """Something emits the metric that an alarm watches, with the dimensions that the alarm names: a
    service, or a metric filter or a BucketMetric of the stack.
    """  # noqa: D205 - the sentence that must hold takes two lines
    created, elsewhere = _filtered(stack), {str(setting) for setting in settings["emittedElsewhere"]}
    for alarm in stack.of(ALARM):
        for value in unread(alarm):
            yield unproven(value, f"something must emit each metric of {alarm.name}", alarm.urn)
        for metric in watched(alarm):
            setting = _Alarm(stack, alarm, metric)
            namespace, name = str(metric.namespace), str(metric.name)
            hidden = next((part for part in metric[1:3] if isinstance(part, Unknown)), None)
            if hidden:
                yield setting.hidden(hidden)
            elif elsewhere & {namespace, f"{namespace}:{name}"} or (namespace, name) in created:
                continue
            elif unheard := _unheard(setting, namespace, name):
                yield unheard
            else:
                yield from _dimensions(setting, namespace, name)


def _unheard(item: _Alarm, namespace: str, name: str) -> Finding | None:
    """Return the finding for a metric that nothing emits, whatever its dimensions."""
    if namespace in KNOWN:
        if name in KNOWN[namespace]:
            return None
        remedy = f"a name of {' or '.join(PAGES[namespace])}"
        return item.finding(f"{item.name}, which {namespace} does not emit", remedy)
    if namespace in NAMESPACES:
        return None
    if namespace.startswith("AWS/"):
        reason = f"{item.name} in {shown(namespace)}, which is no namespace of AWS's"
        return item.finding(reason, f"a namespace of {PAGE_OF_ALL}")
    reason = f"{item.name}, which no metric filter of this stack makes in {shown(item.metric.namespace)}"
    return item.finding(
        reason,
        "a LogMetricFilter for it, or, if a program sends it, its namespace in the setting emittedElsewhere",
    )


def _dimensions(item: _Alarm, namespace: str, name: str) -> Iterator[Finding]:
    """Check the names of the dimensions, and who counts requests to a bucket."""
    value, documented = item.metric.dimensions, comes_with(namespace, name)
    if isinstance(value, Unknown):
        yield item.hidden(value)
        return
    if value is None:
        return
    if documented and frozenset(value) not in map(dimensions_of, documented):
        state = ", ".join(value) or "none"
        allowed = " or as ".join(entry or "none" for entry in documented)
        expected = max(documented, key=lambda entry: len(dimensions_of(entry) & set(value)))
        line = ", ".join(f'"{entry}": ...' for entry in expected.split(", ") if entry)
        yield item.finding(
            f"{item.metric.where}dimensions of {item.alarm.name} are {state}, and {namespace} emits {name} "
            f"with {allowed}",
            f"dimensions={{{line}}}, as {' or '.join(PAGES[namespace])} has it",
        )
    elif namespace == "AWS/S3" and value.get(_COUNTED):
        yield from _requests(item, value)


def _requests(item: _Alarm, value: Bag) -> Iterator[Finding]:
    """Check whether a BucketMetric of the stack counts the requests: S3 does not by itself."""
    bucket, part, doubt = value.get("BucketName"), value[_COUNTED], None
    for counting in item.stack.of(_REQUESTS):
        result = (_same(item.alarm, counting, "bucket", bucket), _same(item.alarm, counting, "name", part))
        if all(entry is True for entry in result):
            return
        if False not in result:
            doubt = doubt or next(entry for entry in result if isinstance(entry, Unknown))
    if doubt:
        yield item.hidden(doubt)
    else:
        yield item.finding(
            f"{item.metric.where}dimensions.{_COUNTED} of {item.alarm.name} is {shown(part)}, and no "
            f"BucketMetric of this stack counts requests to {shown(bucket)} under that name",
            "s3.BucketMetric(..., bucket=<that bucket>, name=<that id>)",
        )


def _same(alarm: Resource, counting: Resource, prop: str, expected: object) -> bool | Unknown:
    """Return whether a BucketMetric's property is what the alarm names, or computed from the same."""
    actual = counting.props.get(prop)
    hidden = next((entry for entry in (actual, expected) if isinstance(entry, Unknown)), None)
    if hidden is None:
        return isinstance(actual, str) and isinstance(expected, str) and tail(actual) == tail(expected)
    sources = {urn for name in ("dimensions", "metricQueries") for urn in alarm.dependencies.get(name, ())}
    return True if sources & {*counting.dependencies.get(prop, ()), counting.urn} else hidden
