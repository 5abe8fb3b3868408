"""DynamoDB tables."""

from typing import Any

from embedded.aws.clients import Aws
from embedded.aws.model import Model
from embedded.aws.shapes import pick, tag_list, tag_map
from embedded.aws.values import Bag

_KEY_TYPES = {"HASH": "hashKey", "RANGE": "rangeKey"}
_ENCRYPTED = ("ENABLED", "ENABLING", "UPDATING")


def _keys(bag: Bag) -> list[dict[str, str]]:
    """A key schema as AWS wants it."""
    if bag.get("keySchemas"):
        return [{"AttributeName": k["attributeName"], "KeyType": k["keyType"]} for k in bag["keySchemas"]]
    named = {kind: bag.get(name) for kind, name in _KEY_TYPES.items()}
    return [{"AttributeName": str(name), "KeyType": kind} for kind, name in named.items() if name]


def _named_keys(schema: list[dict[str, str]]) -> Bag:
    """A key schema as properties."""
    return {_KEY_TYPES[key["KeyType"]]: key["AttributeName"] for key in schema}


def _throughput(bag: Bag, *, provisioned: bool) -> Bag:
    """The capacity of a table or an index; there is none when it is billed per request."""
    if not provisioned:
        return {}
    units = {
        "ReadCapacityUnits": bag.get("readCapacity") or 1,
        "WriteCapacityUnits": bag.get("writeCapacity") or 1,
    }
    return {"ProvisionedThroughput": units}


def _index(index: Bag, *, provisioned: bool) -> Bag:
    """A global secondary index as AWS wants it."""
    projection: Bag = {"ProjectionType": index["projectionType"]}
    if index.get("nonKeyAttributes"):
        projection["NonKeyAttributes"] = index["nonKeyAttributes"]
    request: Bag = {"IndexName": index["name"], "KeySchema": _keys(index), "Projection": projection}
    return {**request, **_throughput(index, provisioned=provisioned)}


def _local_index(index: Bag, hash_key: str) -> Bag:
    """A local secondary index as AWS wants it; it shares the table's partition key."""
    request = _index({**index, "hashKey": hash_key}, provisioned=False)
    return {name: request[name] for name in ("IndexName", "KeySchema", "Projection")}


def _encryption(bag: Bag) -> Bag:
    """Server-side encryption as AWS wants it; switched off means the key that AWS owns."""
    if not bag.get("enabled"):
        return {"Enabled": False}
    key = {"KMSMasterKeyId": bag["kmsKeyArn"]} if bag.get("kmsKeyArn") else {}
    return {"Enabled": True, "SSEType": "KMS", **key}


def _stream(bag: Bag) -> Bag:
    """A stream's settings as AWS wants them."""
    view = {"StreamViewType": bag["streamViewType"]} if bag.get("streamEnabled") else {}
    return {"StreamEnabled": bool(bag.get("streamEnabled")), **view}


def create(aws: Aws, new: Bag) -> str:
    """Create the table; recovery and time to live follow in `settle`."""
    provisioned = new["billingMode"] == "PROVISIONED"
    request: Bag = {
        "TableName": new["name"],
        "KeySchema": _keys(new),
        "AttributeDefinitions": _attributes(new),
        "BillingMode": new["billingMode"],
        "TableClass": new["tableClass"],
        "DeletionProtectionEnabled": new["deletionProtectionEnabled"],
        **_throughput(new, provisioned=provisioned),
    }
    if new.get("localSecondaryIndexes"):
        request["LocalSecondaryIndexes"] = [
            _local_index(i, new["hashKey"]) for i in new["localSecondaryIndexes"]
        ]
    if new.get("globalSecondaryIndexes"):
        request["GlobalSecondaryIndexes"] = [
            _index(i, provisioned=provisioned) for i in new["globalSecondaryIndexes"]
        ]
    if new.get("serverSideEncryption"):
        request["SSESpecification"] = _encryption(new["serverSideEncryption"])
    if new.get("streamEnabled"):
        request["StreamSpecification"] = _stream(new)
    if new.get("tagsAll"):
        request["Tags"] = tag_list(new["tagsAll"])
    aws.client("dynamodb").create_table(**request)
    return str(new["name"])


def _attributes(bag: Bag) -> list[dict[str, str]]:
    """Attribute definitions as AWS wants them."""
    return [{"AttributeName": a["name"], "AttributeType": a["type"]} for a in bag.get("attributes") or []]


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
    if expiry and bool(expiry.get("enabled")) != bool(former.get("enabled")):
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
        request |= {"BillingMode": new["billingMode"], **_throughput(capacity, provisioned=True)}
    if (
        new.get("serverSideEncryption", {}) != old.get("serverSideEncryption", {})
        and "serverSideEncryption" in new
    ):
        request["SSESpecification"] = _encryption(new["serverSideEncryption"])
    if _stream(new) != _stream(old):
        request["StreamSpecification"] = _stream(new)
    if request:
        client.update_table(TableName=name, **request)
    for change in _index_changes(old, new, provisioned=provisioned):
        client.update_table(
            TableName=name, AttributeDefinitions=_attributes(new), GlobalSecondaryIndexUpdates=[change]
        )
    settle(aws, name, old, new)


def _index_changes(old: Bag, new: Bag, *, provisioned: bool) -> list[Bag]:
    """The index changes from old to new; an index whose keys or projection change is made again."""
    before = {i["name"]: _index(i, provisioned=False) for i in old.get("globalSecondaryIndexes") or []}
    after = {i["name"]: i for i in new.get("globalSecondaryIndexes") or []}
    same = {name for name, index in after.items() if before.get(name) == _index(index, provisioned=False)}
    drops = [{"Delete": {"IndexName": name}} for name in before if name not in same]
    adds = [{"Create": _index(i, provisioned=provisioned)} for name, i in after.items() if name not in same]
    return [*drops, *adds]


def read(aws: Aws, name: str) -> Bag | None:
    """The table as it is."""
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
        **_named_keys(table["KeySchema"]),
        "attributes": [
            {"name": a["AttributeName"], "type": a["AttributeType"]} for a in table["AttributeDefinitions"]
        ],
        "billingMode": billing,
        "tableClass": (table.get("TableClassSummary") or {}).get("TableClass", "STANDARD"),
        "deletionProtectionEnabled": bool(table.get("DeletionProtectionEnabled")),
        **_capacity(table),
        "globalSecondaryIndexes": [_read_index(i) for i in table.get("GlobalSecondaryIndexes") or []] or None,
        "localSecondaryIndexes": [_read_local(i) for i in table.get("LocalSecondaryIndexes") or []] or None,
        "serverSideEncryption": _read_encryption(table.get("SSEDescription") or {}),
        "streamEnabled": bool(stream.get("StreamEnabled")),
        "streamViewType": stream.get("StreamViewType"),
        "pointInTimeRecovery": _read_recovery(backups.get("PointInTimeRecoveryDescription") or {}),
        "ttl": _read_expiry(expiry),
        "tags": tag_map(tags),
    }


def _capacity(described: Bag) -> Bag:
    """The provisioned capacity of a table or an index; zero when it is billed per request."""
    throughput: Bag = described.get("ProvisionedThroughput") or {}
    return {
        "readCapacity": throughput.get("ReadCapacityUnits", 0),
        "writeCapacity": throughput.get("WriteCapacityUnits", 0),
    }


def _projection(described: Bag) -> Bag:
    """What an index holds beside its keys."""
    return pick(
        described["Projection"], {"ProjectionType": "projectionType", "NonKeyAttributes": "nonKeyAttributes"}
    )


def _read_index(described: Bag) -> Bag:
    """A global secondary index, with its keys in both forms that a program may use."""
    keys = [{"attributeName": k["AttributeName"], "keyType": k["KeyType"]} for k in described["KeySchema"]]
    named = _named_keys(described["KeySchema"])
    return {
        "name": described["IndexName"],
        **named,
        "keySchemas": keys,
        **_projection(described),
        **_capacity(described),
    }


def _read_local(described: Bag) -> Bag:
    """A local secondary index."""
    sort_key = _named_keys(described["KeySchema"])["rangeKey"]
    return {"name": described["IndexName"], "rangeKey": sort_key, **_projection(described)}


def _read_encryption(described: Bag) -> Bag | None:
    """Server-side encryption with a KMS key; none means the key that AWS owns."""
    if described.get("Status") not in _ENCRYPTED:
        return None
    return {"enabled": True, **pick(described, {"KMSMasterKeyArn": "kmsKeyArn"})}


def _read_recovery(described: Bag) -> Bag:
    """Point-in-time recovery."""
    enabled = described.get("PointInTimeRecoveryStatus") == "ENABLED"
    return {"enabled": enabled, **pick(described, {"RecoveryPeriodInDays": "recoveryPeriodInDays"})}


def _read_expiry(described: Bag) -> Bag:
    """Time to live."""
    enabled = described.get("TimeToLiveStatus") in ("ENABLED", "ENABLING")
    return {"enabled": enabled, **pick(described, {"AttributeName": "attributeName"})}


def delete(aws: Aws, name: str, _state: Bag) -> None:
    """Delete the table; AWS refuses while deletion protection is on."""
    aws.client("dynamodb").delete_table(TableName=name)


def retag(aws: Aws, _name: str, state: Bag, put: dict[str, str], drop: list[str]) -> None:
    """Change the table's tags."""
    client = aws.client("dynamodb")
    if drop:
        client.untag_resource(ResourceArn=state["arn"], TagKeys=drop)
    if put:
        client.tag_resource(ResourceArn=state["arn"], Tags=tag_list(put))


def canonical(bag: Bag) -> Bag:
    """An index's keys in one form: `hashKey` and `rangeKey`, also where the program wrote `keySchemas`."""
    indexes: Any = bag.get("globalSecondaryIndexes")
    if not isinstance(indexes, list):
        return bag
    plain = [
        {**{k: v for k, v in index.items() if k != "keySchemas"}, **_named_keys(_keys(index))}
        for index in indexes
    ]
    return {**bag, "globalSecondaryIndexes": plain}


MODELS = {
    "aws:dynamodb/table:Table": Model(
        page="dynamodb_table",
        create=create,
        settle=settle,
        read=read,
        update=update,
        delete=delete,
        retag=retag,
        canonical=canonical,
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
        missing=frozenset({"ResourceNotFoundException"}),
    )
}
