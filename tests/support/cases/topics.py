"""Topics, the policies on them and who is told."""

import json

from tests.support.cases.case import ACCOUNT, IAM, QUEUE_ARNS, REGION, Case, document

TOPIC, POLICY = "aws:sns/topic:Topic", "aws:sns/topicPolicy:TopicPolicy"
SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription"
TOPIC_ARNS = f"arn:aws:sns:{REGION}:{ACCOUNT}"
_RETRIES = {"defaultHealthyRetryPolicy": {"minDelayTarget": 20, "maxDelayTarget": 20, "numRetries": 3}}
_FILTER = {"desk": ["rates"], "amount": [{"numeric": [">", 100]}]}


def publishers(name: str, service: str) -> str:
    """A policy that lets a service publish to a topic."""
    return document("sns:Publish", resource=f"{TOPIC_ARNS}:{name}", principal={"Service": service})


TOPICS = [
    Case(TOPIC, "topic-minimal", f"{TOPIC_ARNS}:alarms", {"name": "alarms"}),
    Case(
        TOPIC,
        "topic-rich",
        f"{TOPIC_ARNS}:desk.fifo",
        {
            "name": "desk.fifo",
            "displayName": "what the desk is told",
            "fifoTopic": True,
            "contentBasedDeduplication": True,
            "fifoThroughputScope": "MessageGroup",
            "archivePolicy": json.dumps({"MessageRetentionPeriod": "30"}),
            "kmsMasterKeyId": "alias/documents",
            "signatureVersion": 2,
            "maximumMessageSize": 2048,
            "sqsSuccessFeedbackRoleArn": f"{IAM}:role/feedback",
            "sqsSuccessFeedbackSampleRate": 50,
            "sqsFailureFeedbackRoleArn": f"{IAM}:role/feedback",
            "tags": {"Purpose": "desk"},
        },
    ),
    Case(
        TOPIC,
        "topic-owning",
        f"{TOPIC_ARNS}:owning",
        {
            "name": "owning",
            "policy": publishers("owning", "cloudwatch.amazonaws.com"),
            "deliveryPolicy": json.dumps({"http": _RETRIES}, indent=1),
            "tracingConfig": "Active",
        },
    ),
    Case(
        POLICY,
        "topic-policy-minimal",
        f"{TOPIC_ARNS}:alarms",
        {"arn": f"{TOPIC_ARNS}:alarms", "policy": publishers("alarms", "cloudwatch.amazonaws.com")},
        ("topic-minimal",),
    ),
    Case(
        POLICY,
        "topic-policy-rich",
        f"{TOPIC_ARNS}:desk.fifo",
        {
            "arn": f"{TOPIC_ARNS}:desk.fifo",
            "policy": document(
                "sns:Publish",
                "sns:Subscribe",
                resource=f"{TOPIC_ARNS}:desk.fifo",
                principal={"AWS": f"{IAM}:root"},
                Condition={"Bool": {"aws:SecureTransport": "true"}},
            ),
        },
        ("topic-rich",),
    ),
    Case(
        SUBSCRIPTION,
        "subscription-minimal",
        "{arn}",
        {"topic": f"{TOPIC_ARNS}:alarms", "protocol": "email", "endpoint": "desk@example.com"},
        ("topic-minimal",),
    ),
    Case(
        SUBSCRIPTION,
        "subscription-rich",
        "{arn}",
        {
            "topic": f"{TOPIC_ARNS}:alarms",
            "protocol": "sqs",
            "endpoint": f"{QUEUE_ARNS}:minimal",
            "rawMessageDelivery": True,
            "filterPolicy": json.dumps(_FILTER, indent=1),
            "filterPolicyScope": "MessageBody",
            "redrivePolicy": json.dumps({"deadLetterTargetArn": f"{QUEUE_ARNS}:owning"}),
        },
        ("topic-minimal", "queue-minimal"),
    ),
]
