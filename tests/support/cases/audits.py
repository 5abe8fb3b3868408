"""Trails, budgets and anomaly detection: who did what, and what it costs."""

import json

from tests.support.cases.case import ACCOUNT, REGION, Case
from tests.support.cases.topics import TOPIC_ARNS

TRAIL = "aws:cloudtrail/trail:Trail"
BUDGET = "aws:budgets/budget:Budget"
MONITOR = "aws:costexplorer/anomalyMonitor:AnomalyMonitor"
SUBSCRIPTION = "aws:costexplorer/anomalySubscription:AnomalySubscription"
_TRAIL_ARNS = f"arn:aws:cloudtrail:{REGION}:{ACCOUNT}:trail"
_BUCKET = "arn:aws:s3:::round-trip-trails"
_CLOUDTRAIL = {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}}


def trail_access(*names: str) -> str:
    """The policy of a bucket that trails deliver to."""
    arns = {"aws:SourceArn": [f"{_TRAIL_ARNS}/{name}" for name in names]}
    owned = {"s3:x-amz-acl": "bucket-owner-full-control", **arns}
    read = {**_CLOUDTRAIL, "Action": "s3:GetBucketAcl", "Resource": _BUCKET}
    write = {**_CLOUDTRAIL, "Action": "s3:PutObject", "Resource": f"{_BUCKET}/*"}
    statements = [
        {**read, "Condition": {"StringEquals": arns}},
        {**write, "Condition": {"StringEquals": owned}},
    ]
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def impact(dollars: str) -> dict[str, object]:
    """A threshold of a subscription."""
    key = "ANOMALY_TOTAL_IMPACT_ABSOLUTE"
    return {"dimension": {"key": key, "values": [dollars], "matchOptions": ["GREATER_THAN_OR_EQUAL"]}}


def desk(name: str) -> str:
    """What a monitor watches, with the nulls that the provider reads back."""
    nulls = dict.fromkeys(("And", "CostCategories", "Dimensions", "Not", "Or"))
    expression = {**nulls, "Tags": {"Key": "user:Desk", "MatchOptions": None, "Values": [name]}}
    return json.dumps(expression, indent=1)


ANOMALIES = [
    Case(
        MONITOR,
        "monitor-minimal",
        "{arn}",
        {"name": "services", "monitorType": "DIMENSIONAL", "monitorDimension": "SERVICE"},
    ),
    Case(
        MONITOR,
        "monitor-rich",
        "{arn}",
        {
            "name": "desks",
            "monitorType": "CUSTOM",
            "monitorSpecification": desk("rates"),
            "tags": {"Purpose": "cost"},
        },
    ),
    Case(
        SUBSCRIPTION,
        "anomalies-minimal",
        "{arn}",
        {
            "name": "daily",
            "frequency": "DAILY",
            "monitorArnLists": [{"ref": ["monitor-minimal", "arn"]}],
            "subscribers": [{"type": "EMAIL", "address": "desk@example.com"}],
            "thresholdExpression": impact("100"),
        },
        ("monitor-minimal",),
    ),
    Case(
        SUBSCRIPTION,
        "anomalies-rich",
        "{arn}",
        {
            "name": "immediate",
            "frequency": "IMMEDIATE",
            "monitorArnLists": [{"ref": ["monitor-rich", "arn"]}, {"ref": ["monitor-minimal", "arn"]}],
            "subscribers": [{"type": "SNS", "address": f"{TOPIC_ARNS}:alarms"}],
            "thresholdExpression": {
                "ands": [
                    impact("50"),
                    {"tags": {"key": "Desk", "values": ["swaps", "rates"], "matchOptions": ["EQUALS"]}},
                ]
            },
            "tags": {"Purpose": "cost"},
        },
        ("monitor-minimal", "monitor-rich", "topic-minimal"),
    ),
]

AUDITS = [
    Case("aws:s3/bucket:Bucket", "bucket-trails", "round-trip-trails", {"bucket": "round-trip-trails"}),
    Case(
        "aws:s3/bucketPolicy:BucketPolicy",
        "bucket-trails-policy",
        "round-trip-trails",
        {"bucket": "round-trip-trails", "policy": trail_access("minimal", "classic", "rich")},
        ("bucket-trails",),
    ),
    Case(
        TRAIL,
        "trail-minimal",
        f"{_TRAIL_ARNS}/minimal",
        {"name": "minimal", "s3BucketName": "round-trip-trails"},
        ("bucket-trails-policy",),
    ),
    Case(
        TRAIL,
        "trail-classic",
        f"{_TRAIL_ARNS}/classic",
        {
            "name": "classic",
            "s3BucketName": "round-trip-trails",
            "s3KeyPrefix": "classic",
            "enableLogging": False,
            "includeGlobalServiceEvents": False,
            "snsTopicName": "alarms",
            "eventSelectors": [
                {
                    "readWriteType": "WriteOnly",
                    "includeManagementEvents": False,
                    "dataResources": [
                        {"type": "AWS::S3::Object", "values": ["arn:aws:s3:::round-trip-rich/"]},
                        {"type": "AWS::Lambda::Function", "values": ["arn:aws:lambda"]},
                    ],
                },
                {"excludeManagementEventSources": ["rdsdata.amazonaws.com", "kms.amazonaws.com"]},
            ],
            "insightSelectors": [
                {"insightType": "ApiErrorRateInsight"},
                {"insightType": "ApiCallRateInsight"},
            ],
        },
        ("bucket-trails-policy", "topic-minimal"),
    ),
    Case(
        TRAIL,
        "trail-rich",
        f"{_TRAIL_ARNS}/rich",
        {
            "name": "rich",
            "s3BucketName": "round-trip-trails",
            "s3KeyPrefix": "rich",
            "isMultiRegionTrail": True,
            "enableLogFileValidation": True,
            "kmsKeyId": f"arn:aws:kms:{REGION}:{ACCOUNT}:key/trails",
            "cloudWatchLogsGroupArn": f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/documents/minimal:*",
            "cloudWatchLogsRoleArn": f"arn:aws:iam::{ACCOUNT}:role/trails",
            "advancedEventSelectors": [
                {
                    "name": "management",
                    "fieldSelectors": [
                        {"field": "eventCategory", "equals": ["Management"]},
                        {"field": "eventSource", "notEquals": ["kms.amazonaws.com"]},
                    ],
                },
                {
                    "fieldSelectors": [
                        {"field": "resources.type", "equals": ["AWS::S3::Object"]},
                        {"field": "eventCategory", "equals": ["Data"]},
                        {
                            "field": "resources.ARN",
                            "startsWiths": ["arn:aws:s3:::round-trip-rich/"],
                            "notEndsWiths": [".tmp"],
                        },
                    ],
                },
            ],
            "tags": {"Purpose": "audit"},
        },
        ("bucket-trails-policy", "log-group-minimal"),
    ),
    Case(
        BUDGET,
        "budget-minimal",
        f"{ACCOUNT}:minimal",
        {
            "name": "minimal",
            "budgetType": "COST",
            "timeUnit": "MONTHLY",
            "limitAmount": "100",
            "limitUnit": "USD",
        },
    ),
    Case(
        BUDGET,
        "budget-rich",
        f"{ACCOUNT}:rich",
        {
            "name": "rich",
            "budgetType": "COST",
            "timeUnit": "MONTHLY",
            "limitAmount": "1200.50",
            "limitUnit": "USD",
            "timePeriodStart": "2026-01-01_00:00",
            "timePeriodEnd": "2030-01-01_00:00",
            "costFilters": [
                {"name": "Service", "values": ["Amazon DynamoDB", "Amazon Bedrock"]},
                {"name": "Region", "values": [REGION]},
            ],
            "costTypes": {"includeTax": False, "useAmortized": True},
            "notifications": [
                {
                    "notificationType": "FORECASTED",
                    "comparisonOperator": "GREATER_THAN",
                    "threshold": 100,
                    "thresholdType": "PERCENTAGE",
                    "subscriberSnsTopicArns": [f"{TOPIC_ARNS}:alarms"],
                },
                {
                    "notificationType": "ACTUAL",
                    "comparisonOperator": "GREATER_THAN",
                    "threshold": 80.5,
                    "thresholdType": "PERCENTAGE",
                    "subscriberEmailAddresses": ["second@example.com", "first@example.com"],
                },
                {
                    "notificationType": "ACTUAL",
                    "comparisonOperator": "EQUAL_TO",
                    "threshold": 1000,
                    "thresholdType": "ABSOLUTE_VALUE",
                    "subscriberEmailAddresses": ["first@example.com"],
                    "subscriberSnsTopicArns": [f"{TOPIC_ARNS}:alarms"],
                },
            ],
            "tags": {"Purpose": "cost"},
        },
        ("topic-minimal",),
    ),
    Case(
        BUDGET,
        "budget-planned",
        f"{ACCOUNT}:planned",
        {
            "name": "planned",
            "budgetType": "COST",
            "timeUnit": "MONTHLY",
            "plannedLimits": [
                {"startTime": "2026-02-01_00:00", "amount": "120", "unit": "USD"},
                {"startTime": "2026-01-01_00:00", "amount": "100", "unit": "USD"},
            ],
            "metrics": "UnblendedCost",
            "filterExpression": {
                "ors": [
                    {"dimensions": {"key": "SERVICE", "values": ["Amazon Bedrock"]}},
                    {"not": {"tags": {"key": "Team", "values": ["other"], "matchOptions": ["EQUALS"]}}},
                ]
            },
        },
    ),
    *ANOMALIES,
]
