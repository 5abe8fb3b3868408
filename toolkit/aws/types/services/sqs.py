"""Types of SQS."""

from toolkit.aws.location import Location
from toolkit.aws.types.import_ids import Inputs, joined
from toolkit.aws.types.listing import Listing, rows
from toolkit.aws.types.model import AwsType
from toolkit.aws.types.parts import ConsolePage, Cost, Delivery, Loss, ProviderFacts, SubResource, actions


def _queue_url(inputs: Inputs, location: Location) -> str | None:
    name = inputs.get("name")
    return location.queue_url(name) if name else None


TYPES: tuple[AwsType, ...] = (
    # Without MaxResults AWS lists the first thousand and no token
    AwsType(
        "aws:sqs/queue:Queue",
        import_id=_queue_url,
        listing=Listing(
            "sqs",
            "list_queues",
            "sqs:ListQueues",
            rows("QueueUrls[].{id: @, name: @}"),
            arguments={"MaxResults": 1000},
        ),
        holds_data=True,
        protect="it holds data",
        loss=Loss("data", "its messages would be lost"),
        sub_resources=(
            SubResource("policy", "aws:sqs/queuePolicy:QueuePolicy", "queueUrl"),
            SubResource("redrivePolicy", "aws:sqs/redrivePolicy:RedrivePolicy", "queueUrl"),
            SubResource("redriveAllowPolicy", "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy", "queueUrl"),
        ),
        provider=ProviderFacts(
            ("sqs/queue.go",),
            defaults={
                "delaySeconds": 0,
                "fifoQueue": False,
                "maxMessageSize": 262144,
                "messageRetentionSeconds": 345600,
                "receiveWaitTimeSeconds": 0,
                "visibilityTimeoutSeconds": 30,
            },
        ),
        reads=actions("sqs", "GetQueueAttributes GetQueueUrl ListQueueTags"),
        delivery=Delivery(
            "queues",
            "sqs/queue.go",
            create=actions("sqs", "CreateQueue TagQueue"),
            update=actions("sqs", "SetQueueAttributes TagQueue UntagQueue"),
            documented=actions("sqs", "GetQueueUrl"),
            kept="messages in it would go with it",
        ),
        console=ConsolePage("/sqs/v3/home?region={region}#/queues/{queue_url}"),
        cost=Cost("by requests", properties=("messageRetentionSeconds", "receiveWaitTimeSeconds")),
    ),
    # A setting with its owner's id: the new one is made first, and the deletion of the old one takes it away
    # (https://github.com/pulumi/pulumi-aws/issues/1923)
    AwsType(
        "aws:sqs/queuePolicy:QueuePolicy",
        import_id=joined("queueUrl"),
        loss=Loss("access", "the queue's policy may vanish, and senders would be refused"),
        reads=actions("sqs", "GetQueueAttributes"),
        delivery=Delivery(
            "queues",
            "sqs/queue_attribute_handler.go",
            create=actions("sqs", "SetQueueAttributes"),
            update=actions("sqs", "SetQueueAttributes"),
            delete=actions("sqs", "SetQueueAttributes"),
        ),
    ),
    AwsType(
        "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy",
        import_id=joined("queueUrl"),
        loss=Loss("access", "the setting may vanish"),
        reads=actions("sqs", "GetQueueAttributes"),
        delivery=Delivery(
            "queues",
            "sqs/queue_attribute_handler.go",
            create=actions("sqs", "SetQueueAttributes"),
            update=actions("sqs", "SetQueueAttributes"),
            delete=actions("sqs", "SetQueueAttributes"),
        ),
    ),
    AwsType(
        "aws:sqs/redrivePolicy:RedrivePolicy",
        import_id=joined("queueUrl"),
        loss=Loss("access", "the queue may end without dead letters"),
        reads=actions("sqs", "GetQueueAttributes"),
        delivery=Delivery(
            "queues",
            "sqs/queue_attribute_handler.go",
            create=actions("sqs", "SetQueueAttributes"),
            update=actions("sqs", "SetQueueAttributes"),
            delete=actions("sqs", "SetQueueAttributes"),
        ),
    ),
)
