"""Types of SNS."""

from toolkit.aws.types.import_ids import arn, joined
from toolkit.aws.types.listing import Listing, rows
from toolkit.aws.types.model import AwsType
from toolkit.aws.types.parts import ConsolePage, Delivery, Loss, ProviderFacts, SubResource, Unread, actions

TYPES: tuple[AwsType, ...] = (
    AwsType(
        "aws:sns/topic:Topic",
        import_id=arn("sns"),
        listing=Listing(
            "sns",
            "list_topics",
            "sns:ListTopics",
            rows("Topics[].{id: TopicArn, name: TopicArn}"),
        ),
        loss=Loss("id", "its subscriptions would be lost"),
        sub_resources=(SubResource("policy", "aws:sns/topicPolicy:TopicPolicy", "arn"),),
        reads=actions("sns", "GetTopicAttributes ListTagsForResource"),
        delivery=Delivery(
            "topic",
            "sns/topic.go",
            create=actions("sns", "CreateTopic SetTopicAttributes TagResource"),
            update=actions("sns", "SetTopicAttributes TagResource UntagResource"),
            delete=actions("sns", "DeleteTopic"),
        ),
        console=ConsolePage("/sns/v3/home?region={region}#/topic/{arn}", arn=("sns", "{name}")),
    ),
    # A setting with its owner's id: the new one is made first, and the deletion of the old one takes it away
    # (https://github.com/pulumi/pulumi-aws/issues/1923)
    AwsType(
        "aws:sns/topicPolicy:TopicPolicy",
        import_id=joined("arn"),
        loss=Loss("access", "the topic's policy may vanish, and publishers would be refused"),
        reads=actions("sns", "GetTopicAttributes"),
        delivery=Delivery(
            "topic",
            "sns/topic_policy.go",
            create=actions("sns", "SetTopicAttributes"),
            update=actions("sns", "SetTopicAttributes"),
            delete=actions("sns", "SetTopicAttributes"),
        ),
    ),
    # A subscription that waits for its confirmation has no ARN yet, and cannot be imported
    AwsType(
        "aws:sns/topicSubscription:TopicSubscription",
        listing=Listing(
            "sns",
            "list_subscriptions",
            "sns:ListSubscriptions",
            rows(
                "Subscriptions[?starts_with(SubscriptionArn, 'arn:')].{id: SubscriptionArn, "
                "name: SubscriptionArn, topic: TopicArn, protocol: Protocol, endpoint: Endpoint}"
            ),
            match=("topic", "protocol", "endpoint"),
        ),
        loss=Loss("id", "messages in between would not be delivered, and an address must confirm again"),
        provider=ProviderFacts(
            ("https://github.com/pulumi/pulumi-aws/issues/5241",),
            defaults={"confirmationTimeoutInMinutes": 1},
            unread={
                "confirmationTimeoutInMinutes": Unread(sent=False, filled=True),
                "endpointAutoConfirms": Unread(sent=False),
            },
        ),
        reads=actions("sns", "GetSubscriptionAttributes"),
        delivery=Delivery(
            "topic",
            "sns/topic_subscription.go",
            create=actions("sns", "Subscribe"),
            update=actions("sns", "SetSubscriptionAttributes"),
            delete=actions("sns", "Unsubscribe"),
            documented=actions("sns", "SetSubscriptionAttributes"),
        ),
    ),
)
