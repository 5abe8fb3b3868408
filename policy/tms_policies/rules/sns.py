"""Rules about SNS topics and who gets their messages: encrypted at rest and on the way.

https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html
"""

from collections.abc import Iterable

from tms_policies.documents.transport import PlainAccess, must_refuse_plain
from tms_policies.model import Bag, Finding, Resource, Stack, Unknown
from tms_policies.must import must_be_set
from tms_policies.references import attached
from tms_policies.registry import rule
from tms_policies.values import unproven

TOPIC = "aws:sns/topic:Topic"
POLICY = "aws:sns/topicPolicy:TopicPolicy"
SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription"


@rule(
    "sns-topic-encryption",
    severity="medium",
    types=(TOPIC,),
    reads=("kmsMasterKeyId",),
    remedy="Set kms_master_key_id; where alarms or other AWS services publish, "
    "to a key whose policy lets them.",
    why="Without a key nobody needs a permission in KMS to publish, and no log shows that a message was "
    "decrypted. Alarms cannot publish with AWS's own key, whose policy does not let CloudWatch in. "
    "https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html",
)
def encryption(topic: Resource, _settings: Bag) -> Iterable[Finding]:
    """A topic encrypts its messages with a key in KMS.

    A key in KMS; a topic has none by default.
    """
    line = 'kms_master_key_id=key.arn ("alias/aws/sns" does only where no alarm and no AWS service publishes)'
    return must_be_set(topic, "kmsMasterKeyId", line)


@rule(
    "sns-subscription-https",
    severity="high",
    types=(SUBSCRIPTION,),
    reads=("protocol", "endpoint"),
    remedy='Set protocol="https" and an endpoint that starts with https.',
    why="Whoever is on the way reads the message, and the link in it that ends the subscription. "
    "https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html",
)
def https(subscription: Resource, _settings: Bag) -> Iterable[Finding]:
    """No subscription gets messages by plain http."""
    protocol, endpoint = subscription.props.get("protocol"), subscription.props.get("endpoint")
    plain = isinstance(endpoint, str) and endpoint.lower().startswith("http://")
    if isinstance(protocol, Unknown):
        yield unproven(protocol, f"protocol of {subscription.name} must not be http")
    elif protocol == "http" or plain:
        names = "protocol" if protocol == "http" else "endpoint"
        yield Finding(
            f"{names} of {subscription.name} is plain http: messages can be read on the way",
            'protocol="https", endpoint="https://..."',
        )


@rule(
    "sns-topic-tls-only",
    severity="high",
    scope="stack",
    types=(TOPIC, POLICY),
    reads=("policy",),
    remedy="Deny sns:Publish to everybody when aws:SecureTransport is false.",
    why="SNS takes messages over plain HTTP as well, and there whoever is on the way can read them and "
    "change them. "
    "https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html",
)
def tls_only(stack: Stack, _settings: Bag) -> Iterable[Finding]:
    """Each topic refuses what is published without TLS."""
    remedy = (
        '{"Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": "<arn>", '
        '"Condition": {"Bool": {"aws:SecureTransport": "false"}}} in the topic policy'
    )
    for topic in stack.of(TOPIC):
        name, arn = topic.props.get("name"), topic.props.get("arn")
        physical = name if isinstance(name, str) else "<topic>"
        arns = (arn if isinstance(arn, str) else f"arn:aws:sns:::{physical}",)
        access = PlainAccess("sns", "topic", arns, enough=("sns:Publish",))
        yield from must_refuse_plain(topic, attached(stack, POLICY, "arn", topic), access, name, remedy)
