"""Alarms on metrics that somebody emits."""

from typing import Any

import pytest

from policy.rules.emitters import KNOWN, PAGES
from tests.support.policies import UNKNOWN, Declared, check, findings

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


@pytest.mark.parametrize(
    ("namespace", "page", "names"),
    [
        (
            "AWS/Bedrock",
            "monitoring-runtime-metrics",
            (
                "Invocations InvocationLatency InvocationClientErrors InvocationServerErrors InvocationThrottles "
                "InputTokenCount OutputTokenCount LegacyModelInvocations OutputImageCount"
            ),
        ),
        (
            "AWS/Bedrock-AgentCore",
            "observability-runtime-metrics",
            "Invocations Throttles SystemErrors UserErrors Latency",
        ),
        ("AWS/Bedrock-AgentCore", "observability-gateway-metrics", "Duration TargetExecutionTime TargetType"),
        (
            "AWS/Events",
            "eb-monitoring",
            "DeadLetterInvocations Events FailedInvocations Invocations InvocationAttempts InvocationsCreated",
        ),
        (
            "AWS/DynamoDB",
            "metrics-dimensions",
            (
                "SystemErrors UserErrors ConsumedReadCapacityUnits ConsumedWriteCapacityUnits ReadThrottleEvents "
                "WriteThrottleEvents ConditionalCheckFailedRequests TransactionConflict ReplicationLatency"
            ),
        ),
        (
            "AWS/SQS",
            "sqs-available-cloudwatch-metrics",
            (
                "ApproximateAgeOfOldestMessage ApproximateNumberOfMessagesVisible NumberOfMessagesSent "
                "ApproximateNumberOfMessagesNotVisible ApproximateNumberOfGroupsWithInflightMessages"
            ),
        ),
        ("AWS/S3", "metrics-dimensions", "4xxErrors 5xxErrors AllRequests PutRequests FirstByteLatency"),
    ],
)
def test_names_are_those_of_the_services_own_pages(namespace: str, page: str, names: str) -> None:
    assert [one for one in PAGES[namespace] if one.endswith(f"/{page}.html")]
    assert set(names.split()) <= set(KNOWN[namespace])


def test_every_namespace_has_a_page_and_each_name_once() -> None:
    for namespace, names in KNOWN.items():
        assert names == sorted(set(names)), namespace
        assert PAGES[namespace], namespace
        assert all(one.startswith("https://docs.aws.amazon.com/") for one in PAGES[namespace])


def test_a_wrong_name_comes_with_the_page_of_the_right_ones() -> None:
    (found,) = findings(RULE, alarm("AWS/SQS", "Depth"))
    assert "sqs-available-cloudwatch-metrics.html" in found
