"""Examples of the rules of `sqs`."""

import json

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_ARN = "arn:aws:sqs:us-east-1:123456789012:exceptions"
_URL = "https://sqs.us-east-1.amazonaws.com/123456789012/exceptions"
_DENY = {
    "Sid": "DenyWithoutTls",
    "Effect": "Deny",
    "Principal": "*",
    "Action": "sqs:*",
    "Resource": _ARN,
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}
_ALLOW = {
    "Sid": "TakeEvents",
    "Effect": "Allow",
    "Principal": {"Service": "events.amazonaws.com"},
    "Action": "sqs:SendMessage",
    "Resource": _ARN,
    "Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}},
}


def _queue(**props: object) -> Declared:
    return Declared("sqs/queue:Queue", {"name": "exceptions", **props}, name="exceptions")


def _fifo(**props: object) -> Declared:
    return Declared("sqs/queue:Queue", {"fifoQueue": True, **props}, name="settlements")


def _document(*statements: object) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def _policy(document: str) -> Declared:
    return Declared(
        "sqs/queuePolicy:QueuePolicy",
        {"queueUrl": _URL, "policy": document},
        name="exceptions-policy",
        uses={"policy": ["exceptions"]},
    )


EXAMPLES = (
    Example(
        "sqs-queue-encryption",
        good=case(_queue(sqsManagedSseEnabled=True)),
        bad=case(
            _queue(sqsManagedSseEnabled=False),
            says="sqsManagedSseEnabled of exceptions is False and kmsMasterKeyId is not set",
        ),
        missing=case(
            _queue(), says="sqsManagedSseEnabled of exceptions is missing and kmsMasterKeyId is not set"
        ),
        unknown=case(_queue(sqsManagedSseEnabled=UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "sqs-queue-fifo-naming",
        good=case(_fifo(name="settlements.fifo", contentBasedDeduplication=True)),
        bad=case(
            _fifo(name="settlements", contentBasedDeduplication=True),
            says="name of settlements is 'settlements' and fifoQueue is True",
        ),
        missing=case(
            _fifo(name="settlements.fifo"),
            says="contentBasedDeduplication of the FIFO queue settlements is not on",
        ),
        unknown=case(_fifo(name=UNKNOWN, contentBasedDeduplication=True), says=_NOT_PROVEN),
    ),
    Example(
        "sqs-queue-tls-only",
        good=case(_queue(), _policy(_document(_ALLOW, _DENY))),
        bad=case(
            _queue(),
            _policy(_document(_ALLOW)),
            says="the policy of the queue exceptions: no Deny statement",
        ),
        missing=case(_queue(), says="the queue exceptions has no QueuePolicy in this stack"),
        unknown=case(_queue(), _policy(UNKNOWN), says=_NOT_PROVEN),
    ),
)
