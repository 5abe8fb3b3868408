"""Cost anomaly detection: monitors, and who is told of what they find."""

import json
from collections.abc import Mapping
from typing import Any

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.errors import RefusedError
from embedded.aws.plugin.model import Json, Model
from embedded.aws.plugin.shapes import pick, tag_list, tag_map
from embedded.aws.plugin.types.cost_expressions import ANOMALY, expand, flatten, in_order
from embedded.aws.plugin.values import Bag

_NO_MONITOR = frozenset({"UnknownMonitorException"})
_NO_SUBSCRIPTION = _NO_MONITOR | {"ResourceNotFoundException", "UnknownSubscriptionException"}
_MONITOR = {
    "MonitorArn": "arn",
    "MonitorDimension": "monitorDimension",
    "MonitorName": "name",
    "MonitorType": "monitorType",
}
_SUBSCRIPTION = {
    "AccountId": "accountId",
    "Frequency": "frequency",
    "MonitorArnList": "monitorArnLists",
    "SubscriptionArn": "arn",
    "SubscriptionName": "name",
}
_SUBSCRIBER = {"Address": "address", "Type": "type"}
_EXPRESSION = ("And", "CostCategories", "Dimensions", "Not", "Or", "Tags")
_VALUES = ("Key", "MatchOptions", "Values")
_NEEDS = {"DIMENSIONAL": "monitorDimension", "CUSTOM": "monitorSpecification"}


def _whole(live: Mapping[str, Any] | None) -> Bag | None:
    """Return an expression with nulls for absent parts, as the provider writes it."""
    if live is None:
        return None
    expression: Bag = dict.fromkeys(_EXPRESSION)
    for name in live.keys() & {"CostCategories", "Dimensions", "Tags"}:
        expression[name] = {part: live[name].get(part) for part in _VALUES}
    for name in live.keys() & {"And", "Or"}:
        expression[name] = [_whole(part) for part in live[name]]
    return {**expression, "Not": _whole(live.get("Not"))}


def _given(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return a value without its nulls, which AWS does not take."""
    if isinstance(value, dict):
        return {name: _given(item) for name, item in value.items() if item is not None}  # pyright: ignore[reportUnknownVariableType] - any JSON value
    return [_given(item) for item in value] if isinstance(value, list) else value  # pyright: ignore[reportUnknownVariableType] - as above


def create_monitor(aws: Aws, new: Bag) -> str:
    """Create the monitor.

    Raises:
        RefusedError: What its type needs is missing, as the provider refuses it.
    """
    needed = _NEEDS[new["monitorType"]]
    if not new.get(needed):
        raise RefusedError(f"If Monitor Type is {new['monitorType']}, {needed} is required")
    monitor: Bag = {"MonitorName": new["name"], "MonitorType": new["monitorType"]}
    if needed == "monitorDimension":
        monitor["MonitorDimension"] = new[needed]
    else:
        monitor["MonitorSpecification"] = _given(json.loads(new[needed]))
    return str(aws.client("ce").create_anomaly_monitor(AnomalyMonitor=monitor, **_tagged(new))["MonitorArn"])


def _tagged(new: Bag) -> Bag:
    return {"ResourceTags": tag_list(new["tagsAll"])} if new.get("tagsAll") else {}


def _tags(aws: Aws, arn: str) -> dict[str, str]:
    return tag_map(aws.client("ce").list_tags_for_resource(ResourceArn=arn)["ResourceTags"])


def read_monitor(aws: Aws, arn: str) -> Bag | None:
    """Return the live state of the monitor."""
    answer = aws.client("ce").get_anomaly_monitors(MonitorArnList=[arn])
    live: Bag | None = next(iter(answer["AnomalyMonitors"]), None)
    if live is None:
        return None
    expression = _whole(live.get("MonitorSpecification"))
    specification = json.dumps(expression, sort_keys=True, separators=(",", ":")) if expression else None
    return {**pick(live, _MONITOR), "monitorSpecification": specification, "tags": _tags(aws, arn)}


def rename_monitor(aws: Aws, arn: str, old: Bag, new: Bag) -> None:
    """Rename the monitor; nothing else of it can change."""
    if new["name"] != old.get("name"):
        aws.client("ce").update_anomaly_monitor(MonitorArn=arn, MonitorName=new["name"])


def delete_monitor(aws: Aws, arn: str, _state: Bag) -> None:
    """Delete the monitor."""
    aws.client("ce").delete_anomaly_monitor(MonitorArn=arn)


def retag(aws: Aws, arn: str, _state: Bag, new_tags: dict[str, str], removed_keys: list[str]) -> None:
    """Change the tags of a monitor or subscription."""
    if removed_keys:
        aws.client("ce").untag_resource(ResourceArn=arn, ResourceTagKeys=removed_keys)
    if new_tags:
        aws.client("ce").tag_resource(ResourceArn=arn, ResourceTags=tag_list(new_tags))


def _subscription(new: Bag) -> Bag:
    """Return the changeable part of a subscription, in the form of the API."""
    subscription: Bag = {
        "Frequency": new["frequency"],
        "MonitorArnList": new["monitorArnLists"],
        "Subscribers": [
            {"Address": subscriber["address"], "Type": subscriber["type"]}
            for subscriber in new["subscribers"]
        ],
    }
    if new.get("thresholdExpression"):
        subscription["ThresholdExpression"] = expand(new["thresholdExpression"], ANOMALY)
    return subscription


def create_subscription(aws: Aws, new: Bag) -> str:
    """Create the subscription."""
    owner = {"AccountId": new["accountId"]} if new.get("accountId") else {}
    subscription = {**_subscription(new), **owner, "SubscriptionName": new["name"]}
    answer = aws.client("ce").create_anomaly_subscription(AnomalySubscription=subscription, **_tagged(new))
    return str(answer["SubscriptionArn"])


def read_subscription(aws: Aws, arn: str) -> Bag | None:
    """Return the live state of the subscription."""
    answer = aws.client("ce").get_anomaly_subscriptions(SubscriptionArnList=[arn])
    live: Bag | None = next(iter(answer["AnomalySubscriptions"]), None)
    if live is None:
        return None
    threshold = live.get("ThresholdExpression")
    return {
        **pick(live, _SUBSCRIPTION),
        "subscribers": [pick(subscriber, _SUBSCRIBER) for subscriber in live["Subscribers"]],
        "thresholdExpression": flatten(threshold, ANOMALY) if threshold else None,
        "tags": _tags(aws, arn),
    }


def update_subscription(aws: Aws, arn: str, old: Bag, new: Bag) -> None:
    """Change what differs."""
    current, desired = _subscription(old), _subscription(new)
    changed = {name: value for name, value in desired.items() if current.get(name) != value}
    if changed:
        aws.client("ce").update_anomaly_subscription(SubscriptionArn=arn, **changed)


def delete_subscription(aws: Aws, arn: str, _state: Bag) -> None:
    """Delete the subscription."""
    aws.client("ce").delete_anomaly_subscription(SubscriptionArn=arn)


def canonical(bag: Bag) -> Bag:
    """Return a subscription with the lists of its threshold sorted.

    Args:
        bag: Inputs or state.

    Returns:
        The bag with its threshold's lists sorted, which are sets.
    """
    threshold = bag.get("thresholdExpression")
    return {**bag, "thresholdExpression": in_order(threshold)} if threshold else bag


MODELS = {
    "aws:costexplorer/anomalyMonitor:AnomalyMonitor": Model(
        page="ce_anomaly_monitor",
        create=create_monitor,
        read=read_monitor,
        update=rename_monitor,
        delete=delete_monitor,
        retag=retag,
        replaces=frozenset({"monitorDimension", "monitorSpecification", "monitorType"}),
        texts={"monitorSpecification": Json},
        missing=_NO_MONITOR,
    ),
    "aws:costexplorer/anomalySubscription:AnomalySubscription": Model(
        page="ce_anomaly_subscription",
        create=create_subscription,
        read=read_subscription,
        update=update_subscription,
        delete=delete_subscription,
        retag=retag,
        replaces=frozenset({"accountId", "name"}),
        computed=frozenset({"accountId", "thresholdExpression"}),
        sets={"subscribers": "address"},
        missing=_NO_SUBSCRIPTION,
        canonical=canonical,
    ),
}
