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
        """Give a finding on the alarm."""
        return Finding(f"{message}: the alarm never rings", remedy, self.alarm.urn)

    def hidden(self, value: Unknown) -> Finding:
        """Give the finding for what preview does not know."""
        return unproven(value, f"something must emit the metric of {self.alarm.name}", self.alarm.urn)


def _filtered(stack: Stack) -> set[tuple[str, str]]:
    """Give (namespace, name) of what the stack's metric filters make."""
    found: set[tuple[str, str]] = set()
    for one in stack.of(_FILTER):
        given = one.props.get("metricTransformation")
        for part in [given] if isinstance(given, dict) else blocks(given):
            found.add((str(part.get("namespace")), str(part.get("name"))))
    return found


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
    made, elsewhere = _filtered(stack), {str(one) for one in settings["emittedElsewhere"]}
    for alarm in stack.of(ALARM):
        for value in unread(alarm):
            yield unproven(value, f"something must emit each metric of {alarm.name}", alarm.urn)
        for metric in watched(alarm):
            one = _Alarm(stack, alarm, metric)
            namespace, name = str(metric.namespace), str(metric.name)
            hidden = next((part for part in metric[1:3] if isinstance(part, Unknown)), None)
            if hidden:
                yield one.hidden(hidden)
            elif elsewhere & {namespace, f"{namespace}:{name}"} or (namespace, name) in made:
                continue
            elif unheard := _unheard(one, namespace, name):
                yield unheard
            else:
                yield from _dimensions(one, namespace, name)


def _unheard(one: _Alarm, namespace: str, name: str) -> Finding | None:
    """Give the finding for a metric that nothing emits, whatever its dimensions."""
    if namespace in KNOWN:
        if name in KNOWN[namespace]:
            return None
        remedy = f"a name of {' or '.join(PAGES[namespace])}"
        return one.finding(f"{one.name}, which {namespace} does not emit", remedy)
    if namespace in NAMESPACES:
        return None
    if namespace.startswith("AWS/"):
        reason = f"{one.name} in {shown(namespace)}, which is no namespace of AWS's"
        return one.finding(reason, f"a namespace of {PAGE_OF_ALL}")
    reason = f"{one.name}, which no metric filter of this stack makes in {shown(one.metric.namespace)}"
    return one.finding(
        reason,
        "a LogMetricFilter for it, or, if a program sends it, its namespace in the setting emittedElsewhere",
    )


def _dimensions(one: _Alarm, namespace: str, name: str) -> Iterator[Finding]:
    """Judge the names of the dimensions, and who counts requests to a bucket."""
    given, documented = one.metric.dimensions, comes_with(namespace, name)
    if isinstance(given, Unknown):
        yield one.hidden(given)
        return
    if given is None:
        return
    if documented and frozenset(given) not in map(dimensions_of, documented):
        state = ", ".join(given) or "none"
        allowed = " or as ".join(each or "none" for each in documented)
        wanted = max(documented, key=lambda each: len(dimensions_of(each) & set(given)))
        line = ", ".join(f'"{each}": ...' for each in wanted.split(", ") if each)
        yield one.finding(
            f"{one.metric.where}dimensions of {one.alarm.name} are {state}, and {namespace} emits {name} "
            f"with {allowed}",
            f"dimensions={{{line}}}, as {' or '.join(PAGES[namespace])} has it",
        )
    elif namespace == "AWS/S3" and given.get(_COUNTED):
        yield from _requests(one, given)


def _requests(one: _Alarm, given: Bag) -> Iterator[Finding]:
    """Judge whether a BucketMetric of the stack counts the requests: S3 does not by itself."""
    bucket, part, doubt = given.get("BucketName"), given[_COUNTED], None
    for counting in one.stack.of(_REQUESTS):
        found = (_same(one.alarm, counting, "bucket", bucket), _same(one.alarm, counting, "name", part))
        if all(each is True for each in found):
            return
        if False not in found:
            doubt = doubt or next(each for each in found if isinstance(each, Unknown))
    if doubt:
        yield one.hidden(doubt)
    else:
        yield one.finding(
            f"{one.metric.where}dimensions.{_COUNTED} of {one.alarm.name} is {shown(part)}, and no "
            f"BucketMetric of this stack counts requests to {shown(bucket)} under that name",
            "s3.BucketMetric(..., bucket=<that bucket>, name=<that id>)",
        )


def _same(alarm: Resource, counting: Resource, prop: str, wanted: object) -> bool | Unknown:
    """Say whether a BucketMetric's property is what the alarm names, or computed from the same."""
    mine = counting.props.get(prop)
    hidden = next((each for each in (mine, wanted) if isinstance(each, Unknown)), None)
    if hidden is None:
        return isinstance(mine, str) and isinstance(wanted, str) and tail(mine) == tail(wanted)
    sources = {urn for name in ("dimensions", "metricQueries") for urn in alarm.dependencies.get(name, ())}
    return True if sources & {*counting.dependencies.get(prop, ()), counting.urn} else hidden
