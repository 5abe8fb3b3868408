"""Policies of SNS topics, as resources of their own."""

import json

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.model import Model, Policy
from embedded.aws.plugin.shapes import pick
from embedded.aws.plugin.types.sns import GONE, at_home
from embedded.aws.plugin.values import Bag


def put_policy(aws: Aws, arn: str, _old: Bag, new: Bag) -> None:
    """Set the policy of the topic."""
    json.loads(new["policy"])
    aws.client("sns").set_topic_attributes(TopicArn=arn, AttributeName="Policy", AttributeValue=new["policy"])


def create_policy(aws: Aws, new: Bag) -> str:
    """Set the policy in place of the one that the topic has from its beginning."""
    put_policy(aws, new["arn"], {}, new)
    return str(new["arn"])


def read_policy(aws: Aws, arn: str) -> Bag | None:
    """Return the live state of the policy; every topic has one."""
    home = at_home(aws, arn)
    live = home.client("sns").get_topic_attributes(TopicArn=arn)["Attributes"]
    names = {"TopicArn": "arn", "Owner": "owner", "Policy": "policy"}
    return {**pick(live, names), "region": home.region}


def delete_policy(aws: Aws, arn: str, state: Bag) -> None:
    """Restore the topic's default policy, since AWS cannot remove a policy."""
    actions = (
        "GetTopicAttributes SetTopicAttributes AddPermission RemovePermission DeleteTopic Subscribe "
        "ListSubscriptionsByTopic Publish Receive"
    )
    statement = {
        "Sid": "__default_statement_ID",
        "Effect": "Allow",
        "Principal": {"AWS": "*"},
        "Action": [f"SNS:{action}" for action in actions.split()],
        "Resource": arn,
        "Condition": {"StringEquals": {"AWS:SourceOwner": state["owner"]}},
    }
    default = {"Version": "2008-10-17", "Id": "__default_policy_ID", "Statement": [statement]}
    put_policy(aws, arn, {}, {"policy": json.dumps(default)})


MODELS = {
    "aws:sns/topicPolicy:TopicPolicy": Model(
        page="sns_topic_policy",
        create=create_policy,
        read=read_policy,
        update=put_policy,
        delete=delete_policy,
        replaces=frozenset({"arn", "region"}),
        computed=frozenset({"region"}),
        texts={"policy": Policy},
        missing=GONE,
        name=None,
    ),
}
