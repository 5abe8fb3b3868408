"""Log groups, what is counted in them, alarms and dashboards."""

import json

from tests.support.cases.case import ACCOUNT, REGION, Case, document
from tests.support.cases.topics import TOPIC_ARNS

GROUP = "aws:cloudwatch/logGroup:LogGroup"
FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter"
LOG_POLICY = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy"
ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm"
DASHBOARD = "aws:cloudwatch/dashboard:Dashboard"
_GROUP_ARNS = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group"
_QUEUE = {"namespace": "AWS/SQS", "dimensions": {"QueueName": "work.fifo"}}
AGE = {**_QUEUE, "metricName": "ApproximateAgeOfOldestMessage", "period": 60, "stat": "Maximum"}
_WIDGET = {"type": "text", "width": 6, "properties": {"markdown": "What the desk sees"}}


def writers(service: str) -> str:
    """A policy that lets a service write into the groups of documents."""
    return document(
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        resource=f"{_GROUP_ARNS}:/documents/*",
        principal={"Service": service},
    )


WATCHING = [
    Case(GROUP, "log-group-minimal", "/documents/minimal", {"name": "/documents/minimal"}),
    Case(
        GROUP,
        "log-group-rich",
        "/documents/rich",
        {
            "name": "/documents/rich",
            "logGroupClass": "INFREQUENT_ACCESS",
            "retentionInDays": 90,
            "kmsKeyId": f"arn:aws:kms:{REGION}:{ACCOUNT}:key/logs",
            "tags": {"Purpose": "documents"},
        },
    ),
    Case(
        GROUP,
        "log-group-kept",
        "/documents/kept",
        {
            "name": "/documents/kept",
            "logGroupClass": "STANDARD",
            "retentionInDays": 3653,
            "kmsKeyId": f"arn:aws:kms:{REGION}:{ACCOUNT}:key/logs",
            "tags": {"Purpose": "audit"},
        },
    ),
    Case(
        FILTER,
        "filter-minimal",
        "/documents/minimal:errors",
        {
            "name": "errors",
            "logGroupName": "/documents/minimal",
            "pattern": "",
            "metricTransformation": {"name": "Errors", "namespace": "Documents", "value": "1"},
        },
        ("log-group-minimal",),
    ),
    Case(
        FILTER,
        "filter-default",
        "/documents/minimal:refused",
        {
            "name": "refused",
            "logGroupName": "/documents/minimal",
            "pattern": '"Access Denied"',
            "metricTransformation": {
                "name": "Refused",
                "namespace": "Documents",
                "value": "1",
                "defaultValue": "0",
                "unit": "Count",
            },
        },
        ("log-group-minimal",),
    ),
    Case(
        FILTER,
        "filter-rich",
        "/documents/rich:latency",
        {
            "name": "latency",
            "logGroupName": "/documents/rich",
            "pattern": "{ $.latency = * }",
            "applyOnTransformedLogs": True,
            "metricTransformation": {
                "name": "Latency",
                "namespace": "Documents",
                "value": "$.latency",
                "unit": "Milliseconds",
                "dimensions": {"Desk": "$.desk"},
            },
        },
        ("log-group-rich",),
    ),
    Case(
        LOG_POLICY,
        "log-policy-minimal",
        "events",
        {"policyName": "events", "policyDocument": writers("events.amazonaws.com")},
    ),
    Case(
        LOG_POLICY,
        "log-policy-rich",
        "delivery",
        {
            "policyName": "delivery",
            "policyDocument": document(
                "logs:PutLogEvents",
                resource=[f"{_GROUP_ARNS}:/documents/minimal:*", f"{_GROUP_ARNS}:/documents/rich:*"],
                principal={"Service": "delivery.logs.amazonaws.com"},
                Condition={"StringEquals": {"aws:SourceAccount": ACCOUNT}},
            ),
        },
    ),
    Case(
        ALARM,
        "alarm-minimal",
        "errors",
        {
            "name": "errors",
            "comparisonOperator": "GreaterThanThreshold",
            "evaluationPeriods": 1,
            "metricName": "Errors",
            "namespace": "Documents",
            "period": 300,
            "statistic": "Sum",
        },
    ),
    Case(
        ALARM,
        "alarm-rich",
        "latency",
        {
            "name": "latency",
            "alarmDescription": "documents are late",
            "comparisonOperator": "GreaterThanOrEqualToThreshold",
            "evaluationPeriods": 5,
            "datapointsToAlarm": 3,
            "metricName": "Latency",
            "namespace": "Documents",
            "dimensions": {"Desk": "rates", "Bank": "first"},
            "period": 60,
            "extendedStatistic": "p99",
            "evaluateLowSampleCountPercentiles": "ignore",
            "threshold": 1.5,
            "unit": "Milliseconds",
            "treatMissingData": "notBreaching",
            "actionsEnabled": False,
            "alarmActions": [f"{TOPIC_ARNS}:alarms", f"{TOPIC_ARNS}:owning"],
            "okActions": [f"{TOPIC_ARNS}:alarms"],
            "insufficientDataActions": [f"{TOPIC_ARNS}:alarms"],
            "tags": {"Purpose": "documents"},
        },
    ),
    Case(
        ALARM,
        "alarm-math",
        "share",
        {
            "name": "share",
            "comparisonOperator": "GreaterThanThreshold",
            "evaluationPeriods": 2,
            "threshold": 10,
            "alarmActions": [f"{TOPIC_ARNS}:alarms"],
            "metricQueries": [
                {"id": "share", "expression": "100 * bad / all", "label": "Share", "returnData": True},
                {"id": "bad", "metric": {**AGE, "unit": "Seconds"}},
                {"id": "all", "accountId": "222222222222", "metric": AGE},
            ],
        },
    ),
    Case(
        ALARM,
        "alarm-band",
        "unusual",
        {
            "name": "unusual",
            "comparisonOperator": "GreaterThanUpperThreshold",
            "evaluationPeriods": 2,
            "thresholdMetricId": "band",
            "metricQueries": [
                {"id": "band", "expression": "ANOMALY_DETECTION_BAND(age)", "returnData": True},
                {"id": "age", "metric": AGE, "returnData": True},
            ],
        },
    ),
    Case(
        COMPOSITE,
        "composite-minimal",
        "either",
        {"alarmName": "either", "alarmRule": "ALARM(errors) OR ALARM(latency)"},
        ("alarm-minimal", "alarm-rich"),
    ),
    Case(
        COMPOSITE,
        "composite-rich",
        "both",
        {
            "alarmName": "both",
            "alarmDescription": "documents are late and wrong",
            "alarmRule": "ALARM(errors) AND ALARM(latency)",
            "actionsEnabled": False,
            "alarmActions": [f"{TOPIC_ARNS}:alarms", f"{TOPIC_ARNS}:owning"],
            "okActions": [f"{TOPIC_ARNS}:alarms"],
            "insufficientDataActions": [f"{TOPIC_ARNS}:alarms"],
            "actionsSuppressor": {"alarm": "share", "extensionPeriod": 60, "waitPeriod": 120},
            "tags": {"Purpose": "documents"},
        },
        ("alarm-minimal", "alarm-rich", "alarm-math"),
    ),
    Case(
        DASHBOARD, "dashboard-minimal", "empty", {"dashboardName": "empty", "dashboardBody": '{"widgets":[]}'}
    ),
    Case(
        DASHBOARD,
        "dashboard-rich",
        "desk",
        {
            "dashboardName": "desk",
            "dashboardBody": json.dumps({"start": "-PT6H", "widgets": [_WIDGET]}, indent=1),
        },
    ),
]
