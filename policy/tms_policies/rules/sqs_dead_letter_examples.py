"""Examples of the rules of `sqs_dead_letter`."""

import json

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_ARN = "arn:aws:sqs:us-east-1:123456789012:"
_DEAD = Declared(
    "sqs/queue:Queue",
    {
        "name": "exceptions-dead",
        "messageRetentionSeconds": 1209600,
        "redriveAllowPolicy": json.dumps(
            {"redrivePermission": "byQueue", "sourceQueueArns": [f"{_ARN}exceptions"]}
        ),
    },
    name="exceptions-dead",
)


def _redrive(count: int) -> str:
    return json.dumps({"deadLetterTargetArn": f"{_ARN}exceptions-dead", "maxReceiveCount": count})


def _queue(redrive: str | None) -> Declared:
    value = {} if redrive is None else {"redrivePolicy": redrive}
    return Declared(
        "sqs/queue:Queue",
        {"name": "exceptions", **value},
        name="exceptions",
        uses={"redrivePolicy": ["exceptions-dead"]} if redrive == UNKNOWN else {},
    )


EXAMPLES = (
    Example(
        "sqs-queue-dead-letter",
        good=case(_queue(_redrive(3)), _DEAD),
        bad=case(_queue(_redrive(1)), _DEAD, says="maxReceiveCount of exceptions is 1, not 2 to 10"),
        missing=case(_queue(None), says="the queue exceptions has no dead-letter queue"),
        unknown=case(_queue(UNKNOWN), _DEAD, says="cannot be proven at preview"),
        config=case(_queue(_redrive(15)), _DEAD, maximumReceives=20),
    ),
)
