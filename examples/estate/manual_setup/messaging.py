"""Queues, the topic of alarms and the rules of arrivals, by hand."""

import json

from examples.estate.manual_setup.model import Hands, Made, Make, Wanted, capitals, plain, tags

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


# What AWS gives a queue anyway, which nobody says:
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
_ANYWAY = {
    "deduplicationScope": "queue",
    "fifoThroughputLimit": "perQueue",
    "messageRetentionSeconds": 345600,
    "receiveWaitTimeSeconds": 0,
    "sqsManagedSseEnabled": True,
    "visibilityTimeoutSeconds": 30,
}


def queue(hands: Hands, one: Wanted) -> Made:
    """Make a queue; its dead letters and its policy come later."""
    said = {
        name: one.inputs[key]
        for key, name in _ATTRIBUTES.items()
        if one.inputs.get(key) is not None and one.inputs[key] != _ANYWAY.get(key)
    }
    given = {name: str(each).lower() if each in (True, False) else str(each) for name, each in said.items()}
    if one.inputs.get("kmsMasterKeyId"):
        given["KmsMasterKeyId"] = str(hands.known(one, "kmsMasterKeyId", "arn"))
    made = hands.at("sqs").create_queue(
        QueueName=one.inputs["name"], Attributes=given, tags=dict(one.inputs.get("tags") or {})
    )
    return {"id": one.inputs["name"], "url": made["QueueUrl"]}


def _set(attribute: str, key: str) -> Make:
    """Make a setting of a queue that is a document."""

    def make(hands: Hands, one: Wanted) -> Made:
        text = json.dumps(json.loads(one.inputs[key]), separators=(",", ":"))  # as the console writes it
        hands.at("sqs").set_queue_attributes(
            QueueUrl=hands.known(one, "queueUrl", "url"), Attributes={attribute: text}
        )
        return {}

    return make


def topic(hands: Hands, one: Wanted) -> Made:
    """Make a topic."""
    key = (
        {"KmsMasterKeyId": hands.known(one, "kmsMasterKeyId", "arn")} if one.inputs["kmsMasterKeyId"] else {}
    )
    made = hands.at("sns").create_topic(Name=one.inputs["name"], Attributes=key, Tags=tags(one.inputs))
    return {"arn": made["TopicArn"]}


def _topic_policy(hands: Hands, one: Wanted) -> Made:
    arn = hands.known(one, "arn", "arn")
    hands.at("sns").set_topic_attributes(
        TopicArn=arn, AttributeName="Policy", AttributeValue=one.inputs["policy"]
    )
    return {}


def _subscription(hands: Hands, one: Wanted) -> Made:
    given = one.inputs
    made = hands.at("sns").subscribe(
        TopicArn=hands.known(one, "topic", "arn"),
        Protocol=given["protocol"],
        Endpoint=given["endpoint"],
        ReturnSubscriptionArn=True,
    )
    return {"arn": made["SubscriptionArn"]}


def _rule(hands: Hands, one: Wanted) -> Made:
    given = one.inputs
    hands.at("events").put_rule(
        Name=given["name"],
        Description=given["description"],
        EventPattern=given["eventPattern"],
        Tags=tags(given),
    )
    return {}


def _target(hands: Hands, one: Wanted) -> Made:
    given = one.inputs
    more = {"SqsParameters": capitals(plain(given["sqsTarget"]))} if given.get("sqsTarget") else {}
    hands.at("events").put_targets(
        Rule=given["rule"], Targets=[{"Id": given["targetId"], "Arn": given["arn"], **more}]
    )
    return {}


MAKE: dict[str, Make] = {
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
