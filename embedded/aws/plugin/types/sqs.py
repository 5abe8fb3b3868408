"""SQS queues, and the policies that can be set on a queue by resources of their own."""

import json

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.model import Json, Model, Policy, Same
from embedded.aws.plugin.values import Bag

_GONE = frozenset({"AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist"})
_NUMBERS = {
    "delaySeconds": "DelaySeconds",
    "maxMessageSize": "MaximumMessageSize",
    "messageRetentionSeconds": "MessageRetentionPeriod",
    "receiveWaitTimeSeconds": "ReceiveMessageWaitTimeSeconds",
    "visibilityTimeoutSeconds": "VisibilityTimeout",
    "kmsDataKeyReusePeriodSeconds": "KmsDataKeyReusePeriodSeconds",
}
_SWITCHES = {
    "fifoQueue": "FifoQueue",
    "contentBasedDeduplication": "ContentBasedDeduplication",
    "sqsManagedSseEnabled": "SqsManagedSseEnabled",
}
_TEXTS = {
    "deduplicationScope": "DeduplicationScope",
    "fifoThroughputLimit": "FifoThroughputLimit",
    "kmsMasterKeyId": "KmsMasterKeyId",
    "policy": "Policy",
    "redrivePolicy": "RedrivePolicy",
    "redriveAllowPolicy": "RedriveAllowPolicy",
}
_ATTRIBUTES = {**_NUMBERS, **_SWITCHES, **_TEXTS}
_FIFO_ONLY = frozenset({"fifoQueue", "contentBasedDeduplication"})


def _url(aws: Aws, name: str) -> str:
    """Return a queue's URL in AWS's form, whatever address the embedded AWS listens on."""
    return f"https://sqs.{aws.region}.{aws.dns_suffix}/{aws.account}/{name}"


def _text(value: object) -> str:
    """Return an attribute's value in the form of the API; empty removes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def fifo_name(name: str, inputs: Bag) -> str:
    """Return a queue's invented name; a FIFO queue's must end in `.fifo`.

    Args:
        name: The name made from the resource's own name.
        inputs: The queue's inputs.

    Returns:
        The name.
    """
    return f"{name}.fifo" if inputs.get("fifoQueue") is True else name


def create(aws: Aws, new: Bag) -> str:
    """Create the queue with all its attributes."""
    attributes = {
        attribute: _text(new[name])
        for name, attribute in _ATTRIBUTES.items()
        if new.get(name) is not None and (new[name] or name not in _FIFO_ONLY)
    }
    aws.client("sqs").create_queue(
        QueueName=new["name"], Attributes=attributes, tags=new.get("tagsAll") or {}
    )
    return _url(aws, new["name"])


def update(aws: Aws, url: str, old: Bag, new: Bag) -> None:
    """Set the attributes that differ; what the program no longer gives goes back to nothing."""
    names = {name for name in _ATTRIBUTES if name in new} | {"kmsMasterKeyId"}
    changed = {_ATTRIBUTES[n]: _text(new.get(n)) for n in names if new.get(n) != old.get(n)}
    if changed:
        aws.client("sqs").set_queue_attributes(QueueUrl=url, Attributes=changed)


def read(aws: Aws, url: str) -> Bag | None:
    """Return the live state of the queue."""
    client = aws.client("sqs")
    name = url.rpartition("/")[2]
    live = client.get_queue_attributes(QueueUrl=_url(aws, name), AttributeNames=["All"])["Attributes"]
    tags = client.list_queue_tags(QueueUrl=_url(aws, name)).get("Tags") or {}
    return {
        "id": _url(aws, name),
        "url": _url(aws, name),
        "name": name,
        "arn": live["QueueArn"],
        **{name: int(live[a]) for name, a in _NUMBERS.items() if live.get(a)},
        **{name: live.get(a, "false") == "true" for name, a in _SWITCHES.items()},
        **{name: live[a] for name, a in _TEXTS.items() if live.get(a)},
        "tags": tags,
    }


def delete(aws: Aws, url: str, _state: Bag) -> None:
    """Delete the queue with its messages."""
    aws.client("sqs").delete_queue(QueueUrl=url)


def retag(aws: Aws, url: str, _state: Bag, new_tags: dict[str, str], removed_keys: list[str]) -> None:
    """Change the queue's tags."""
    if removed_keys:
        aws.client("sqs").untag_queue(QueueUrl=url, TagKeys=removed_keys)
    if new_tags:
        aws.client("sqs").tag_queue(QueueUrl=url, Tags=new_tags)


def _attribute(page: str, name: str, same: Same) -> Model:
    """Return the description of a resource that is a single attribute of a queue."""
    attribute = _TEXTS[name]

    def put(aws: Aws, url: str, _old: Bag, new: Bag) -> None:
        json.loads(new[name])
        aws.client("sqs").set_queue_attributes(QueueUrl=url, Attributes={attribute: new[name]})

    def make(aws: Aws, new: Bag) -> str:
        put(aws, new["queueUrl"], {}, new)
        return str(new["queueUrl"])

    def get(aws: Aws, url: str) -> Bag | None:
        answer = aws.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["All"])
        text = answer.get("Attributes", {}).get(attribute)
        return {"queueUrl": url, name: text} if text else None

    def drop(aws: Aws, url: str, _state: Bag) -> None:
        aws.client("sqs").set_queue_attributes(QueueUrl=url, Attributes={attribute: ""})

    return Model(
        page=page,
        create=make,
        read=get,
        update=put,
        delete=drop,
        replaces=frozenset({"queueUrl", "region"}),
        computed=frozenset({"region"}),
        texts={name: same},
        missing=_GONE,
        name=None,
    )


MODELS = {
    "aws:sqs/queue:Queue": Model(
        page="sqs_queue",
        create=create,
        read=read,
        update=update,
        delete=delete,
        retag=retag,
        replaces=frozenset({"name", "namePrefix", "fifoQueue", "region"}),
        defaults={
            "contentBasedDeduplication": False,
            "delaySeconds": 0,
            "fifoQueue": False,
            "maxMessageSize": 262144,
            "messageRetentionSeconds": 345600,
            "receiveWaitTimeSeconds": 0,
            "visibilityTimeoutSeconds": 30,
        },
        computed=frozenset(
            {
                "region",
                "name",
                "deduplicationScope",
                "fifoThroughputLimit",
                "kmsDataKeyReusePeriodSeconds",
                "sqsManagedSseEnabled",
                "policy",
                "redrivePolicy",
                "redriveAllowPolicy",
            }
        ),
        texts={"policy": Policy, "redrivePolicy": Json, "redriveAllowPolicy": Json},
        mirrored=frozenset({"policy", "redrivePolicy", "redriveAllowPolicy"}),
        missing=_GONE,
        style=fifo_name,
    ),
    "aws:sqs/queuePolicy:QueuePolicy": _attribute("sqs_queue_policy", "policy", Policy),
    "aws:sqs/redrivePolicy:RedrivePolicy": _attribute("sqs_queue_redrive_policy", "redrivePolicy", Json),
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": _attribute(
        "sqs_queue_redrive_allow_policy", "redriveAllowPolicy", Json
    ),
}
