"""CloudWatch log groups, the metrics made of what is in them, and the policies of who may write there.

A metric filter's id is what it is imported by; the published provider keeps the filter's name alone in the
state, of which its group cannot be told.
"""

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.model import Model, Policy
from embedded.aws.plugin.shapes import pick
from embedded.aws.plugin.values import Bag

_GONE = frozenset({"ResourceNotFoundException"})
_DELIVERY = "DELIVERY"  # a class whose retention is AWS's
_NO_UNIT = "None"
_TRANSFORMATION = {
    "metricName": "name",
    "metricNamespace": "namespace",
    "metricValue": "value",
    "unit": "unit",
}


def same_pattern(first: str, second: str) -> bool:
    """Whether two filter patterns are one; the provider leaves spaces around it out.

    Args:
        first: A filter pattern.
        second: A filter pattern.

    Returns:
        True when they find the same events.
    """
    return first.strip() == second.strip()


def without_own_retention(bag: Bag) -> Bag:
    """A group of the delivery class without its retention, which AWS sets and a program cannot change.

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
    """The group as it is; AWS finds groups by how their names begin."""
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


def _number(value: float) -> str:
    """A number as text, as the provider writes it: whole ones without a point."""
    return str(int(value)) if float(value).is_integer() else str(value)


def _filter_of(filter_id: str) -> dict[str, str]:
    group, _, name = filter_id.partition(":")
    return {"logGroupName": group, "filterName": name}


def put_filter(aws: Aws, filter_id: str, _old: Bag, new: Bag) -> None:
    """Write the whole filter: what is left out goes."""
    transformation = new["metricTransformation"]
    request: Bag = {
        api: transformation[name] for api, name in _TRANSFORMATION.items() if transformation.get(name)
    }
    request["unit"] = transformation.get("unit") or _NO_UNIT
    if transformation.get("defaultValue"):
        request["defaultValue"] = float(transformation["defaultValue"])
    if transformation.get("dimensions"):
        request["dimensions"] = transformation["dimensions"]
    aws.client("logs").put_metric_filter(
        **_filter_of(filter_id),
        filterPattern=new["pattern"].strip(),
        metricTransformations=[request],
        **pick(new, {"applyOnTransformedLogs": "applyOnTransformedLogs"}),
    )


def create_filter(aws: Aws, new: Bag) -> str:
    """Add the filter to its group."""
    filter_id = f"{new['logGroupName']}:{new['name']}"
    put_filter(aws, filter_id, {}, new)
    return filter_id


def read_filter(aws: Aws, filter_id: str) -> Bag | None:
    """The filter as it is; AWS finds filters by how their names begin."""
    key = _filter_of(filter_id)
    pages = (
        aws.client("logs")
        .get_paginator("describe_metric_filters")
        .paginate(logGroupName=key["logGroupName"], filterNamePrefix=key["filterName"])
    )
    filters = (metric_filter for page in pages for metric_filter in page["metricFilters"])
    live = next(
        (metric_filter for metric_filter in filters if metric_filter["filterName"] == key["filterName"]), None
    )
    if live is None:
        return None
    transformation = live["metricTransformations"][0]
    default = transformation.get("defaultValue")
    return {
        "logGroupName": live["logGroupName"],
        "name": live["filterName"],
        "pattern": live.get("filterPattern", ""),
        "applyOnTransformedLogs": live.get("applyOnTransformedLogs", False),
        "metricTransformation": {
            **pick(transformation, {**_TRANSFORMATION, "dimensions": "dimensions"}),
            **({} if default is None else {"defaultValue": _number(default)}),
        },
    }


def delete_filter(aws: Aws, filter_id: str, _state: Bag) -> None:
    """Take the filter off its group."""
    aws.client("logs").delete_metric_filter(**_filter_of(filter_id))


def put_policy(aws: Aws, name: str, _old: Bag, new: Bag) -> None:
    """Write the policy."""
    aws.client("logs").put_resource_policy(policyName=name, policyDocument=new["policyDocument"])


def create_policy(aws: Aws, new: Bag) -> str:
    """Create the policy, which holds for the whole account and region."""
    put_policy(aws, new["policyName"], {}, new)
    return str(new["policyName"])


def read_policy(aws: Aws, name: str) -> Bag | None:
    """The policy as it is."""
    pages = aws.client("logs").get_paginator("describe_resource_policies").paginate()
    policies = (policy for page in pages for policy in page["resourcePolicies"])
    live = next((policy for policy in policies if policy["policyName"] == name), None)
    names = {
        "policyName": "policyName",
        "policyDocument": "policyDocument",
        "policyScope": "policyScope",
        "revisionId": "revisionId",
    }
    return None if live is None else pick(live, names)


def delete_policy(aws: Aws, name: str, _state: Bag) -> None:
    """Delete the policy."""
    aws.client("logs").delete_resource_policy(policyName=name)


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
        missing=_GONE,
        canonical=without_own_retention,
    ),
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": Model(
        page="cloudwatch_log_metric_filter",
        create=create_filter,
        read=read_filter,
        update=put_filter,
        delete=delete_filter,
        replaces=frozenset({"name", "logGroupName", "region"}),
        defaults={"metricTransformation.unit": _NO_UNIT},
        computed=frozenset({"applyOnTransformedLogs", "region"}),
        texts={"pattern": same_pattern},
        missing=_GONE,
    ),
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": Model(
        page="cloudwatch_log_resource_policy",
        create=create_policy,
        read=read_policy,
        update=put_policy,
        delete=delete_policy,
        replaces=frozenset({"policyName", "resourceArn", "region"}),
        computed=frozenset({"region"}),
        texts={"policyDocument": Policy},
        refused=frozenset({"resourceArn"}),
        missing=_GONE,
        name=None,  # which the provider never invents
    ),
}
