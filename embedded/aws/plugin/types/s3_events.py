"""What an S3 bucket tells of: notifications of new objects, and request metrics."""

from typing import Any

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.model import Model
from embedded.aws.plugin.shapes import tag_list, tag_map
from embedded.aws.plugin.types.s3 import GONE
from embedded.aws.plugin.types.s3_setting import S3Client, setting
from embedded.aws.plugin.values import Bag

_TARGETS = {
    "lambdaFunctions": ("LambdaFunctionConfigurations", "lambdaFunctionArn", "LambdaFunctionArn", "lambda"),
    "queues": ("QueueConfigurations", "queueArn", "QueueArn", "queue"),
    "topics": ("TopicConfigurations", "topicArn", "TopicArn", "topic"),
}
"""By property: the API's list, property and member that name the target, what invented ids have."""
_FILTERS = {"filterPrefix": "prefix", "filterSuffix": "suffix"}


def _one(notification: Bag, number: int, names: tuple[str, str, str, str]) -> Bag:
    _, target, member, kind = names
    rules = [
        {"Name": rule, "Value": notification[name]}
        for name, rule in _FILTERS.items()
        if notification.get(name)
    ]
    request: Bag = {
        "Id": notification.get("id") or f"tf-s3-{kind}-{number}",
        member: notification[target],
        "Events": notification["events"],
    }
    return {**request, "Filter": {"Key": {"FilterRules": rules}}} if rules else request


def _put_notification(client: S3Client, bucket: str, new: Bag) -> None:
    """Put the whole configuration; what the program leaves out is removed."""
    configuration: Bag = {"EventBridgeConfiguration": {}} if new.get("eventbridge") else {}
    for name, names in _TARGETS.items():
        notifications = new.get(name) or []
        if notifications:
            configuration[names[0]] = [
                _one(notification, number, names) for number, notification in enumerate(notifications)
            ]
    client.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=configuration)


def _get_notification(client: S3Client, bucket: str) -> Bag:
    """Return the live state of the configuration; a bucket without one has an empty one."""
    live = client.get_bucket_notification_configuration(Bucket=bucket)
    notifications: Bag = {"eventbridge": "EventBridgeConfiguration" in live}
    for name, (listed, target, member, _) in _TARGETS.items():
        if live.get(listed):
            notifications[name] = [_read_one(notification, target, member) for notification in live[listed]]
    return notifications


def _read_one(live: Bag, target: str, member: str) -> Bag:
    rules = {
        rule["Name"].lower(): rule["Value"]
        for rule in ((live.get("Filter") or {}).get("Key") or {}).get("FilterRules") or []
    }
    filters = {name: rules[rule] for name, rule in _FILTERS.items() if rule in rules}
    return {"id": live["Id"], target: live[member], "events": live["Events"], **filters}


def _filter(condition: Bag) -> Bag:
    """Return a filter in the form of the API, which depends on the number of conditions."""
    parts: Bag = {
        **({"AccessPointArn": condition["accessPoint"]} if condition.get("accessPoint") else {}),
        **({"Prefix": condition["prefix"]} if condition.get("prefix") else {}),
    }
    tags = tag_list(condition.get("tags") or {})
    if len(parts) + len(tags) == 1:
        return {**parts, **({"Tag": tags[0]} if tags else {})}
    return {"And": {**parts, **({"Tags": tags} if tags else {})}}


def _read_filter(live: Bag) -> Bag:
    inside = live.get("And") or live
    tags = inside.get("Tags") or ([inside["Tag"]] if inside.get("Tag") else [])
    return {
        **({"accessPoint": inside["AccessPointArn"]} if inside.get("AccessPointArn") else {}),
        **({"prefix": inside["Prefix"]} if inside.get("Prefix") else {}),
        **({"tags": tag_map(tags)} if tags else {}),
    }


def _put_metric(aws: Aws, metric_id: str, _old: Bag, new: Bag) -> None:
    bucket, _, name = metric_id.partition(":")
    configuration: Bag = {"Id": name}
    if new.get("filter"):
        configuration["Filter"] = _filter(new["filter"])
    aws.client("s3").put_bucket_metrics_configuration(
        Bucket=bucket, Id=name, MetricsConfiguration=configuration
    )


def _create_metric(aws: Aws, new: Bag) -> str:
    metric_id = f"{new['bucket']}:{new['name']}"
    _put_metric(aws, metric_id, {}, new)
    return metric_id


def _read_metric(aws: Aws, metric_id: str) -> Bag | None:
    bucket, _, name = metric_id.partition(":")
    live: Any = aws.client("s3").get_bucket_metrics_configuration(Bucket=bucket, Id=name)
    condition = live["MetricsConfiguration"].get("Filter")
    return {"bucket": bucket, "name": name, "filter": _read_filter(condition) if condition else None}


def _delete_metric(aws: Aws, metric_id: str, _state: Bag) -> None:
    bucket, _, name = metric_id.partition(":")
    aws.client("s3").delete_bucket_metrics_configuration(Bucket=bucket, Id=name)


MODELS = {
    "aws:s3/bucketNotification:BucketNotification": setting(
        "s3_bucket_notification",
        _put_notification,
        _get_notification,
        lambda client, bucket: _put_notification(client, bucket, {}),
        owner=False,
        computed=frozenset({f"{name}.id" for name in _TARGETS}),
        sets={f"{name}.events": "" for name in _TARGETS},
        defaults={"eventbridge": False},
    ),
    "aws:s3/bucketMetric:BucketMetric": Model(
        page="s3_bucket_metric",
        create=_create_metric,
        read=_read_metric,
        update=_put_metric,
        delete=_delete_metric,
        replaces=frozenset({"bucket", "name", "region"}),
        computed=frozenset({"region"}),
        missing=GONE | {"NoSuchConfiguration"},
    ),
}
