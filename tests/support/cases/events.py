"""EventBridge rules and targets."""

import json

from tests.support.cases.case import IAM, QUEUE_ARNS, Case

RULE, TARGET = "aws:cloudwatch/eventRule:EventRule", "aws:cloudwatch/eventTarget:EventTarget"
_PATTERN = {"source": ["aws.s3"], "detail": {"object": {"key": [{"wildcard": "BANK/*.pdf"}]}}}

EVENTS = [
    Case(RULE, "rule-minimal", "nightly", {"name": "nightly", "scheduleExpression": "rate(1 day)"}),
    Case(
        RULE,
        "rule-rich",
        "arrivals",
        {
            "name": "arrivals",
            "description": "a new document",
            "eventPattern": json.dumps(_PATTERN, indent=1),
            "state": "DISABLED",
            "tags": {"Purpose": "new-documents"},
        },
    ),
    Case(
        TARGET,
        "target-minimal",
        "nightly/plain",
        {"rule": "nightly", "targetId": "plain", "arn": f"{QUEUE_ARNS}:minimal"},
        after=("rule-minimal", "queue-minimal"),
    ),
    Case(
        TARGET,
        "target-rich",
        "arrivals/queue",
        {
            "rule": "arrivals",
            "targetId": "queue",
            "arn": f"{QUEUE_ARNS}:work.fifo",
            "sqsTarget": {"messageGroupId": "bank"},
            "deadLetterConfig": {"arn": f"{QUEUE_ARNS}:minimal"},
            "retryPolicy": {"maximumEventAgeInSeconds": 3600, "maximumRetryAttempts": 5},
            "inputPath": "$.detail",
            "roleArn": f"{IAM}:role/sender",
        },
        after=("rule-rich", "queue-rich"),
    ),
]
