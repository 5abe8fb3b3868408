"""Examples of the rules of `owners`."""

from tms_policies.examples.documents import allow, document
from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_URL = "https://sqs.us-east-1.amazonaws.com/123456789012/exceptions"
_DOCUMENT = document(
    allow(
        "sqs:SendMessage",
        "arn:aws:sqs:us-east-1:123456789012:exceptions",
        Principal={"Service": "events.amazonaws.com"},
        Condition={"StringEquals": {"aws:SourceAccount": "123456789012"}},
    )
)
_AGAIN = "policy of exceptions is set again by the QueuePolicy exceptions-policy"
_BESIDE = Declared(
    "sqs/queuePolicy:QueuePolicy", {"queueUrl": _URL, "policy": _DOCUMENT}, name="exceptions-policy"
)


def _queue(**props: object) -> Declared:
    return Declared("sqs/queue:Queue", {"name": "exceptions", **props}, name="exceptions")


EXAMPLES = (
    Example(
        "account-resource-one-owner",
        good=case(_queue(), _BESIDE),
        bad=case(_queue(policy=_DOCUMENT), _BESIDE, says=_AGAIN),
        missing=case(_queue()),
        unknown=case(_queue(policy=UNKNOWN), _BESIDE, says=_AGAIN),
    ),
)
