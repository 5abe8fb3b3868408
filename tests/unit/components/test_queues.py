"""Queues as the program registers them for the production stack file, under mocks."""

import json
from typing import Any

from components.naming import Naming
from tests.support.stackfile import ACCOUNT, PROJECT, changed, registered, stack_config

NAMING = Naming("us-east-1", ACCOUNT)
QUEUES = 2 * len(stack_config("production")[f"{PROJECT}:queues"])
"""Work queues and dead-letter queues."""
TOPIC = "arn:aws:sns:us-east-1:123456789012:trade-matching-system-agent-events-fanout-production"


def test_each_queue_has_a_dead_letter_queue_of_its_kind_that_keeps_longer(
    by_name: dict[str, dict[str, Any]],
) -> None:
    queues = {queue["name"]: queue for queue in by_name.values() if "visibilityTimeoutSeconds" in queue}
    assert len(queues) == QUEUES
    for name, redrive in ((key, inputs) for key, inputs in by_name.items() if key.endswith("-redrive")):
        source = by_name[name.removesuffix("-redrive")]
        document = json.loads(redrive["redrivePolicy"])
        dead = queues[document["deadLetterTargetArn"].rpartition(":")[2]]
        assert source.get("fifoQueue") == dead.get("fifoQueue")
        assert source["name"].endswith(".fifo") == bool(source.get("fifoQueue"))
        assert source.get("contentBasedDeduplication") == source.get("fifoQueue")
        assert dead["messageRetentionSeconds"] > source["messageRetentionSeconds"]
        admitted = json.loads(by_name[f"{name}-allow"]["redriveAllowPolicy"])
        assert admitted == {"redrivePermission": "byQueue", "sourceQueueArns": [NAMING.queue(source["name"])]}
    assert all(queue["sqsManagedSseEnabled"] is True for queue in queues.values())
    assert all(30 <= queue["visibilityTimeoutSeconds"] <= 300 for queue in queues.values())


def test_only_topics_and_arrivals_of_the_settings_may_send_past_the_roles(
    by_name: dict[str, dict[str, Any]],
) -> None:
    policies = {
        name: json.loads(inputs["policy"])["Statement"]
        for name, inputs in by_name.items()
        if "queueUrl" in inputs and "policy" in inputs
    }
    assert len(policies) == QUEUES
    allowing = {
        name: [statement for statement in statements if statement["Effect"] == "Allow"]
        for name, statements in policies.items()
    }
    (delivery,) = allowing.pop("orchestrator-monitoring-policy")
    (arrivals,) = allowing.pop("document-upload-policy")
    assert arrivals["Principal"] == {"Service": "events.amazonaws.com"}
    assert not any(allowing.values())
    assert delivery == {
        "Sid": "DeliveryFromTopics",
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": NAMING.queue("trade-matching-system-orchestrator-monitoring-queue-production"),
        "Condition": {"ArnEquals": {"aws:SourceArn": [TOPIC]}},
    }


def test_a_receiver_waits_for_messages_as_long_as_sqs_lets_it(by_name: dict[str, dict[str, Any]]) -> None:
    """SQS developer guide, "Amazon SQS short and long polling": 20 s at most; 0 is short polling."""
    queues = [inputs for inputs in by_name.values() if "visibilityTimeoutSeconds" in inputs]
    assert queues
    assert {queue["receiveWaitTimeSeconds"] for queue in queues} == {20}


def test_how_often_a_message_is_received_before_it_is_a_dead_letter_is_a_setting() -> None:
    config = changed(stack_config("production"), "queues.matching.maxReceiveCount", 7)
    inputs = {resource.name: resource.inputs for resource in registered(config)}
    assert json.loads(inputs["matching-redrive"]["redrivePolicy"])["maxReceiveCount"] == 7
    assert json.loads(inputs["extraction-redrive"]["redrivePolicy"])["maxReceiveCount"] == 3
