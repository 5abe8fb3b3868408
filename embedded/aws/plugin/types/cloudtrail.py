"""CloudTrail trails: what they record, and where it goes."""

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.model import Model
from embedded.aws.plugin.shapes import inverse, pick, tag_list, tag_map
from embedded.aws.plugin.values import Bag

_MADE = {
    "s3BucketName": "S3BucketName",
    "s3KeyPrefix": "S3KeyPrefix",
    "snsTopicName": "SnsTopicName",
    "includeGlobalServiceEvents": "IncludeGlobalServiceEvents",
    "isMultiRegionTrail": "IsMultiRegionTrail",
    "enableLogFileValidation": "EnableLogFileValidation",
    "cloudWatchLogsGroupArn": "CloudWatchLogsLogGroupArn",
    "cloudWatchLogsRoleArn": "CloudWatchLogsRoleArn",
    "kmsKeyId": "KmsKeyId",
    "isOrganizationTrail": "IsOrganizationTrail",
}
"""By input: the parameter of CreateTrail and UpdateTrail."""
_READ = {
    **inverse(_MADE),
    "LogFileValidationEnabled": "enableLogFileValidation",
    "HomeRegion": "homeRegion",
    "SnsTopicARN": "snsTopicArn",
    "TrailARN": "arn",
    "Name": "name",
}
_FIELDS = {
    "field": "Field",
    "equals": "Equals",
    "startsWiths": "StartsWith",
    "endsWiths": "EndsWith",
    "notEquals": "NotEquals",
    "notStartsWiths": "NotStartsWith",
    "notEndsWiths": "NotEndsWith",
}
_DEFAULTS = {"readWriteType": "All", "includeManagementEvents": True}


def _select(aws: Aws, arn: str, new: Bag) -> None:
    """Say which events are recorded."""
    plain = [
        {
            "ReadWriteType": one.get("readWriteType", "All"),
            "IncludeManagementEvents": one.get("includeManagementEvents", True),
            "ExcludeManagementEventSources": one.get("excludeManagementEventSources") or [],
            "DataResources": [
                {"Type": data["type"], "Values": data["values"]} for data in one.get("dataResources") or []
            ],
        }
        for one in new.get("eventSelectors") or []
    ]
    advanced = [
        {
            **({"Name": one["name"]} if one.get("name") else {}),
            "FieldSelectors": [pick(field, _FIELDS) for field in one["fieldSelectors"]],
        }
        for one in new.get("advancedEventSelectors") or []
    ]
    chosen: Bag = {"AdvancedEventSelectors": advanced} if advanced else {"EventSelectors": plain}
    if not plain and not advanced:  # what a trail without selectors records
        chosen = {"EventSelectors": [{"ReadWriteType": "All", "IncludeManagementEvents": True}]}
    aws.client("cloudtrail").put_event_selectors(TrailName=arn, **chosen)


def _log(aws: Aws, arn: str, *, on: bool) -> None:
    client = aws.client("cloudtrail")
    (client.start_logging if on else client.stop_logging)(Name=arn)


def create(aws: Aws, new: Bag) -> str:
    """Create the trail; AWS makes it silent."""
    given = {parameter: new[name] for name, parameter in _MADE.items() if new.get(name) not in (None, "")}
    made = aws.client("cloudtrail").create_trail(
        Name=new["name"], TagsList=tag_list(new.get("tagsAll") or {}), **given
    )
    return str(made["TrailARN"])


def settle(aws: Aws, arn: str, _old: Bag, new: Bag) -> None:
    """Let it record, and say what."""
    if new.get("enableLogging", True):
        _log(aws, arn, on=True)
    if new.get("eventSelectors") or new.get("advancedEventSelectors"):
        _select(aws, arn, new)
    if new.get("insightSelectors"):
        _watch(aws, arn, new)


def _watch(aws: Aws, arn: str, new: Bag) -> None:
    wanted = [{"InsightType": one["insightType"]} for one in new.get("insightSelectors") or []]
    aws.client("cloudtrail").put_insight_selectors(TrailName=arn, InsightSelectors=wanted)


def update(aws: Aws, arn: str, old: Bag, new: Bag) -> None:
    """Change what differs; what the program no longer gives goes back to nothing."""
    changed = {
        parameter: new.get(name, "")
        for name, parameter in _MADE.items()
        if new.get(name, "") != old.get(name, "")
    }
    if changed:
        aws.client("cloudtrail").update_trail(Name=arn, **changed)
    if any(new.get(name) != old.get(name) for name in ("eventSelectors", "advancedEventSelectors")):
        _select(aws, arn, new)
    if new.get("insightSelectors") != old.get("insightSelectors"):
        _watch(aws, arn, new)
    if new.get("enableLogging") != old.get("enableLogging"):
        _log(aws, arn, on=bool(new.get("enableLogging")))


def read(aws: Aws, arn: str) -> Bag | None:
    """The trail as it is."""
    client = aws.client("cloudtrail")
    trails = client.describe_trails(trailNameList=[arn])["trailList"]
    live = next((one for one in trails if one["TrailARN"] == arn), None)
    if live is None:
        return None
    tagged = client.list_tags(ResourceIdList=[live["TrailARN"]])["ResourceTagList"]
    found: Bag = {
        **{name: live[member] for member, name in _READ.items() if live.get(member) not in (None, "")},
        "id": live["TrailARN"],
        "enableLogging": bool(client.get_trail_status(Name=arn)["IsLogging"]),
        "tags": tag_map(tagged[0]["TagsList"] if tagged else []),
    }
    if live.get("HasCustomEventSelectors"):
        found |= _selected(client.get_event_selectors(TrailName=arn))
    if live.get("HasInsightSelectors"):
        insights = client.get_insight_selectors(TrailName=arn)["InsightSelectors"]
        found["insightSelectors"] = [{"insightType": one["InsightType"]} for one in insights]
    return found


def _selected(live: Bag) -> Bag:
    """Event selectors in the program's form."""
    plain = [
        {
            "readWriteType": one["ReadWriteType"],
            "includeManagementEvents": one["IncludeManagementEvents"],
            **(
                {"excludeManagementEventSources": one["ExcludeManagementEventSources"]}
                if one.get("ExcludeManagementEventSources")
                else {}
            ),
            **(
                {
                    "dataResources": [
                        {"type": data["Type"], "values": data["Values"]} for data in one["DataResources"]
                    ]
                }
                if one.get("DataResources")
                else {}
            ),
        }
        for one in live.get("EventSelectors") or []
    ]
    advanced = [
        {
            **({"name": one["Name"]} if one.get("Name") else {}),
            "fieldSelectors": [pick(field, inverse(_FIELDS)) for field in one["FieldSelectors"]],
        }
        for one in live.get("AdvancedEventSelectors") or []
    ]
    return {"eventSelectors": plain or None, "advancedEventSelectors": advanced or None}


def delete(aws: Aws, arn: str, _state: Bag) -> None:
    """Delete the trail; what it recorded stays."""
    # AWS takes the ARN as well; moto does nothing with one
    aws.client("cloudtrail").delete_trail(Name=arn.rpartition("/")[2])


def retag(aws: Aws, arn: str, _state: Bag, put: dict[str, str], drop: list[str]) -> None:
    """Change the trail's tags."""
    client = aws.client("cloudtrail")
    if drop:
        client.remove_tags(ResourceId=arn, TagsList=[{"Key": key} for key in drop])
    if put:
        client.add_tags(ResourceId=arn, TagsList=tag_list(put))


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
            **{f"eventSelectors.{name}": value for name, value in _DEFAULTS.items()},
        },
        computed=frozenset({"region"}),
        sets={"advancedEventSelectors.fieldSelectors": "field", "insightSelectors": "insightType"},
        missing=frozenset({"TrailNotFoundException"}),
    ),
}
