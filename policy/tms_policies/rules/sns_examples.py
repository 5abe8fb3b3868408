"""Examples of the rules of `sns`."""

from tms_policies.examples.documents import allow, document
from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_ARN = "arn:aws:sns:us-east-1:123456789012:exceptions"
_KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
_ALLOW = allow(
    "sns:Publish",
    _ARN,
    Sid="TakeAlarms",
    Principal={"Service": "cloudwatch.amazonaws.com"},
    Condition={"StringEquals": {"aws:SourceAccount": "123456789012"}},
)
_DENY = {
    "Sid": "DenyWithoutTls",
    "Effect": "Deny",
    "Principal": "*",
    "Action": "sns:Publish",
    "Resource": _ARN,
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}


def _topic(**props: object) -> Declared:
    return Declared("sns/topic:Topic", {"name": "exceptions", **props}, name="exceptions")


def _policy(text: str) -> Declared:
    return Declared("sns/topicPolicy:TopicPolicy", {"arn": _ARN, "policy": text}, name="exceptions-policy")


def _subscription(protocol: str, endpoint: str) -> Declared:
    value = {"topic": _ARN, "protocol": protocol, "endpoint": endpoint}
    return Declared("sns/topicSubscription:TopicSubscription", value, name="exceptions-to-desk")


EXAMPLES = (
    Example(
        "sns-topic-encryption",
        good=case(_topic(kmsMasterKeyId=_KEY)),
        bad=case(_topic(), says="kmsMasterKeyId of exceptions is missing"),
        missing="The key is left out in the bad example.",
        unknown=case(_topic(kmsMasterKeyId=UNKNOWN)),
    ),
    Example(
        "sns-subscription-https",
        good=case(_subscription("https", "https://desk.bank.example/exceptions")),
        bad=case(
            _subscription("http", "http://desk.bank.example/exceptions"),
            says="protocol of exceptions-to-desk is plain http",
        ),
        missing="The provider refuses a subscription without a protocol or an endpoint.",
        unknown=case(_subscription(UNKNOWN, "desk.bank.example"), says=_NOT_PROVEN),
    ),
    Example(
        "sns-topic-tls-only",
        good=case(_topic(), _policy(document(_ALLOW, _DENY))),
        bad=case(
            _topic(),
            _policy(document(_ALLOW)),
            says="the policy of the topic exceptions: no Deny statement",
        ),
        missing=case(_topic(), says="the topic exceptions has no TopicPolicy in this stack"),
        unknown=case(_topic(), _policy(UNKNOWN), says=_NOT_PROVEN),
    ),
)
