"""EventBridge rules and their targets.

A target's id is what it is imported by; the published provider keeps `RULE-TARGET` in the state instead, of
which rule and target cannot be told apart again.
"""

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.errors import RefusedError
from embedded.aws.plugin.model import Json, Model
from embedded.aws.plugin.shapes import pick, tag_list, tag_map
from embedded.aws.plugin.values import Bag

_GONE = frozenset({"ResourceNotFoundException"})
_DEFAULT_BUS = "default"
_RULE = {
    "Description": "description",
    "EventPattern": "eventPattern",
    "RoleArn": "roleArn",
    "ScheduleExpression": "scheduleExpression",
    "State": "state",
}
_TARGET = {"Arn": "arn", "Input": "input", "InputPath": "inputPath", "RoleArn": "roleArn"}
_OTHER_TARGETS = frozenset(
    {
        "appsyncTarget",
        "batchTarget",
        "ecsTarget",
        "httpTarget",
        "inputTransformer",
        "kinesisTarget",
        "redshiftTarget",
        "runCommandTargets",
        "sagemakerPipelineTarget",
    }
)


def _on_bus(bus: str, *parts: str) -> str:
    """An id, which leaves the default bus out."""
    return "/".join(parts if bus == _DEFAULT_BUS else (bus, *parts))


def _rule_of(rule_id: str) -> tuple[str, str]:
    """Bus and name; a bus can be an ARN or a partner's, both with slashes."""
    bus, _, name = rule_id.rpartition("/")
    return bus or _DEFAULT_BUS, name


def put_rule(aws: Aws, name: str, new: Bag) -> None:
    """Write the whole rule: what is left out goes."""
    settings = {key: new[prop] for key, prop in _RULE.items() if new.get(prop)}
    aws.client("events").put_rule(Name=name, EventBusName=new["eventBusName"], **settings)


def create_rule(aws: Aws, new: Bag) -> str:
    """Create the rule with its tags."""
    put_rule(aws, new["name"], new)
    rule_id = _on_bus(new["eventBusName"], new["name"])
    if new.get("tagsAll"):
        retag_rule(aws, rule_id, {}, new["tagsAll"], [])
    return rule_id


def update_rule(aws: Aws, rule_id: str, _old: Bag, new: Bag) -> None:
    """Write the rule again."""
    put_rule(aws, _rule_of(rule_id)[1], new)


def _described(aws: Aws, rule_id: str) -> Bag:
    bus, name = _rule_of(rule_id)
    rule: Bag = aws.client("events").describe_rule(Name=name, EventBusName=bus)
    return rule


def read_rule(aws: Aws, rule_id: str) -> Bag | None:
    """The rule as it is."""
    live = _described(aws, rule_id)
    tagged = aws.client("events").list_tags_for_resource(ResourceARN=live["Arn"]).get("Tags") or []
    bus, name = _rule_of(rule_id)
    return {
        **pick(live, _RULE),
        "name": name,
        "eventBusName": bus,
        "arn": live["Arn"],
        "forceDestroy": False,
        "tags": tag_map(tagged),
    }


def delete_rule(aws: Aws, rule_id: str, _state: Bag) -> None:
    """Delete the rule; AWS refuses while it has targets."""
    bus, name = _rule_of(rule_id)
    aws.client("events").delete_rule(Name=name, EventBusName=bus)


def retag_rule(
    aws: Aws, rule_id: str, _state: Bag, new_tags: dict[str, str], removed_keys: list[str]
) -> None:
    """Change the rule's tags."""
    arn = _described(aws, rule_id)["Arn"]
    if removed_keys:
        aws.client("events").untag_resource(ResourceARN=arn, TagKeys=removed_keys)
    if new_tags:
        aws.client("events").tag_resource(ResourceARN=arn, Tags=tag_list(new_tags))


def _target_of(target_id: str) -> tuple[str, str, str]:
    rule_id, _, name = target_id.rpartition("/")
    return (*_rule_of(rule_id), name)


def put_target(aws: Aws, bus: str, rule: str, name: str, new: Bag) -> None:
    """Write the target.

    Raises:
        RefusedError: AWS took the call and refused the target.
    """
    target = {"Id": name, **{key: new[prop] for key, prop in _TARGET.items() if new.get(prop)}}
    group = (new.get("sqsTarget") or {}).get("messageGroupId")
    dead = (new.get("deadLetterConfig") or {}).get("arn")
    retries = new.get("retryPolicy") or {}
    if group:
        target["SqsParameters"] = {"MessageGroupId": group}
    if dead:
        target["DeadLetterConfig"] = {"Arn": dead}
    if retries:
        target["RetryPolicy"] = {
            "MaximumEventAgeInSeconds": retries.get("maximumEventAgeInSeconds", 86400),
            "MaximumRetryAttempts": retries.get("maximumRetryAttempts", 185),
        }
    answer = aws.client("events").put_targets(Rule=rule, EventBusName=bus, Targets=[target])
    for failed in answer.get("FailedEntries") or []:
        raise RefusedError(f"PutTargets: {failed.get('ErrorCode')}: {failed.get('ErrorMessage')}")


def create_target(aws: Aws, new: Bag) -> str:
    """Add the target to its rule."""
    bus, rule, name = new["eventBusName"], new["rule"], new["targetId"]
    put_target(aws, bus, rule, name, new)
    return _on_bus(bus, rule, name)


def update_target(aws: Aws, target_id: str, _old: Bag, new: Bag) -> None:
    """Write the target again."""
    put_target(aws, *_target_of(target_id), new)


def read_target(aws: Aws, target_id: str) -> Bag | None:
    """The target as it is."""
    bus, rule, name = _target_of(target_id)
    pages = aws.client("events").get_paginator("list_targets_by_rule").paginate(Rule=rule, EventBusName=bus)
    live = next((target for page in pages for target in page["Targets"] if target["Id"] == name), None)
    if live is None:
        return None
    retries = live.get("RetryPolicy") or {}
    return {
        **pick(live, _TARGET),
        "eventBusName": bus,
        "rule": rule,
        "targetId": name,
        "forceDestroy": False,
        "sqsTarget": {"messageGroupId": live["SqsParameters"]["MessageGroupId"]}
        if live.get("SqsParameters")
        else None,
        "deadLetterConfig": {"arn": live["DeadLetterConfig"]["Arn"]}
        if live.get("DeadLetterConfig")
        else None,
        "retryPolicy": {
            "maximumEventAgeInSeconds": retries["MaximumEventAgeInSeconds"],
            "maximumRetryAttempts": retries["MaximumRetryAttempts"],
        }
        if retries
        else None,
    }


def delete_target(aws: Aws, target_id: str, _state: Bag) -> None:
    """Take the target off its rule."""
    bus, rule, name = _target_of(target_id)
    aws.client("events").remove_targets(Rule=rule, EventBusName=bus, Ids=[name])


MODELS = {
    "aws:cloudwatch/eventRule:EventRule": Model(
        page="cloudwatch_event_rule",
        create=create_rule,
        read=read_rule,
        update=update_rule,
        delete=delete_rule,
        retag=retag_rule,
        replaces=frozenset({"name", "namePrefix", "eventBusName", "region"}),
        defaults={"eventBusName": _DEFAULT_BUS, "forceDestroy": False},
        computed=frozenset({"region", "name", "namePrefix", "state"}),
        texts={"eventPattern": Json},
        unread=frozenset({"forceDestroy"}),
        refused=frozenset({"isEnabled"}),
        missing=_GONE,
    ),
    "aws:cloudwatch/eventTarget:EventTarget": Model(
        page="cloudwatch_event_target",
        create=create_target,
        read=read_target,
        update=update_target,
        delete=delete_target,
        replaces=frozenset({"rule", "eventBusName", "targetId", "region"}),
        defaults={"eventBusName": _DEFAULT_BUS, "forceDestroy": False},
        computed=frozenset({"region", "targetId"}),
        unread=frozenset({"forceDestroy"}),
        refused=_OTHER_TARGETS,
        missing=_GONE,
        name="targetId",
    ),
}
