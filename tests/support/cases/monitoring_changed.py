"""What becomes of topics and of what watches: their properties afterwards."""

import json

from tests.support.cases.case import ACCOUNT, REGION
from tests.support.cases.changed import Change
from tests.support.cases.monitoring import AGE, writers
from tests.support.cases.topics import TOPIC_ARNS, publishers

WATCHING_CHANGES = [
    Change("topic-minimal", {"displayName": "alarms of the desk", "tags": {"Purpose": "alarms"}}),
    Change(
        "topic-rich",
        {
            "displayName": None,
            "contentBasedDeduplication": None,
            "archivePolicy": None,
            "kmsMasterKeyId": None,
            "fifoThroughputScope": "Topic",
            "sqsSuccessFeedbackRoleArn": None,
            "sqsSuccessFeedbackSampleRate": None,
            "tags": None,
        },
    ),
    Change(
        "topic-owning",
        {
            "policy": publishers("owning", "events.amazonaws.com"),
            "deliveryPolicy": None,
            "tracingConfig": "PassThrough",
        },
    ),
    Change("topic-policy-minimal", {"policy": publishers("alarms", "events.amazonaws.com")}),
    Change("subscription-minimal", {"endpoint": "others@example.com"}, "replace"),
    Change(
        "subscription-rich",
        {
            "rawMessageDelivery": None,
            "filterPolicy": None,
            "filterPolicyScope": None,
            "redrivePolicy": None,
        },
    ),
    Change(
        "log-group-minimal",
        {
            "retentionInDays": 30,
            "kmsKeyId": f"arn:aws:kms:{REGION}:{ACCOUNT}:key/logs",
            "tags": {"Purpose": "documents"},
        },
    ),
    Change("log-group-rich", {"logGroupClass": "STANDARD", "kmsKeyId": None, "tags": None}, "replace"),
    Change("log-group-kept", {"retentionInDays": None, "kmsKeyId": None, "tags": None}),
    Change("filter-minimal", {"pattern": "ERROR"}),
    Change(
        "filter-default",
        {"metricTransformation": {"name": "Refused", "namespace": "Documents", "value": "1"}},
    ),
    Change("filter-rich", {"name": "late"}, "replace"),  # its group is another one
    Change("log-policy-minimal", {"policyDocument": writers("delivery.logs.amazonaws.com")}),
    Change("log-policy-rich", {"policyName": "delivered"}, "replace"),
    Change(
        "alarm-minimal",
        {"alarmDescription": "documents are wrong", "threshold": 3, "dimensions": {"Desk": "rates"}},
    ),
    Change(
        "alarm-rich",
        {
            "extendedStatistic": None,
            "evaluateLowSampleCountPercentiles": None,
            "statistic": "Maximum",
            "threshold": None,
            "unit": None,
            "treatMissingData": None,
            "actionsEnabled": None,
            "alarmActions": [f"{TOPIC_ARNS}:owning"],
            "okActions": None,
            "tags": {"Purpose": "reports"},
        },
    ),
    Change(
        "alarm-math",
        {
            "metricQueries": [
                {"id": "age", "metric": AGE},
                {"id": "half", "expression": "age / 2", "returnData": True},
            ]
        },
    ),
    Change("alarm-band", {"name": "not as usual"}, "replace"),
    Change("composite-minimal", {"alarmRule": "ALARM(errors)", "okActions": [f"{TOPIC_ARNS}:alarms"]}),
    Change("composite-rich", {"actionsEnabled": None, "actionsSuppressor": None, "tags": None}, "replace"),
    Change("dashboard-minimal", {"dashboardBody": json.dumps({"start": "-P1D", "widgets": []})}),
    Change("dashboard-rich", {"dashboardName": "desks"}, "replace"),
]
