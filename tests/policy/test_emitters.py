"""Alarms on metrics that somebody emits, with the dimensions that they come with."""

import json
from itertools import product
from typing import Any

import pytest

from tests.support.engine import ROOT
from tests.support.policies import UNKNOWN, Declared, check, findings
from tms_policies.documented_metrics import KNOWN, NAMESPACES, PAGES, dimensions_of

RULE = "cloudwatch-alarm-emitter"
NOT_PROVEN = "cannot be proven at preview"
EVERY = [
    (space, name, dimensions)
    for space, names in KNOWN.items()
    for name, sets in names.items()
    for dimensions in sets
]
Uses = dict[str, list[str]]


def alarm(namespace: object, name: object, uses: Uses | None = None, **dimensions: object) -> Declared:
    props = {"namespace": namespace, "metricName": name, "dimensions": dimensions}
    return Declared("cloudwatch/metricAlarm:MetricAlarm", props, "bell", uses=uses or {})


def queries(*metrics: object) -> Declared:
    return Declared("cloudwatch/metricAlarm:MetricAlarm", {"metricQueries": list(metrics)}, "bell")


def made(transformation: Any) -> Declared:  # noqa: ANN401 - a block or a list of one
    props = {"metricTransformation": transformation}
    return Declared("cloudwatch/logMetricFilter:LogMetricFilter", props, name="made")


def counted(bucket: object, name: object, uses: Uses | None = None) -> Declared:
    props = {"bucket": bucket, "name": name}
    return Declared("s3/bucketMetric:BucketMetric", props, "counting", uses=uses or {})


@pytest.mark.parametrize(("namespace", "name", "dimensions"), EVERY)
def test_what_services_emit_is_emitted(namespace: str, name: str, dimensions: str) -> None:
    values: dict[str, Any] = dict.fromkeys(dimensions_of(dimensions), "one")
    check(RULE, None, alarm(namespace, name, **values), counted("one", "one"))
    check(RULE, f"and {namespace} emits {name} with", alarm(namespace, name, **values, Spare="one"))


@pytest.mark.parametrize(
    ("namespace", "name", "expected"),
    [
        ("AWS/DynamoDB", "Throttles", "which AWS/DynamoDB does not emit"),
        ("AWS/S3", "4XXError", "which AWS/S3 does not emit"),
        ("AWS/Lambda", "ErrorRate", "which AWS/Lambda does not emit"),
        ("AWS/BedrockAgent", "ErrorRate", "in 'AWS/BedrockAgent', which is no namespace of AWS's"),
        ("AWS/NATGateway", "ErrorPortAllocation", None),
        ("bedrock-agentcore", "Anything", None),
        ("Matching", "Errors", "no metric filter of this stack"),
        (None, "Errors", "no metric filter of this stack makes in None"),
        (UNKNOWN, "Errors", NOT_PROVEN),
        ("AWS/SQS", UNKNOWN, NOT_PROVEN),
    ],
)
def test_somebody_emits_it(namespace: object, name: object, expected: str | None) -> None:
    check(RULE, expected, alarm(namespace, name))


@pytest.mark.parametrize(
    ("namespace", "name", "dimensions"),
    [
        ("AWS/DynamoDB", "SystemErrors", "TableName"),
        ("AWS/DynamoDB", "ReadThrottleEvents", "TableName, Operation"),
        ("AWS/DynamoDB", "UserErrors", "TableName"),
        ("AWS/S3", "4xxErrors", "BucketName"),
        ("AWS/S3", "BucketSizeBytes", "BucketName"),
        ("AWS/Billing", "EstimatedCharges", ""),
        ("AWS/Billing", "EstimatedCharges", "ServiceName"),
        ("AWS/Bedrock-AgentCore", "SystemErrors", "Resource"),
        ("AWS/Bedrock-AgentCore", "Latency", "Resource, Operation"),
        ("AWS/Bedrock", "InvocationLatency", "Model"),
        ("AWS/ApiGateway", "4xx", "ApiName"),
        ("AWS/SQS", "NumberOfMessagesSent", ""),
    ],
)
def test_dimensions_are_a_set_that_the_service_documents(namespace: str, name: str, dimensions: str) -> None:
    values: dict[str, Any] = dict.fromkeys(dimensions_of(dimensions), UNKNOWN)
    check(RULE, f"dimensions of bell are {'' if values else 'none'}", alarm(namespace, name, **values))


def test_only_names_of_dimensions_must_be_known() -> None:
    constant: dict[str, Any] = {"Operation": "InvokeAgentRuntime", "Name": "one::DEFAULT"}
    metric = {
        "namespace": "AWS/Bedrock-AgentCore",
        "metricName": "SystemErrors",
        "dimensions": {"Resource": UNKNOWN, **constant},
    }
    check(RULE, None, queries({"id": "a", "metric": metric}))
    check(RULE, NOT_PROVEN, queries({"id": "a", "metric": {**metric, "dimensions": UNKNOWN}}))
    check(RULE, NOT_PROVEN, queries({"id": "a", "metric": UNKNOWN}))
    check(RULE, NOT_PROVEN, queries(UNKNOWN))
    check(RULE, NOT_PROVEN, queries({"id": "a", "expression": UNKNOWN}))
    check(RULE, NOT_PROVEN, Declared("cloudwatch/metricAlarm:MetricAlarm", {"metricQueries": UNKNOWN}))


def test_a_metric_filter_emits_what_it_makes() -> None:
    transformation = {"name": "Errors", "namespace": "Matching"}
    check(RULE, None, alarm("Matching", "Errors"), made(transformation))
    check(RULE, None, alarm("Matching", "Errors"), made([transformation]))
    check(
        RULE, "no metric filter", alarm("Matching", "Errors"), made({**transformation, "namespace": "Other"})
    )


def test_what_is_emitted_elsewhere_is_a_setting() -> None:
    for namespace, name in product(("Own", "AWS/New", "AWS/SQS"), ("Depth",)):
        for entry in (namespace, f"{namespace}:{name}"):
            check(RULE, None, alarm(namespace, name), config={"emittedElsewhere": [entry]})
        check(RULE, name, alarm(namespace, name), config={"emittedElsewhere": [f"{namespace}:Other"]})


def test_each_metric_of_an_expression_is_looked_at() -> None:
    metric = {"namespace": "AWS/SQS", "metricName": "Nothing"}
    resource = queries({"id": "a", "expression": "b*2"}, {"id": "b", "metric": metric})
    check(RULE, "metricQueries[1].metric.metricName of bell is 'Nothing'", resource)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('SELECT MAX(ApproximateAgeOfOldestMessage) FROM SCHEMA("AWS/SQS", QueueName)', None),
        ('SELECT SUM(NumberOfMessagesSent) FROM "AWS/SQS" GROUP BY QueueName', None),
        ('select max("Depth") from schema("AWS/SQS", "QueueName")', "which AWS/SQS does not emit"),
        ('SELECT SUM(ErrorRate) FROM "AWS/BedrockAgent"', "which is no namespace of AWS's"),
        (
            'SELECT SUM(SystemErrors) FROM SCHEMA("AWS/DynamoDB", TableName)',
            "dimensions of bell are TableName",
        ),
    ],
)
def test_what_a_query_selects_is_looked_at(query: str, expected: str | None) -> None:
    check(RULE, expected, queries({"id": "a", "expression": query}))


ON_BUCKET: dict[str, Any] = {"BucketName": "documents", "FilterId": "entire"}


@pytest.mark.parametrize(
    ("counting", "expected"),
    [
        ([counted("documents", "entire")], None),
        ([counted("arn:aws:s3:::documents", "entire")], None),
        ([counted("documents", "reports"), counted("documents", "entire")], None),
        ([], "no BucketMetric of this stack counts requests to 'documents'"),
        ([counted("documents", "reports")], "dimensions.FilterId of bell is 'entire'"),
        ([counted("audit", "entire")], "no BucketMetric"),
        ([counted(UNKNOWN, "entire")], NOT_PROVEN),
        ([counted(UNKNOWN, "reports")], "no BucketMetric"),
        ([counted("documents", UNKNOWN)], NOT_PROVEN),
    ],
)
def test_requests_to_a_bucket_are_counted(counting: list[Declared], expected: str | None) -> None:
    check(RULE, expected, alarm("AWS/S3", "5xxErrors", **ON_BUCKET), *counting)


def test_a_bucket_that_is_not_known_is_told_by_what_it_is_computed_from() -> None:
    bucket = Declared("s3/bucket:Bucket", {}, "documents")
    on_it = alarm("AWS/S3", "5xxErrors", {"dimensions": ["documents"]}, BucketName=UNKNOWN, FilterId="entire")
    check(RULE, None, bucket, on_it, counted(UNKNOWN, "entire", {"bucket": ["documents"]}))
    check(RULE, NOT_PROVEN, bucket, on_it, counted(UNKNOWN, "entire"))


def test_a_metric_of_the_whole_account_needs_no_dimensions() -> None:
    check("cloudwatch-alarm-dimensions", None, alarm("AWS/DynamoDB", "UserErrors"))
    check("cloudwatch-alarm-dimensions", "has none such", alarm("AWS/DynamoDB", "SystemErrors"))


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
        ("AWS/Bedrock-AgentCore", "observability-memory-metrics", "Latency Invocations Errors CreationCount"),
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
        (
            "AWS/Lambda",
            "monitoring-metrics-types",
            "Errors Invocations Duration Throttles DeadLetterErrors IteratorAge ConcurrentExecutions",
        ),
    ],
)
def test_names_are_those_of_the_services_own_pages(namespace: str, page: str, names: str) -> None:
    assert [url for url in PAGES[namespace] if url.endswith(f"/{page}.html")]
    assert set(names.split()) <= set(KNOWN[namespace])


def test_every_namespace_has_a_page_and_each_set_of_dimensions_once() -> None:
    assert set(KNOWN) <= NAMESPACES
    for namespace, names in KNOWN.items():
        assert PAGES[namespace], namespace
        assert all(item.startswith("https://docs.aws.amazon.com/") for item in PAGES[namespace])
        for name, sets in names.items():
            assert len({dimensions_of(item) for item in sets}) == len(sets), name


def test_no_metric_is_written_down_twice() -> None:
    for namespace, service in json.loads(
        (ROOT / "policy/tms_policies/data/metrics.json").read_text()
    ).items():
        names = [name for group in service["emits"] for name in group["names"]]
        assert sorted(names) == sorted(KNOWN[namespace]), namespace


def test_a_wrong_name_comes_with_the_page_of_the_right_ones() -> None:
    (text,) = findings(RULE, alarm("AWS/SQS", "Depth"))
    assert "sqs-available-cloudwatch-metrics.html" in text
