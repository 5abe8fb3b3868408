"""A DynamoDB table's parts, from properties to the request that AWS wants and from its answer back."""

from typing import Any

from embedded.aws.plugin.shapes import pick
from embedded.aws.plugin.values import Bag

_KEY_TYPES = {"HASH": "hashKey", "RANGE": "rangeKey"}
_ENCRYPTED = ("ENABLED", "ENABLING", "UPDATING")


def key_schema(bag: Bag) -> list[dict[str, str]]:
    """Return a key schema in the form of the API."""
    if bag.get("keySchemas"):
        return [{"AttributeName": k["attributeName"], "KeyType": k["keyType"]} for k in bag["keySchemas"]]
    attributes = {kind: bag.get(name) for kind, name in _KEY_TYPES.items()}
    return [{"AttributeName": str(name), "KeyType": kind} for kind, name in attributes.items() if name]


def named_keys(schema: list[dict[str, str]]) -> Bag:
    """Return a key schema as properties."""
    return {_KEY_TYPES[key["KeyType"]]: key["AttributeName"] for key in schema}


def throughput(bag: Bag, *, provisioned: bool) -> Bag:
    """Return the capacity of a table or an index; there is none when it is billed per request."""
    if not provisioned:
        return {}
    units = {
        "ReadCapacityUnits": bag.get("readCapacity") or 1,
        "WriteCapacityUnits": bag.get("writeCapacity") or 1,
    }
    return {"ProvisionedThroughput": units}


def global_index(index: Bag, *, provisioned: bool) -> Bag:
    """Return a global secondary index in the form of the API."""
    projection: Bag = {"ProjectionType": index["projectionType"]}
    if index.get("nonKeyAttributes"):
        projection["NonKeyAttributes"] = index["nonKeyAttributes"]
    request: Bag = {"IndexName": index["name"], "KeySchema": key_schema(index), "Projection": projection}
    return {**request, **throughput(index, provisioned=provisioned)}


def local_index(index: Bag, hash_key: str) -> Bag:
    """Return a local secondary index in the form of the API; it shares the table's partition key."""
    request = global_index({**index, "hashKey": hash_key}, provisioned=False)
    return {name: request[name] for name in ("IndexName", "KeySchema", "Projection")}


def encryption(bag: Bag) -> Bag:
    """Server-side encryption as AWS wants it; switched off means the key that AWS owns."""
    if not bag.get("enabled"):
        return {"Enabled": False}
    key = {"KMSMasterKeyId": bag["kmsKeyArn"]} if bag.get("kmsKeyArn") else {}
    return {"Enabled": True, "SSEType": "KMS", **key}


def stream(bag: Bag) -> Bag:
    """Return a stream's settings in the form of the API."""
    view = {"StreamViewType": bag["streamViewType"]} if bag.get("streamEnabled") else {}
    return {"StreamEnabled": bool(bag.get("streamEnabled")), **view}


def attributes(bag: Bag) -> list[dict[str, str]]:
    """Attribute definitions as AWS wants them."""
    return [{"AttributeName": a["name"], "AttributeType": a["type"]} for a in bag.get("attributes") or []]


def capacity(described: Bag) -> Bag:
    """Return the provisioned capacity of a table or an index; zero when it is billed per request."""
    throughput: Bag = described.get("ProvisionedThroughput") or {}
    return {
        "readCapacity": throughput.get("ReadCapacityUnits", 0),
        "writeCapacity": throughput.get("WriteCapacityUnits", 0),
    }


def _projection(described: Bag) -> Bag:
    """Return the projection of an index."""
    return pick(
        described["Projection"], {"ProjectionType": "projectionType", "NonKeyAttributes": "nonKeyAttributes"}
    )


def read_index(described: Bag) -> Bag:
    """Return a global secondary index, with its keys in both forms that a program may use."""
    keys = [{"attributeName": k["AttributeName"], "keyType": k["KeyType"]} for k in described["KeySchema"]]
    key_attributes = named_keys(described["KeySchema"])
    return {
        "name": described["IndexName"],
        **key_attributes,
        "keySchemas": keys,
        **_projection(described),
        **capacity(described),
    }


def read_local(described: Bag) -> Bag:
    """Return a local secondary index."""
    sort_key = named_keys(described["KeySchema"])["rangeKey"]
    return {"name": described["IndexName"], "rangeKey": sort_key, **_projection(described)}


def read_encryption(described: Bag) -> Bag | None:
    """Server-side encryption with a KMS key; none means the key that AWS owns."""
    if described.get("Status") not in _ENCRYPTED:
        return None
    return {"enabled": True, **pick(described, {"KMSMasterKeyArn": "kmsKeyArn"})}


def read_recovery(described: Bag) -> Bag:
    """Point-in-time recovery."""
    enabled = described.get("PointInTimeRecoveryStatus") == "ENABLED"
    return {"enabled": enabled, **pick(described, {"RecoveryPeriodInDays": "recoveryPeriodInDays"})}


def read_expiry(described: Bag) -> Bag:
    """Time to live."""
    enabled = described.get("TimeToLiveStatus") in ("ENABLED", "ENABLING")
    return {"enabled": enabled, **pick(described, {"AttributeName": "attributeName"})}


def index_changes(old: Bag, new: Bag, *, provisioned: bool) -> list[Bag]:
    """Return the index changes from old to new; an index whose keys or projection change is recreated."""
    before = {i["name"]: global_index(i, provisioned=False) for i in old.get("globalSecondaryIndexes") or []}
    after = {i["name"]: i for i in new.get("globalSecondaryIndexes") or []}
    same = {
        name for name, index in after.items() if before.get(name) == global_index(index, provisioned=False)
    }
    drops = [{"Delete": {"IndexName": name}} for name in before if name not in same]
    adds = [
        {"Create": global_index(i, provisioned=provisioned)} for name, i in after.items() if name not in same
    ]
    return [*drops, *adds]


def canonical(bag: Bag) -> Bag:
    """Return an index's keys in one form: `hashKey` and `rangeKey` instead of `keySchemas`."""
    indexes: Any = bag.get("globalSecondaryIndexes")
    if not isinstance(indexes, list):
        return bag
    plain = [
        {
            **{k: v for k, v in index.items() if k != "keySchemas"},
            **named_keys(key_schema(index)),
        }
        for index in indexes
    ]
    return {**bag, "globalSecondaryIndexes": plain}
