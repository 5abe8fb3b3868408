"""Queues, the alarms' topic and the event rules, by hand."""

import json

from examples.estate.manual_setup.model import (
    Attributes,
    Console,
    Creator,
    PlannedResource,
    capitals,
    plain,
    tags,
)

_ATTRIBUTES = {
    "contentBasedDeduplication": "ContentBasedDeduplication",
    "deduplicationScope": "DeduplicationScope",
    "fifoQueue": "FifoQueue",
    "fifoThroughputLimit": "FifoThroughputLimit",
    "maxMessageSize": "MaximumMessageSize",
    "messageRetentionSeconds": "MessageRetentionPeriod",
    "receiveWaitTimeSeconds": "ReceiveMessageWaitTimeSeconds",
    "sqsManagedSseEnabled": "SqsManagedSseEnabled",
    "visibilityTimeoutSeconds": "VisibilityTimeout",
    "kmsDataKeyReusePeriodSeconds": "KmsDataKeyReusePeriodSeconds",
}

# A queue has these without being told, so a person does not set them:
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
_DEFAULTS = {
    "deduplicationScope": "queue",
    "fifoThroughputLimit": "perQueue",
    "messageRetentionSeconds": 345600,
    "receiveWaitTimeSeconds": 0,
    "sqsManagedSseEnabled": True,
    "visibilityTimeoutSeconds": 30,
}


def queue(console: Console, resource: PlannedResource) -> Attributes:
    """Create a queue; its policy and its dead-letter queue are set by calls of their own."""
    settings = {
        name: resource.inputs[key]
        for key, name in _ATTRIBUTES.items()
        if resource.inputs.get(key) is not None and resource.inputs[key] != _DEFAULTS.get(key)
    }
    attributes = {
        name: str(value).lower() if value in (True, False) else str(value) for name, value in settings.items()
    }
    if resource.inputs.get("kmsMasterKeyId"):
        attributes["KmsMasterKeyId"] = str(console.resolve(resource, "kmsMasterKeyId", "arn"))
    answer = console.client("sqs").create_queue(
        QueueName=resource.inputs["name"], Attributes=attributes, tags=dict(resource.inputs.get("tags") or {})
    )
    return {"id": resource.inputs["name"], "url": answer["QueueUrl"]}


def _set(attribute: str, key: str) -> Creator:
    """Return the creator of a queue's policy: one attribute of the queue, whose value is a JSON document."""

    def create(console: Console, resource: PlannedResource) -> Attributes:
        text = json.dumps(json.loads(resource.inputs[key]), separators=(",", ":"))  # as the console writes it
        console.client("sqs").set_queue_attributes(
            QueueUrl=console.resolve(resource, "queueUrl", "url"), Attributes={attribute: text}
        )
        return {}

    return create


def topic(console: Console, resource: PlannedResource) -> Attributes:
    """Create a topic."""
    key = (
        {"KmsMasterKeyId": console.resolve(resource, "kmsMasterKeyId", "arn")}
        if resource.inputs["kmsMasterKeyId"]
        else {}
    )
    answer = console.client("sns").create_topic(
        Name=resource.inputs["name"], Attributes=key, Tags=tags(resource.inputs)
    )
    return {"arn": answer["TopicArn"]}


def _topic_policy(console: Console, resource: PlannedResource) -> Attributes:
    arn = console.resolve(resource, "arn", "arn")
    console.client("sns").set_topic_attributes(
        TopicArn=arn, AttributeName="Policy", AttributeValue=resource.inputs["policy"]
    )
    return {}


def _subscription(console: Console, resource: PlannedResource) -> Attributes:
    inputs = resource.inputs
    answer = console.client("sns").subscribe(
        TopicArn=console.resolve(resource, "topic", "arn"),
        Protocol=inputs["protocol"],
        Endpoint=inputs["endpoint"],
        ReturnSubscriptionArn=True,
    )
    return {"arn": answer["SubscriptionArn"]}


def _rule(console: Console, resource: PlannedResource) -> Attributes:
    inputs = resource.inputs
    console.client("events").put_rule(
        Name=inputs["name"],
        Description=inputs["description"],
        EventPattern=inputs["eventPattern"],
        Tags=tags(inputs),
    )
    return {}


def _target(console: Console, resource: PlannedResource) -> Attributes:
    inputs = resource.inputs
    parameters = {"SqsParameters": capitals(plain(inputs["sqsTarget"]))} if inputs.get("sqsTarget") else {}
    console.client("events").put_targets(
        Rule=inputs["rule"], Targets=[{"Id": inputs["targetId"], "Arn": inputs["arn"], **parameters}]
    )
    return {}


CREATORS: dict[str, Creator] = {
    "aws:sqs/queue:Queue": queue,
    "aws:sqs/queuePolicy:QueuePolicy": _set("Policy", "policy"),
    "aws:sqs/redrivePolicy:RedrivePolicy": _set("RedrivePolicy", "redrivePolicy"),
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": _set("RedriveAllowPolicy", "redriveAllowPolicy"),
    "aws:sns/topic:Topic": topic,
    "aws:sns/topicPolicy:TopicPolicy": _topic_policy,
    "aws:sns/topicSubscription:TopicSubscription": _subscription,
    "aws:cloudwatch/eventRule:EventRule": _rule,
    "aws:cloudwatch/eventTarget:EventTarget": _target,
}
