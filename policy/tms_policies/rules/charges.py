"""Rules about alarms on charges: what CloudWatch holds is the month's charges so far, not a day's.

A month-to-date figure passes a day's share of the month's limit in the first days of each month and stays
past it. That a threshold is such a share can be proven only against a month's figure: a budget of the stack,
the highest alarm on the same figure, or what the setting says. A day's charges are the growth of the figure,
which metric math gives:
https://repost.aws/knowledge-center/cloudwatch-estimatedcharges-alarm
"""

from collections.abc import Iterable, Iterator
from typing import Any

from tms_policies.model import Bag, Finding, Resource, Stack, Unknown
from tms_policies.registry import rule
from tms_policies.rules.budgets import BUDGET
from tms_policies.rules.cloudwatch import ALARM, metrics
from tms_policies.values import look, number, shown, unproven

_NAMESPACE, _NAME = "AWS/Billing", "EstimatedCharges"
_HOME = "us-east-1"
_PERIOD = 21600
"""Seconds: the figure is worked out several times a day, and AWS's page has the alarm look each six hours."""
_DAYS = 28
"""Days of the shortest month."""
_RISES = ("GreaterThanThreshold", "GreaterThanOrEqualToThreshold")


def _on_charges(alarm: Resource) -> Iterator[tuple[str, Bag]]:
    """Yield (property path, metric) of what an alarm watches of charges."""
    for path, metric in metrics(alarm):
        if (metric.get("namespace"), metric.get("metricName")) == (_NAMESPACE, _NAME):
            yield path, metric


@rule(
    "cloudwatch-alarm-monthly-charges",
    severity="medium",
    scope="stack",
    types=(ALARM, BUDGET),
    reads=("statistic", "period", "threshold", "metricQueries", "limitAmount"),
    settings={
        "monthlyMinimum": {
            "type": "object",
            "additionalProperties": {"type": "number", "minimum": 0},
            "default": {},
            "description": "US dollars that a month costs at least, by the dimension ServiceName, or "
            "`total` for an alarm without one",
        }
    },
    remedy=f"Set the statistic Maximum, a period of {_PERIOD} and a threshold for the whole month.",
    why="EstimatedCharges grows over the month and begins anew with the next, so an alarm with a day's "
    "limit is red for nearly the whole month and tells nothing. The figure is kept in us-east-1 only. "
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/"
    "monitor_estimated_charges_with_cloudwatch.html",
)
def monthly(stack: Stack, settings: Bag) -> Iterable[Finding]:
    """An alarm on charges reads the month's figure as AWS makes it, and its threshold is a month's."""
    for alarm in stack.of(ALARM):
        for path, metric in _on_charges(alarm):
            yield from _read(alarm, path, metric)
            if not path:
                yield from _limited(stack, alarm, settings)


def _read(alarm: Resource, path: str, metric: Bag) -> Iterator[Finding]:
    """Check how the figure is read: where it is kept, its greatest value, no more often than it is made."""
    name = "stat" if path else "statistic"
    needs: tuple[tuple[str, Any, bool, str, str], ...] = (
        ("region", alarm.props.get("region"), True, _HOME, f'region="{_HOME}"'),
        (f"{path}{name}", metric.get(name), False, "Maximum", f'{name}="Maximum"'),
    )
    for location, value, optional, expected, line in needs:
        if isinstance(value, Unknown):
            yield unproven(value, f"{location} of {alarm.name} must be {expected}", alarm.urn)
        elif value != expected and not (optional and value is None):
            state = "missing" if value is None else shown(value)
            yield Finding(f"{location} of {alarm.name} is {state}, not {expected!r}", line, alarm.urn)
    period = metric.get("period")
    if isinstance(period, Unknown):
        yield unproven(period, f"{path}period of {alarm.name} must be {_PERIOD} or more", alarm.urn)
    elif (number(period) or 0) < _PERIOD:
        state = "missing" if period is None else shown(period)
        yield Finding(
            f"{path}period of {alarm.name} is {state}, shorter than charges take to come: {_PERIOD}",
            f"period={_PERIOD}",
            alarm.urn,
        )


def _limited(stack: Stack, alarm: Resource, settings: Bag) -> Iterator[Finding]:
    """Check the threshold: a month's, not a day's."""
    value = alarm.props.get("threshold")
    if isinstance(value, Unknown):
        yield unproven(value, f"threshold of {alarm.name} must be a month's limit", alarm.urn)
        return
    threshold = number(value)
    if threshold is None or alarm.props.get("comparisonOperator") not in _RISES:
        return
    service = look(alarm.props, "dimensions", "ServiceName")
    least = number(settings["monthlyMinimum"].get(str(service) if service else "total")) or 0
    if threshold < least:
        yield _daily(alarm, threshold, f"and {least:g} is what a month costs at least")
        return
    limit, source = max(_limits(stack, alarm), default=(0.0, ""))
    if threshold * _DAYS <= limit:
        yield _daily(alarm, threshold, f"a day's share of the {limit:g} of {source}")


def _daily(alarm: Resource, threshold: float, reason: str) -> Finding:
    return Finding(
        f"threshold of {alarm.name} is {threshold:g}, {reason}: charges of the month so far pass it in its "
        "first days and stay past it",
        "threshold=<a month's limit>, or for a day's charges a metric query with the expression "
        "RATE(m1)*86400 on a period of 86400",
        alarm.urn,
    )


def _limits(stack: Stack, alarm: Resource) -> Iterator[tuple[float, str]]:
    """Yield (dollars, whose they are) of a month's limits on the figure that an alarm watches."""
    dimensions = alarm.props.get("dimensions")
    for second in stack.of(ALARM):
        if any(not path for path, _ in _on_charges(second)) and second.props.get("dimensions") == dimensions:
            yield number(second.props.get("threshold")) or 0, second.name
    if isinstance(dimensions, dict) and set(dimensions) == {"Currency"}:
        for budget in stack.of(BUDGET):
            expected = {"budgetType": "COST", "timeUnit": "MONTHLY", "limitUnit": dimensions["Currency"]}
            narrow = any(budget.props.get(name) for name in ("costFilters", "filterExpression"))
            if not narrow and all(budget.props.get(name) == value for name, value in expected.items()):
                yield number(budget.props.get("limitAmount")) or 0, budget.name
