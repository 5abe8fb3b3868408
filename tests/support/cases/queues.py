"""Queues and the policies on them."""

import json

from tests.support.cases.case import IAM, QUEUE_ARNS, QUEUE_URLS, Case, document

QUEUES = [
    Case("aws:sqs/queue:Queue", "queue-minimal", f"{QUEUE_URLS}/minimal", {"name": "minimal"}),
    Case(
        "aws:sqs/queue:Queue",
        "queue-dead",
        f"{QUEUE_URLS}/work-dlq.fifo",
        {"name": "work-dlq.fifo", "fifoQueue": True, "messageRetentionSeconds": 1209600},
    ),
    Case(
        "aws:sqs/queue:Queue",
        "queue-rich",
        f"{QUEUE_URLS}/work.fifo",
        {
            "name": "work.fifo",
            "fifoQueue": True,
            "contentBasedDeduplication": True,
            "deduplicationScope": "messageGroup",
            "fifoThroughputLimit": "perMessageGroupId",
            "delaySeconds": 5,
            "maxMessageSize": 1048576,
            "messageRetentionSeconds": 86400,
            "receiveWaitTimeSeconds": 20,
            "visibilityTimeoutSeconds": 300,
            "kmsMasterKeyId": "alias/documents",
            "kmsDataKeyReusePeriodSeconds": 600,
            "tags": {"Purpose": "work"},
        },
    ),
    Case(
        "aws:sqs/queue:Queue",
        "queue-owning",
        f"{QUEUE_URLS}/owning.fifo",
        {
            "name": "owning.fifo",
            "fifoQueue": True,
            "sqsManagedSseEnabled": True,
            "redrivePolicy": json.dumps(
                {"deadLetterTargetArn": f"{QUEUE_ARNS}:work-dlq.fifo", "maxReceiveCount": 3}
            ),
            "policy": document(
                "sqs:SendMessage", resource=f"{QUEUE_ARNS}:owning.fifo", principal={"AWS": f"{IAM}:root"}
            ),
        },
        ("queue-dead",),
    ),
    Case(
        "aws:sqs/queuePolicy:QueuePolicy",
        "queue-policy",
        f"{QUEUE_URLS}/work.fifo",
        {
            "queueUrl": f"{QUEUE_URLS}/work.fifo",
            "policy": document(
                "sqs:SendMessage", resource=f"{QUEUE_ARNS}:work.fifo", principal={"AWS": f"{IAM}:root"}
            ),
        },
        ("queue-rich",),
    ),
    Case(
        "aws:sqs/redrivePolicy:RedrivePolicy",
        "redrive",
        f"{QUEUE_URLS}/work.fifo",
        {
            "queueUrl": f"{QUEUE_URLS}/work.fifo",
            "redrivePolicy": json.dumps(
                {"maxReceiveCount": 3, "deadLetterTargetArn": f"{QUEUE_ARNS}:work-dlq.fifo"}
            ),
        },
        ("queue-rich", "queue-dead", "queue-policy"),
    ),
    Case(
        "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy",
        "redrive-allow",
        f"{QUEUE_URLS}/work-dlq.fifo",
        {
            "queueUrl": f"{QUEUE_URLS}/work-dlq.fifo",
            "redriveAllowPolicy": json.dumps(
                {"redrivePermission": "byQueue", "sourceQueueArns": [f"{QUEUE_ARNS}:work.fifo"]}
            ),
        },
        ("queue-dead",),
    ),
]
