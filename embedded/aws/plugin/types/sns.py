"""SNS topics."""

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.diffing import is_zero
from embedded.aws.plugin.model import Json, Model, Policy
from embedded.aws.plugin.shapes import pick, tag_list, tag_map
from embedded.aws.plugin.values import Bag

GONE = frozenset({"NotFound", "NotFoundException"})
"""What SNS says of a topic or subscription that is not there."""
_PROTOCOLS = {
    "application": "Application",
    "firehose": "Firehose",
    "http": "HTTP",
    "lambda": "Lambda",
    "sqs": "SQS",
}
_NUMBERS = {
    "maximumMessageSize": "MaximumMessageSize",
    "signatureVersion": "SignatureVersion",
    **{
        f"{name}SuccessFeedbackSampleRate": f"{api}SuccessFeedbackSampleRate"
        for name, api in _PROTOCOLS.items()
    },
}
_TEXTS = {
    "archivePolicy": "ArchivePolicy",
    "deliveryPolicy": "DeliveryPolicy",
    "displayName": "DisplayName",
    "fifoThroughputScope": "FifoThroughputScope",
    "kmsMasterKeyId": "KmsMasterKeyId",
    "policy": "Policy",
    "tracingConfig": "TracingConfig",
    **{f"{name}SuccessFeedbackRoleArn": f"{api}SuccessFeedbackRoleArn" for name, api in _PROTOCOLS.items()},
    **{f"{name}FailureFeedbackRoleArn": f"{api}FailureFeedbackRoleArn" for name, api in _PROTOCOLS.items()},
}
_ATTRIBUTES = {**_NUMBERS, **_TEXTS, "contentBasedDeduplication": "ContentBasedDeduplication"}
_COMPUTED = frozenset(
    {"fifoThroughputScope", "maximumMessageSize", "policy", "signatureVersion", "tracingConfig"}
)


def text(value: object) -> str:
    """Return an attribute's value in the form of the API.

    Args:
        value: The value; None takes the attribute away.

    Returns:
        The value as text.
    """
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def at_home(aws: Aws, arn: str) -> Aws:
    """Return the AWS of the region that an ARN names.

    Args:
        aws: The AWS that was asked.
        arn: The ARN of a topic or subscription.

    Returns:
        The same account there.
    """
    return aws.in_region(arn.split(":")[3])


def fifo_name(name: str, inputs: Bag) -> str:
    """Return a topic's invented name; a FIFO topic's must end in `.fifo`.

    Args:
        name: The name made from the resource's own name.
        inputs: The topic's inputs.

    Returns:
        The name.
    """
    return f"{name}.fifo" if inputs.get("fifoTopic") is True else name


def create(aws: Aws, new: Bag) -> str:
    """Create the topic; what it does not need from its beginning follows in `settle`."""
    fifo = {"FifoTopic": "true", **pick(new, {"fifoThroughputScope": "FifoThroughputScope"})}
    answer = aws.client("sns").create_topic(
        Name=new["name"],
        Attributes=fifo if new.get("fifoTopic") else {},
        Tags=tag_list(new.get("tagsAll") or {}),
    )
    return str(answer["TopicArn"])


def update(aws: Aws, arn: str, old: Bag, new: Bag) -> None:
    """Set the attributes that differ, one by one; what AWS chose stays when it is left out."""
    for name, attribute in _ATTRIBUTES.items():
        desired, current = new.get(name), old.get(name)
        unsaid = is_zero(desired) and (is_zero(current) or name in _COMPUTED)
        if desired != current and not unsaid:
            aws.client("sns").set_topic_attributes(
                TopicArn=arn,
                AttributeName=attribute,
                AttributeValue=text(desired or 0 if name in _NUMBERS else desired),
            )


def read(aws: Aws, arn: str) -> Bag | None:
    """Return the live state of the topic."""
    home = at_home(aws, arn)
    live = home.client("sns").get_topic_attributes(TopicArn=arn)["Attributes"]
    tags = home.client("sns").list_tags_for_resource(ResourceArn=arn).get("Tags") or []
    return {
        "arn": live["TopicArn"],
        "name": arn.rpartition(":")[2],
        "region": home.region,
        "owner": live["Owner"],
        "beginningArchiveTime": live.get("BeginningArchiveTime"),
        "fifoTopic": live.get("FifoTopic") == "true",
        "contentBasedDeduplication": live.get("ContentBasedDeduplication") == "true",
        **{name: int(live[a]) for name, a in _NUMBERS.items() if live.get(a)},
        **{name: live[a] for name, a in _TEXTS.items() if live.get(a)},
        "tags": tag_map(tags),
    }


def delete(aws: Aws, arn: str, _state: Bag) -> None:
    """Delete the topic with its subscriptions."""
    aws.client("sns").delete_topic(TopicArn=arn)


def retag(aws: Aws, arn: str, _state: Bag, new_tags: dict[str, str], removed_keys: list[str]) -> None:
    """Change the topic's tags."""
    if removed_keys:
        aws.client("sns").untag_resource(ResourceArn=arn, TagKeys=removed_keys)
    if new_tags:
        aws.client("sns").tag_resource(ResourceArn=arn, Tags=tag_list(new_tags))


MODELS = {
    "aws:sns/topic:Topic": Model(
        page="sns_topic",
        create=create,
        settle=update,
        read=read,
        update=update,
        delete=delete,
        retag=retag,
        replaces=frozenset({"name", "namePrefix", "fifoTopic", "region"}),
        defaults={"contentBasedDeduplication": False, "fifoTopic": False},
        computed=_COMPUTED | {"name", "namePrefix", "region"},
        texts={"policy": Policy, "deliveryPolicy": Json, "archivePolicy": Json},
        mirrored=frozenset({"policy"}),
        missing=GONE,
        style=fifo_name,
    ),
}
