"""Rules about SNS topics and who gets their messages: encrypted at rest and on the way.

https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html
"""

from collections.abc import Iterable

from tms_policies.documents.parse import parse
from tms_policies.documents.transport import refuses_plain, undecided
from tms_policies.model import Bag, Finding, Resource, Rule, Stack, Unknown
from tms_policies.rules.flags import must_be_set
from tms_policies.rules.references import attached
from tms_policies.values import unproven

TOPIC = "aws:sns/topic:Topic"
POLICY = "aws:sns/topicPolicy:TopicPolicy"
SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription"


def encryption(topic: Resource, _settings: Bag) -> Iterable[Finding]:
    """A key in KMS; a topic has none by default."""
    line = 'kms_master_key_id=key.arn ("alias/aws/sns" does only where no alarm and no AWS service publishes)'
    return must_be_set(topic, "kmsMasterKeyId", line)


def https(subscription: Resource, _settings: Bag) -> Iterable[Finding]:
    """No message leaves in the clear."""
    protocol, endpoint = subscription.props.get("protocol"), subscription.props.get("endpoint")
    plain = isinstance(endpoint, str) and endpoint.lower().startswith("http://")
    if isinstance(protocol, Unknown):
        yield unproven(protocol, f"protocol of {subscription.name} must not be http")
    elif protocol == "http" or plain:
        named = "protocol" if protocol == "http" else "endpoint"
        yield Finding(
            f"{named} of {subscription.name} is plain http: messages can be read on the way",
            'protocol="https", endpoint="https://..."',
        )


def tls_only(stack: Stack, _settings: Bag) -> Iterable[Finding]:
    """Each topic has a policy that denies what is published without TLS."""
    for topic in stack.of(TOPIC):
        yield from _tls_of(stack, topic)


def _tls_of(stack: Stack, topic: Resource) -> Iterable[Finding]:
    """Judge one topic by its own policy and those beside it."""
    name, arn = topic.props.get("name"), topic.props.get("arn")
    beside = attached(stack, POLICY, "arn", topic)
    given = [topic.props.get("policy"), *(one.props.get("policy") for one in beside)]
    documents = [parse(one) for one in given if one not in (None, "")]
    line = (
        '{"Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": "<arn>", '
        '"Condition": {"Bool": {"aws:SecureTransport": "false"}}} in the topic policy'
    )
    if not documents:
        yield Finding(f"the topic {topic.name} has no TopicPolicy in this stack", line, topic.urn)
        return
    physical = name if isinstance(name, str) else "<topic>"
    needed = (arn if isinstance(arn, str) else f"arn:aws:sns:::{physical}",)
    problems = [refuses_plain(one, "sns", needed, ("sns:Publish",)) for one in documents]
    if None in problems:
        return
    hidden = undecided(documents, "sns", name, ("sns:Publish",))
    if hidden:
        yield unproven(hidden, f"the policy of {topic.name} must deny what comes without TLS", topic.urn)
    else:
        yield Finding(f"the policy of the topic {topic.name}: {problems[0]}", line, topic.urn)


RULES = (
    Rule(
        "sns-topic-encryption",
        "medium",
        ("FSBP:SNS.1", "CKV_AWS_26"),
        "A topic encrypts its messages with a key in KMS.",
        "Set kms_master_key_id; where alarms or other AWS services publish, to a key whose policy lets them.",
        (TOPIC,),
        encryption,
        reads=("kmsMasterKeyId",),
        why="Without a key nobody needs a permission in KMS to publish, and no log shows that a message was "
        "decrypted. Alarms cannot publish with AWS's own key, whose policy does not let CloudWatch in. "
        "https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html",
    ),
    Rule(
        "sns-subscription-https",
        "high",
        (),
        "No subscription gets messages by plain http.",
        'Set protocol="https" and an endpoint that starts with https.',
        (SUBSCRIPTION,),
        https,
        reads=("protocol", "endpoint"),
        why="Whoever is on the way reads the message, and the link in it that ends the subscription. "
        "https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html",
    ),
    Rule(
        "sns-topic-tls-only",
        "high",
        ("AwsSolutions-SNS3",),
        "Each topic refuses what is published without TLS.",
        "Deny sns:Publish to everybody when aws:SecureTransport is false.",
        (TOPIC, POLICY),
        tls_only,
        reads=("policy",),
        scope="stack",
        why="SNS takes messages over plain HTTP as well, and there whoever is on the way can read them and "
        "change them. "
        "https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html",
    ),
)
