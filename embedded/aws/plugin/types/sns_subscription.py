"""Subscriptions of SNS topics, of which AWS makes the ids.

The embedded AWS confirms every one at once; at AWS one by e-mail or HTTP waits until its receiver does.
"""

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.diffing import is_zero
from embedded.aws.plugin.model import Json, Model
from embedded.aws.plugin.shapes import pick
from embedded.aws.plugin.types.sns import GONE, at_home, text
from embedded.aws.plugin.values import Bag

_FIXED = {"TopicArn": "topic", "Protocol": "protocol", "Endpoint": "endpoint"}
_TEXTS = {
    "DeliveryPolicy": "deliveryPolicy",
    "FilterPolicy": "filterPolicy",
    "RedrivePolicy": "redrivePolicy",
    "SubscriptionRoleArn": "subscriptionRoleArn",
}
_SCOPE = "FilterPolicyScope"
_EVERYTHING = "{}"  # a filter that lets every message pass, and takes one away that was there


def create(aws: Aws, new: Bag) -> str:
    """Subscribe; a subscription that has yet to be confirmed has its ARN already."""
    names = {**_TEXTS, _SCOPE: "filterPolicyScope", "RawMessageDelivery": "rawMessageDelivery"}
    attributes = {api: text(new[name]) for api, name in names.items() if not is_zero(new.get(name))}
    answer = aws.client("sns").subscribe(
        **{api: new[name] for api, name in _FIXED.items()}, Attributes=attributes, ReturnSubscriptionArn=True
    )
    return str(answer["SubscriptionArn"])


def update(aws: Aws, arn: str, old: Bag, new: Bag) -> None:
    """Set the attributes that differ; a wider scope goes before its filter, a narrower one after it."""
    names = {**_TEXTS, "RawMessageDelivery": "rawMessageDelivery"}
    changed = {api: new.get(name) for api, name in names.items() if new.get(name) != old.get(name)}
    scope = new.get("filterPolicyScope")
    if scope and scope != old.get("filterPolicyScope"):
        changed = {_SCOPE: scope, **changed} if scope == "MessageBody" else {**changed, _SCOPE: scope}
    for api, value in changed.items():
        _set(aws, arn, api, value)


def _set(aws: Aws, arn: str, attribute: str, value: object) -> None:
    """Set one attribute, or take it away as SNS wants it."""
    arguments = {"AttributeValue": text(value)}
    if attribute == "FilterPolicy" and not value:
        arguments = {"AttributeValue": _EVERYTHING}
    if attribute == "RedrivePolicy" and not value:
        arguments = {}
    aws.client("sns").set_subscription_attributes(SubscriptionArn=arn, AttributeName=attribute, **arguments)


def read(aws: Aws, arn: str) -> Bag | None:
    """Return the live state of the subscription."""
    home = at_home(aws, arn)
    live = home.client("sns").get_subscription_attributes(SubscriptionArn=arn)["Attributes"]
    names = {**_FIXED, **_TEXTS, _SCOPE: "filterPolicyScope", "Owner": "ownerId", "SubscriptionArn": "arn"}
    return {
        **{name: value for name, value in pick(live, names).items() if value},
        "region": home.region,
        "rawMessageDelivery": live.get("RawMessageDelivery") == "true",
        "confirmationWasAuthenticated": live.get("ConfirmationWasAuthenticated") == "true",
        "pendingConfirmation": live.get("PendingConfirmation") == "true",
    }


def delete(aws: Aws, arn: str, _state: Bag) -> None:
    """End the subscription."""
    aws.client("sns").unsubscribe(SubscriptionArn=arn)


MODELS = {
    "aws:sns/topicSubscription:TopicSubscription": Model(
        page="sns_topic_subscription",
        create=create,
        read=read,
        update=update,
        delete=delete,
        replaces=frozenset({"endpoint", "protocol", "topic", "region"}),
        defaults={
            "confirmationTimeoutInMinutes": 1,
            "endpointAutoConfirms": False,
            "rawMessageDelivery": False,
        },
        computed=frozenset({"filterPolicyScope", "region"}),
        texts=dict.fromkeys(("deliveryPolicy", "filterPolicy", "redrivePolicy"), Json),
        unread=frozenset({"confirmationTimeoutInMinutes", "endpointAutoConfirms"}),
        refused=frozenset({"replayPolicy"}),
        missing=GONE,
        name=None,
    ),
}
