"""DynamoDB tables."""

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.model import Model
from embedded.aws.plugin.shapes import pick, tag_list, tag_map
from embedded.aws.plugin.types import dynamodb_shapes as shapes
from embedded.aws.plugin.values import Bag

EXPIRY = {"enabled": "enabled", "attributeName": "attributeName"}


def create(aws: Aws, new: Bag) -> str:
    """Create the table; recovery and time to live follow in `settle`."""
    provisioned = new["billingMode"] == "PROVISIONED"
    request: Bag = {
        "TableName": new["name"],
        "KeySchema": shapes.key_schema(new),
        "AttributeDefinitions": shapes.attributes(new),
        "BillingMode": new["billingMode"],
        "TableClass": new["tableClass"],
        "DeletionProtectionEnabled": new["deletionProtectionEnabled"],
        **shapes.throughput(new, provisioned=provisioned),
    }
    if new.get("localSecondaryIndexes"):
        request["LocalSecondaryIndexes"] = [
            shapes.local_index(i, new["hashKey"]) for i in new["localSecondaryIndexes"]
        ]
    if new.get("globalSecondaryIndexes"):
        request["GlobalSecondaryIndexes"] = [
            shapes.global_index(i, provisioned=provisioned) for i in new["globalSecondaryIndexes"]
        ]
    if new.get("serverSideEncryption"):
        request["SSESpecification"] = shapes.encryption(new["serverSideEncryption"])
    if new.get("streamEnabled"):
        request["StreamSpecification"] = shapes.stream(new)
    if new.get("tagsAll"):
        request["Tags"] = tag_list(new["tagsAll"])
    aws.client("dynamodb").create_table(**request)
    return str(new["name"])


def settle(aws: Aws, name: str, old: Bag, new: Bag) -> None:
    """Point-in-time recovery and time to live, which are calls of their own."""
    client = aws.client("dynamodb")
    recovery = new.get("pointInTimeRecovery")
    if recovery is not None and recovery != old.get("pointInTimeRecovery"):
        setting: Bag = {"PointInTimeRecoveryEnabled": bool(recovery.get("enabled"))}
        if recovery.get("enabled") and recovery.get("recoveryPeriodInDays"):
            setting["RecoveryPeriodInDays"] = recovery["recoveryPeriodInDays"]
        client.update_continuous_backups(TableName=name, PointInTimeRecoverySpecification=setting)
    expiry, former = new.get("ttl"), old.get("ttl") or {}
    if expiry and pick(expiry, EXPIRY) != pick(former, EXPIRY):
        setting = {"Enabled": bool(expiry.get("enabled")), "AttributeName": expiry.get("attributeName")}
        client.update_time_to_live(TableName=name, TimeToLiveSpecification=setting)


def update(aws: Aws, name: str, old: Bag, new: Bag) -> None:
    """Change the table; AWS takes one index change per call, and most settings in one call."""
    client = aws.client("dynamodb")
    provisioned = new["billingMode"] == "PROVISIONED"
    request: Bag = {}
    for source, target in (
        ("billingMode", "BillingMode"),
        ("tableClass", "TableClass"),
        ("deletionProtectionEnabled", "DeletionProtectionEnabled"),
    ):
        if new.get(source) != old.get(source):
            request[target] = new[source]
    capacity = {key: new.get(key) or old.get(key) for key in ("readCapacity", "writeCapacity")}
    if provisioned and ("BillingMode" in request or capacity != {key: old.get(key) for key in capacity}):
        request |= {"BillingMode": new["billingMode"], **shapes.throughput(capacity, provisioned=True)}
    if (
        new.get("serverSideEncryption", {}) != old.get("serverSideEncryption", {})
        and "serverSideEncryption" in new
    ):
        request["SSESpecification"] = shapes.encryption(new["serverSideEncryption"])
    if shapes.stream(new) != shapes.stream(old):
        request["StreamSpecification"] = shapes.stream(new)
    if request:
        client.update_table(TableName=name, **request)
    for change in shapes.index_changes(old, new, provisioned=provisioned):
        client.update_table(
            TableName=name, AttributeDefinitions=shapes.attributes(new), GlobalSecondaryIndexUpdates=[change]
        )
    settle(aws, name, old, new)


def read(aws: Aws, name: str) -> Bag | None:
    """Return the live state of the table."""
    client = aws.client("dynamodb")
    table = client.describe_table(TableName=name)["Table"]
    backups = client.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    expiry = client.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    tags = [
        tag
        for page in client.get_paginator("list_tags_of_resource").paginate(ResourceArn=table["TableArn"])
        for tag in page["Tags"]
    ]
    billing = table.get("BillingModeSummary", {}).get("BillingMode", "PROVISIONED")
    stream = table.get("StreamSpecification") or {}
    return {
        **pick(table, {"TableArn": "arn", "TableName": "name", "LatestStreamArn": "streamArn"}),
        **pick(table, {"LatestStreamLabel": "streamLabel"}),
        **shapes.named_keys(table["KeySchema"]),
        "attributes": [
            {"name": a["AttributeName"], "type": a["AttributeType"]} for a in table["AttributeDefinitions"]
        ],
        "billingMode": billing,
        "tableClass": (table.get("TableClassSummary") or {}).get("TableClass", "STANDARD"),
        "deletionProtectionEnabled": bool(table.get("DeletionProtectionEnabled")),
        **shapes.capacity(table),
        "globalSecondaryIndexes": [shapes.read_index(i) for i in table.get("GlobalSecondaryIndexes") or []]
        or None,
        "localSecondaryIndexes": [shapes.read_local(i) for i in table.get("LocalSecondaryIndexes") or []]
        or None,
        "serverSideEncryption": shapes.read_encryption(table.get("SSEDescription") or {}),
        "streamEnabled": bool(stream.get("StreamEnabled")),
        "streamViewType": stream.get("StreamViewType"),
        "pointInTimeRecovery": shapes.read_recovery(backups.get("PointInTimeRecoveryDescription") or {}),
        "ttl": shapes.read_expiry(expiry),
        "tags": tag_map(tags),
    }


def delete(aws: Aws, name: str, _state: Bag) -> None:
    """Delete the table; AWS refuses while deletion protection is on."""
    aws.client("dynamodb").delete_table(TableName=name)


def retag(aws: Aws, _name: str, state: Bag, new_tags: dict[str, str], removed_keys: list[str]) -> None:
    """Change the table's tags."""
    client = aws.client("dynamodb")
    if removed_keys:
        client.untag_resource(ResourceArn=state["arn"], TagKeys=removed_keys)
    if new_tags:
        client.tag_resource(ResourceArn=state["arn"], Tags=tag_list(new_tags))


MODELS = {
    "aws:dynamodb/table:Table": Model(
        page="dynamodb_table",
        create=create,
        settle=settle,
        read=read,
        update=update,
        delete=delete,
        retag=retag,
        canonical=shapes.canonical,
        replaces=frozenset(
            {
                "name",
                "hashKey",
                "rangeKey",
                "region",
                "localSecondaryIndexes",
                "importTable",
                "restoreSourceName",
                "restoreSourceTableArn",
                "restoreToLatestTime",
                "restoreDateTime",
                "restoreBackupArn",
            }
        ),
        defaults={"billingMode": "PROVISIONED", "deletionProtectionEnabled": False, "tableClass": "STANDARD"},
        computed=frozenset(
            {
                "attributes",
                "hashKey",
                "region",
                "pointInTimeRecovery",
                "pointInTimeRecovery.recoveryPeriodInDays",
                "serverSideEncryption",
                "serverSideEncryption.kmsKeyArn",
                "streamViewType",
                "ttl",
                "readCapacity",
                "writeCapacity",
                "onDemandThroughput",
                "warmThroughput",
                "globalSecondaryIndexes.readCapacity",
                "globalSecondaryIndexes.writeCapacity",
                "globalSecondaryIndexes.onDemandThroughput",
                "globalSecondaryIndexes.warmThroughput",
            }
        ),
        sets={
            "attributes": "name",
            "globalSecondaryIndexes": "name",
            "localSecondaryIndexes": "name",
            "globalSecondaryIndexes.nonKeyAttributes": "",
        },
        # The provider knows attributes by their names alone: https://github.com/pulumi/pulumi-aws/issues/1057
        texts={"attributes.type": lambda _first, _second: True},
        missing=frozenset({"ResourceNotFoundException"}),
    )
}
