"""CloudTrail trails: destination, settings, and whether they log."""

from typing import Any

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.model import Model
from embedded.aws.plugin.shapes import inverse, pick, tag_list, tag_map
from embedded.aws.plugin.types.cloudtrail_selectors import put_selectors, read_selectors
from embedded.aws.plugin.values import Bag

_GONE = frozenset({"TrailNotFoundException"})
_SWITCHES = {
    "enableLogFileValidation": "EnableLogFileValidation",
    "includeGlobalServiceEvents": "IncludeGlobalServiceEvents",
    "isMultiRegionTrail": "IsMultiRegionTrail",
    "isOrganizationTrail": "IsOrganizationTrail",
}
_LOGS = {
    "cloudWatchLogsGroupArn": "CloudWatchLogsLogGroupArn",
    "cloudWatchLogsRoleArn": "CloudWatchLogsRoleArn",
}
_TEXTS = {
    "kmsKeyId": "KmsKeyId",
    "s3BucketName": "S3BucketName",
    "s3KeyPrefix": "S3KeyPrefix",
    "snsTopicName": "SnsTopicName",
    **_LOGS,
}
_LIVE = {
    **inverse(_TEXTS),
    "HomeRegion": "homeRegion",
    "IncludeGlobalServiceEvents": "includeGlobalServiceEvents",
    "IsMultiRegionTrail": "isMultiRegionTrail",
    "IsOrganizationTrail": "isOrganizationTrail",
    "LogFileValidationEnabled": "enableLogFileValidation",
    "Name": "name",
    "SnsTopicARN": "snsTopicArn",
    "TrailARN": "arn",
}


def _home(aws: Aws, arn: str) -> Any:  # noqa: ANN401 - a boto client
    """Return a client of the trail's home region, the only one that changes it."""
    return aws.in_region(arn.split(":")[3]).client("cloudtrail")


def create(aws: Aws, new: Bag) -> str:
    """Create the trail, which does not log yet; the rest follows in `settle`."""
    answer = aws.client("cloudtrail").create_trail(
        Name=new["name"],
        **{api: new[name] for name, api in _SWITCHES.items()},
        **{api: new[name] for name, api in _TEXTS.items() if new.get(name)},
        TagsList=tag_list(new.get("tagsAll") or {}),
    )
    return str(answer["TrailARN"])


def settle(aws: Aws, arn: str, old: Bag, new: Bag) -> None:
    """Start or stop logging, and put selectors where they differ."""
    client = _home(aws, arn)
    if new["enableLogging"] != old.get("enableLogging", False):
        (client.start_logging if new["enableLogging"] else client.stop_logging)(Name=arn)
    put_selectors(client, arn, old, new)
    insights = new.get("insightSelectors") or []
    if insights != (old.get("insightSelectors") or []):
        client.put_insight_selectors(
            TrailName=arn, InsightSelectors=[{"InsightType": insight["insightType"]} for insight in insights]
        )


def update(aws: Aws, arn: str, old: Bag, new: Bag) -> None:
    """Change what differs; a text that is left out is taken away, and log group and role go together."""
    changed: Bag = {api: new[name] for name, api in _SWITCHES.items() if new[name] != old.get(name)}
    texts = {name for name in _TEXTS if (new.get(name) or "") != (old.get(name) or "")}
    if texts & _LOGS.keys():
        texts |= _LOGS.keys()
    changed |= {_TEXTS[name]: new.get(name) or "" for name in texts}
    if changed:
        _home(aws, arn).update_trail(Name=arn, **changed)
    settle(aws, arn, old, new)


def _topic(live: Bag) -> str | None:
    """Return a topic of the trail's own region and account by its name, any other by its ARN."""
    arn = str(live.get("SnsTopicARN") or "")
    trail = str(live["TrailARN"]).split(":")
    return arn.rpartition(":")[2] if arn.split(":")[3:5] == trail[3:5] else arn or None


def read(aws: Aws, arn: str) -> Bag | None:
    """Return the live state of the trail."""
    client = _home(aws, arn)
    live: Bag | None = next(iter(client.describe_trails(trailNameList=[arn])["trailList"]), None)
    if live is None:
        return None
    tagged = client.list_tags(ResourceIdList=[arn])["ResourceTagList"]
    return {
        **{name: value for name, value in pick(live, _LIVE).items() if value != ""},
        **read_selectors(client, live),
        "snsTopicName": _topic(live),
        "region": live["HomeRegion"],
        "enableLogging": client.get_trail_status(Name=arn)["IsLogging"],
        "tags": tag_map(tag for resource in tagged for tag in resource["TagsList"]),
    }


def delete(aws: Aws, arn: str, _state: Bag) -> None:
    """Delete the trail; what it delivered stays."""
    _home(aws, arn).delete_trail(Name=arn)


def retag(aws: Aws, arn: str, _state: Bag, new_tags: dict[str, str], removed_keys: list[str]) -> None:
    """Change the trail's tags."""
    client = _home(aws, arn)
    if removed_keys:
        client.remove_tags(ResourceId=arn, TagsList=[{"Key": key} for key in removed_keys])
    if new_tags:
        client.add_tags(ResourceId=arn, TagsList=tag_list(new_tags))


MODELS = {
    "aws:cloudtrail/trail:Trail": Model(
        page="cloudtrail",
        create=create,
        settle=settle,
        read=read,
        update=update,
        delete=delete,
        retag=retag,
        replaces=frozenset({"name", "region"}),
        defaults={
            "enableLogFileValidation": False,
            "enableLogging": True,
            "includeGlobalServiceEvents": True,
            "isMultiRegionTrail": False,
            "isOrganizationTrail": False,
            "eventSelectors.includeManagementEvents": True,
            "eventSelectors.readWriteType": "All",
        },
        computed=frozenset({"region"}),
        sets={
            "advancedEventSelectors.fieldSelectors": "field",
            "eventSelectors.excludeManagementEventSources": "",
            "insightSelectors": "insightType",
        },
        missing=_GONE,
    ),
}
