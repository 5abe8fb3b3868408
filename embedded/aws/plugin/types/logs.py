"""CloudWatch log groups."""

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.model import Model
from embedded.aws.plugin.shapes import pick
from embedded.aws.plugin.values import Bag

GONE = frozenset({"ResourceNotFoundException"})
_DELIVERY = "DELIVERY"  # a class whose retention is AWS's


def without_own_retention(bag: Bag) -> Bag:
    """Return a group without the retention that AWS sets for the delivery class.

    Args:
        bag: Inputs or state of a group.

    Returns:
        The bag as it is compared.
    """
    if bag.get("logGroupClass") != _DELIVERY:
        return bag
    return {name: value for name, value in bag.items() if name != "retentionInDays"}


def create(aws: Aws, new: Bag) -> str:
    """Create the group; its retention follows in `settle`."""
    names = {
        "logGroupClass": "logGroupClass",
        "kmsKeyId": "kmsKeyId",
        "deletionProtectionEnabled": "deletionProtectionEnabled",
    }
    tags = {"tags": new["tagsAll"]} if new.get("tagsAll") else {}
    aws.client("logs").create_log_group(logGroupName=new["name"], **pick(new, names), **tags)
    return str(new["name"])


def settle(aws: Aws, name: str, old: Bag, new: Bag) -> None:
    """Set how long events are kept; no number means forever."""
    days, current = (without_own_retention(bag).get("retentionInDays") or 0 for bag in (new, old))
    if days and days != current:
        aws.client("logs").put_retention_policy(logGroupName=name, retentionInDays=days)
    if current and not days:
        aws.client("logs").delete_retention_policy(logGroupName=name)


def update(aws: Aws, name: str, old: Bag, new: Bag) -> None:
    """Change retention, key and protection; a protection that is left out stays as it is."""
    client = aws.client("logs")
    settle(aws, name, old, new)
    key, current = new.get("kmsKeyId"), old.get("kmsKeyId")
    if key and key != current:
        client.associate_kms_key(logGroupName=name, kmsKeyId=key)
    if current and not key:
        client.disassociate_kms_key(logGroupName=name)
    protected = new.get("deletionProtectionEnabled")
    if protected is not None and protected != old.get("deletionProtectionEnabled", False):
        client.put_log_group_deletion_protection(
            logGroupIdentifier=old["arn"], deletionProtectionEnabled=protected
        )


def read(aws: Aws, name: str) -> Bag | None:
    """Return the live state of the group; AWS searches groups by prefix."""
    client = aws.client("logs")
    pages = client.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=name)
    live = next(
        (group for page in pages for group in page["logGroups"] if group["logGroupName"] == name), None
    )
    if live is None:
        return None
    names = {
        "logGroupName": "name",
        "logGroupClass": "logGroupClass",
        "kmsKeyId": "kmsKeyId",
        "deletionProtectionEnabled": "deletionProtectionEnabled",
    }
    arn = str(live["arn"]).removesuffix(":*")
    return {
        **pick(live, names),
        "arn": arn,
        "retentionInDays": live.get("retentionInDays", 0),
        "skipDestroy": False,
        "tags": client.list_tags_for_resource(resourceArn=arn).get("tags") or {},
    }


def delete(aws: Aws, name: str, state: Bag) -> None:
    """Delete the group with its events, unless it is to stay in AWS."""
    if not state.get("skipDestroy"):
        aws.client("logs").delete_log_group(logGroupName=name)


def retag(aws: Aws, _name: str, state: Bag, new_tags: dict[str, str], removed_keys: list[str]) -> None:
    """Change the group's tags."""
    if removed_keys:
        aws.client("logs").untag_resource(resourceArn=state["arn"], tagKeys=removed_keys)
    if new_tags:
        aws.client("logs").tag_resource(resourceArn=state["arn"], tags=new_tags)


MODELS = {
    "aws:cloudwatch/logGroup:LogGroup": Model(
        page="cloudwatch_log_group",
        create=create,
        settle=settle,
        read=read,
        update=update,
        delete=delete,
        retag=retag,
        replaces=frozenset({"name", "namePrefix", "logGroupClass", "region"}),
        defaults={"retentionInDays": 0, "skipDestroy": False},
        computed=frozenset({"name", "namePrefix", "logGroupClass", "deletionProtectionEnabled", "region"}),
        unread=frozenset({"skipDestroy"}),
        missing=GONE,
        canonical=without_own_retention,
    ),
}
