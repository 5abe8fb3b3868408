"""Rules about queues: encryption, naming, TLS, and dead-letter pairing."""

import json
from typing import Any

import pytest

from tests.support.policies import UNKNOWN, Declared, check

NOT_PROVEN = "cannot be proven at preview"
ENCRYPTION = "sqs-queue-encryption"
NAMING = "sqs-queue-fifo-naming"
TLS = "sqs-queue-tls-only"
DEAD = "sqs-queue-dead-letter"
PREFIX = "arn:aws:sqs:us-east-1:123456789012:"


def queue(name: str = "work", **props: object) -> Declared:
    return Declared("sqs/queue:Queue", {"name": name, **props}, name)


@pytest.mark.parametrize(
    ("rule", "props", "expected"),
    [
        (ENCRYPTION, {"sqsManagedSseEnabled": True}, None),
        (ENCRYPTION, {"kmsMasterKeyId": "alias/queues"}, None),
        (ENCRYPTION, {"kmsMasterKeyId": UNKNOWN}, None),
        (ENCRYPTION, {}, "missing"),
        (ENCRYPTION, {"sqsManagedSseEnabled": False, "kmsMasterKeyId": ""}, "False"),
        (ENCRYPTION, {"sqsManagedSseEnabled": UNKNOWN}, NOT_PROVEN),
        (NAMING, {}, None),
        (NAMING, {"name": "a.fifo", "fifoQueue": True, "contentBasedDeduplication": True}, None),
        (NAMING, {"name": "a", "fifoQueue": True, "contentBasedDeduplication": True}, 'name="a.fifo"'),
        (NAMING, {"name": "a.fifo"}, "fifoQueue is False"),
        (NAMING, {"name": "a.fifo", "fifoQueue": True}, "contentBasedDeduplication of the FIFO queue"),
        (NAMING, {"contentBasedDeduplication": True}, "it is no FIFO queue"),
        (NAMING, {"fifoQueue": UNKNOWN}, NOT_PROVEN),
        (NAMING, {"name": UNKNOWN}, NOT_PROVEN),
        (NAMING, {"contentBasedDeduplication": UNKNOWN}, NOT_PROVEN),
    ],
)
def test_a_queue_is_judged_as_it_is_declared(rule: str, props: dict[str, Any], expected: str | None) -> None:
    check(rule, expected, queue(**props))


def denial(**changed: object) -> str:
    statement = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "sqs:*",
        "Resource": f"{PREFIX}work",
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    return json.dumps({"Statement": [{**statement, **changed}]})


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (denial(), None),
        (denial(Resource="*"), None),
        (denial(Resource=f"{PREFIX}other"), "does not cover"),
        (denial(Effect="Allow"), "no Deny statement"),
        (denial(Action="sqs:SendMessage"), 'not for the action "sqs:*"'),
        ("{", "no Deny statement"),
        (UNKNOWN, NOT_PROVEN),
    ],
)
def test_a_queue_refuses_requests_without_tls(document: str, expected: str | None) -> None:
    url = "https://sqs.us-east-1.amazonaws.com/123456789012/work"
    beside = Declared(
        "sqs/queuePolicy:QueuePolicy", {"queueUrl": url, "policy": document}, "p", uses={"policy": ["work"]}
    )
    check(TLS, expected, queue(), beside)
    check(
        TLS,
        expected,
        Declared("sqs/queue:Queue", {"name": "work", "policy": document}, "work", uses={"policy": ["p"]}),
        beside,
    )


def test_a_denial_for_a_queue_whose_name_is_not_known_is_not_proven() -> None:
    beside = Declared(
        "sqs/queuePolicy:QueuePolicy",
        {"queueUrl": UNKNOWN, "policy": denial()},
        "p",
        uses={"queueUrl": ["work"]},
    )
    check(TLS, NOT_PROVEN, Declared("sqs/queue:Queue", {"name": UNKNOWN}, "work"), beside)


def test_a_queue_without_a_policy_is_named() -> None:
    check(TLS, "the queue work has no QueuePolicy", queue())


def redrive(target: str = "dead", count: object = 3) -> str:
    return json.dumps({"deadLetterTargetArn": f"{PREFIX}{target}", "maxReceiveCount": count})


def admits(*sources: str, permission: str = "byQueue") -> str:
    return json.dumps(
        {"redrivePermission": permission, "sourceQueueArns": [PREFIX + name for name in sources]}
    )


def pair(
    source: dict[str, Any] | None = None, dead: dict[str, Any] | None = None
) -> tuple[Declared, Declared]:
    """A work queue and its dead-letter queue, both sound but for what is changed."""
    first = {"redrivePolicy": redrive(), **(source or {})}
    second = {"messageRetentionSeconds": 1209600, "redriveAllowPolicy": admits("work"), **(dead or {})}
    return queue("work", **first), queue("dead", **second)


@pytest.mark.parametrize(
    ("source", "dead", "expected"),
    [
        ({}, {}, None),
        ({"messageRetentionSeconds": 1209600}, {}, None),
        ({"redrivePolicy": None}, {"redriveAllowPolicy": None}, "the queue work has no dead-letter queue"),
        ({"redrivePolicy": redrive(count=1)}, {}, "maxReceiveCount of work is 1, not 2 to 10"),
        ({"redrivePolicy": redrive(count="11")}, {}, "maxReceiveCount of work is '11'"),
        ({"redrivePolicy": redrive(count=None)}, {}, "maxReceiveCount of work is None"),
        ({"redrivePolicy": "{"}, {}, "names no queue in deadLetterTargetArn"),
        ({"fifoQueue": True}, {}, "work is a FIFO queue and its dead-letter queue dead is not"),
        ({"fifoQueue": True}, {"fifoQueue": True}, None),
        ({"messageRetentionSeconds": 600}, {"messageRetentionSeconds": 600}, "dead keeps messages 600 s"),
        ({}, {"messageRetentionSeconds": None}, "dead keeps messages 345600 s"),
        ({}, {"redriveAllowPolicy": None}, "the dead-letter queue dead admits every queue"),
        ({}, {"redriveAllowPolicy": admits("other")}, "for ['other'], its sources are ['work']"),
        ({}, {"redriveAllowPolicy": admits("work", permission="allowAll")}, "'allowAll'"),
        ({"redrivePolicy": redrive("outside")}, {"redrivePolicy": redrive("outside")}, None),
        ({"redrivePolicy": redrive("outside.fifo")}, {}, "its dead-letter queue outside.fifo is not"),
    ],
)
def test_dead_letter_queues_are_paired(
    source: dict[str, Any], dead: dict[str, Any], expected: str | None
) -> None:
    check(DEAD, expected, *pair(source, dead))


def test_policies_beside_the_queues_count_as_well() -> None:
    url = "https://sqs.us-east-1.amazonaws.com/123456789012/"
    work, dead = queue("work"), queue("dead", messageRetentionSeconds=1209600)
    moves = Declared(
        "sqs/redrivePolicy:RedrivePolicy", {"queueUrl": url + "work", "redrivePolicy": redrive()}, "r"
    )
    takes = Declared(
        "sqs/redriveAllowPolicy:RedriveAllowPolicy",
        {"queueUrl": url + "dead", "redriveAllowPolicy": admits("work")},
        "a",
    )
    check(DEAD, None, work, dead, moves, takes)


@pytest.mark.parametrize("hidden", ["redrivePolicy", "messageRetentionSeconds"])
def test_a_pairing_that_is_not_known_is_not_proven(hidden: str) -> None:
    work, dead = pair()
    changed = Declared(work.type, {**work.props, hidden: UNKNOWN}, "work", uses={hidden: ["dead"]})
    check(DEAD, NOT_PROVEN, changed, dead)


def test_a_source_whose_name_is_not_known_is_not_proven_to_be_admitted() -> None:
    work, dead = pair()
    unnamed = Declared(work.type, {**work.props, "name": UNKNOWN}, "work")
    check(DEAD, NOT_PROVEN, unnamed, dead)
    check(DEAD, "[ARNs of work]", unnamed, queue("dead"))


def test_a_queue_is_no_dead_letter_queue_of_its_own() -> None:
    check(DEAD, "names the queue itself", queue("work", redrivePolicy=redrive("work")))


def test_an_admission_that_is_not_known_is_not_proven() -> None:
    work, dead = pair()
    changed = Declared(
        dead.type,
        {**dead.props, "redriveAllowPolicy": UNKNOWN},
        "dead",
        uses={"redriveAllowPolicy": ["work"]},
    )
    check(DEAD, NOT_PROVEN, work, changed)


def test_how_often_a_message_is_delivered_is_a_setting() -> None:
    work, dead = pair({"redrivePolicy": redrive(count=20)})
    check(DEAD, "not 2 to 10", work, dead)
    check(DEAD, None, work, dead, config={"maximumReceives": 20})
