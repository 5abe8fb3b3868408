"""Alarms on metrics that somebody emits."""

from typing import Any

import pytest

from policy.rules.emitters import KNOWN
from tests.support.policies import UNKNOWN, Declared, check

RULE = "cloudwatch-alarm-emitter"


def alarm(namespace: str, name: str) -> Declared:
    return Declared("cloudwatch/metricAlarm:MetricAlarm", {"namespace": namespace, "metricName": name})


def made(transformation: Any) -> Declared:  # noqa: ANN401 - a block or a list of one
    props = {"metricTransformation": transformation}
    return Declared("cloudwatch/logMetricFilter:LogMetricFilter", props, name="made")


@pytest.mark.parametrize(
    ("namespace", "name", "expected"),
    [
        *((namespace, names[0], None) for namespace, names in KNOWN.items()),
        ("AWS/DynamoDB", "Throttles", "which AWS/DynamoDB does not emit"),
        ("AWS/S3", "4XXError", "which AWS/S3 does not emit"),
        ("AWS/Unheard", "Of", None),
        ("bedrock-agentcore", "Anything", None),
        ("Matching", "Errors", "no metric filter of this stack"),
        (UNKNOWN, "Errors", "cannot be proven at preview"),
    ],
)
def test_somebody_emits_it(namespace: str, name: str, expected: str | None) -> None:
    check(RULE, expected, alarm(namespace, name))


def test_a_metric_filter_emits_what_it_makes() -> None:
    own = {"name": "Errors", "namespace": "Matching"}
    check(RULE, None, alarm("Matching", "Errors"), made(own))
    check(RULE, None, alarm("Matching", "Errors"), made([own]))
    check(RULE, "no metric filter", alarm("Matching", "Errors"), made({**own, "namespace": "Other"}))


def test_each_metric_of_an_expression_is_looked_at() -> None:
    metric = {"namespace": "AWS/SQS", "metricName": "Nothing"}
    queries = [{"id": "a", "expression": "b*2"}, {"id": "b", "metric": metric}]
    given = Declared("cloudwatch/metricAlarm:MetricAlarm", {"metricQueries": queries})
    check(RULE, "metricQueries[1].metric.metricName of it is 'Nothing'", given)
