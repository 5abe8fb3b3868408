"""Targets of EventBridge rules.

A target's id is its import id; the published provider keeps `RULE-TARGET` in the state instead, which
cannot be split into rule and target again.
"""

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.errors import RefusedError
from embedded.aws.plugin.model import Model
from embedded.aws.plugin.shapes import pick
from embedded.aws.plugin.types.events import DEFAULT_BUS, GONE, bus_and_name, id_on_bus
from embedded.aws.plugin.values import Bag

_TARGET = {"Arn": "arn", "Input": "input", "InputPath": "inputPath", "RoleArn": "roleArn"}


_UNMODELLED_TARGETS = frozenset(
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


def _target_of(target_id: str) -> tuple[str, str, str]:
    rule_id, _, name = target_id.rpartition("/")
    return (*bus_and_name(rule_id), name)


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
    return id_on_bus(bus, rule, name)


def update_target(aws: Aws, target_id: str, _old: Bag, new: Bag) -> None:
    """Write the target again."""
    put_target(aws, *_target_of(target_id), new)


def read_target(aws: Aws, target_id: str) -> Bag | None:
    """Return the live state of the target."""
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
    "aws:cloudwatch/eventTarget:EventTarget": Model(
        page="cloudwatch_event_target",
        create=create_target,
        read=read_target,
        update=update_target,
        delete=delete_target,
        replaces=frozenset({"rule", "eventBusName", "targetId", "region"}),
        defaults={"eventBusName": DEFAULT_BUS, "forceDestroy": False},
        computed=frozenset({"region", "targetId"}),
        unread=frozenset({"forceDestroy"}),
        refused=_UNMODELLED_TARGETS,
        missing=GONE,
        name="targetId",
    ),
}
