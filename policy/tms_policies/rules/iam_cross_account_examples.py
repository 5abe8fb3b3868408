"""Examples of the rules of `iam_cross_account`."""

from tms_policies.examples.documents import document
from tms_policies.examples.model import Declared, Example, case

_OWN, _OTHER = "123456789012", "999988887777"
_QUEUE = f"arn:aws:sqs:us-east-1:{_OWN}:trades"
_WHOLE = "A document that is not known at all is reported once, by iam-policy-valid-document."
_NOTHING = Declared("sqs/queuePolicy:QueuePolicy", {"queueUrl": "trades"}, name="trades-policy")


def _queue_policy(principal: dict[str, str], condition: dict[str, object] | None = None) -> Declared:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sqs:SendMessage", "Resource": _QUEUE}
    statement |= {"Condition": condition} if condition else {}
    props = {"queueUrl": "trades", "policy": document(statement)}
    return Declared("sqs/queuePolicy:QueuePolicy", props, name="trades-policy")


_ANY_TOPIC = _queue_policy({"Service": "sns.amazonaws.com"})


_FOREIGN = _queue_policy({"AWS": f"arn:aws:iam::{_OTHER}:root"})


EXAMPLES = (
    Example(
        "iam-policy-cross-account",
        good=case(_queue_policy({"AWS": f"arn:aws:iam::{_OWN}:role/matching"})),
        bad=case(_FOREIGN, says=f"lets account {_OTHER} in"),
        missing=case(_NOTHING),
        unknown="A principal that is not known is reported by iam-policy-public-principal.",
        config=case(_FOREIGN, accounts=[_OTHER]),
    ),
    Example(
        "iam-policy-service-caller",
        good=case(
            _queue_policy(
                {"Service": "sns.amazonaws.com"},
                {"ArnEquals": {"aws:SourceArn": f"arn:aws:sns:us-east-1:{_OWN}:events"}},
            )
        ),
        bad=case(_ANY_TOPIC, says="lets sns.amazonaws.com in without saying for whom"),
        missing=case(_NOTHING),
        unknown=_WHOLE,
        config=case(_ANY_TOPIC, exemptServices=["sns.amazonaws.com"]),
    ),
)
