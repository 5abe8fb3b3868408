"""The lifecycle rules of an S3 bucket."""

from embedded.aws.plugin.shapes import inverse, pick, tag_list, tag_map
from embedded.aws.plugin.types.s3_setting import S3Client, setting
from embedded.aws.plugin.values import Bag

_SIZES = {"objectSizeGreaterThan": "ObjectSizeGreaterThan", "objectSizeLessThan": "ObjectSizeLessThan"}
_PLAIN_FILTER = {"prefix": "Prefix", **_SIZES}
_EXPIRATION = {"days": "Days", "expiredObjectDeleteMarker": "ExpiredObjectDeleteMarker", "date": "Date"}
_TRANSITION = {"days": "Days", "date": "Date", "storageClass": "StorageClass"}
_NONCURRENT = {
    "noncurrentDays": "NoncurrentDays",
    "newerNoncurrentVersions": "NewerNoncurrentVersions",
    "storageClass": "StorageClass",
}
_ABORT = {"daysAfterInitiation": "DaysAfterInitiation"}


def _filter(condition: Bag) -> Bag:
    """Return a rule's filter in the form of the API; an empty prefix means every object."""
    if condition.get("and"):
        several = condition["and"]
        tags = {"Tags": tag_list(several["tags"])} if several.get("tags") else {}
        return {"And": {**pick(several, _PLAIN_FILTER), **tags}}
    if condition.get("tag"):
        return {"Tag": {"Key": condition["tag"]["key"], "Value": condition["tag"]["value"]}}
    return pick(condition, _PLAIN_FILTER) or {"Prefix": ""}


def _read_filter(live: Bag) -> Bag:
    """Return a rule's filter as it is."""
    names = inverse(_PLAIN_FILTER)
    if live.get("And"):
        several = live["And"]
        tags = {"tags": tag_map(several["Tags"])} if several.get("Tags") else {}
        return {"and": {**pick(several, names), **tags}}
    if live.get("Tag"):
        return {"tag": {"key": live["Tag"]["Key"], "value": live["Tag"]["Value"]}}
    return pick(live, names)


def _rule(inputs: Bag) -> Bag:
    """Return a rule in the form of the API."""
    rule: Bag = {"ID": inputs["id"], "Status": inputs["status"]}
    if inputs.get("prefix"):
        rule["Prefix"] = inputs["prefix"]
    else:
        rule["Filter"] = _filter(inputs.get("filter") or {})
    for name, attribute, names in (
        ("expiration", "Expiration", _EXPIRATION),
        ("noncurrentVersionExpiration", "NoncurrentVersionExpiration", _NONCURRENT),
        ("abortIncompleteMultipartUpload", "AbortIncompleteMultipartUpload", _ABORT),
    ):
        if inputs.get(name):
            rule[attribute] = pick(inputs[name], names)
    if inputs.get("transitions"):
        rule["Transitions"] = [pick(item, _TRANSITION) for item in inputs["transitions"]]
    if inputs.get("noncurrentVersionTransitions"):
        items = inputs["noncurrentVersionTransitions"]
        rule["NoncurrentVersionTransitions"] = [pick(item, _NONCURRENT) for item in items]
    return rule


def _read_rule(live: Bag) -> Bag:
    """Return a rule as it is."""
    rule: Bag = {"id": live["ID"], "status": live["Status"], **pick(live, {"Prefix": "prefix"})}
    if "Filter" in live:
        rule["filter"] = _read_filter(live["Filter"])
    for name, attribute, names in (
        ("expiration", "Expiration", _EXPIRATION),
        ("noncurrentVersionExpiration", "NoncurrentVersionExpiration", _NONCURRENT),
        ("abortIncompleteMultipartUpload", "AbortIncompleteMultipartUpload", _ABORT),
    ):
        if live.get(attribute):
            rule[name] = _dated(pick(live[attribute], inverse(names)))
    if live.get("Transitions"):
        rule["transitions"] = [_dated(pick(item, inverse(_TRANSITION))) for item in live["Transitions"]]
    if live.get("NoncurrentVersionTransitions"):
        items = live["NoncurrentVersionTransitions"]
        rule["noncurrentVersionTransitions"] = [pick(item, inverse(_NONCURRENT)) for item in items]
    return rule


def _dated(bag: Bag) -> Bag:
    """Return a bag whose date is text, as a program writes it."""
    return {**bag, "date": bag["date"].strftime("%Y-%m-%dT%H:%M:%SZ")} if "date" in bag else bag


def _put(client: S3Client, bucket: str, new: Bag) -> None:
    """Put all rules at once."""
    rules = [_rule(rule) for rule in new.get("rules") or []]
    client.put_bucket_lifecycle_configuration(
        Bucket=bucket,
        LifecycleConfiguration={"Rules": rules},
        **pick(new, {"transitionDefaultMinimumObjectSize": "TransitionDefaultMinimumObjectSize"}),
    )


def _get(client: S3Client, bucket: str) -> Bag:
    """Return all rules as they are."""
    live = client.get_bucket_lifecycle_configuration(Bucket=bucket)
    names = {"TransitionDefaultMinimumObjectSize": "transitionDefaultMinimumObjectSize"}
    return {"rules": [_read_rule(rule) for rule in live["Rules"]], **pick(live, names)}


MODELS = {
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": setting(
        "s3_bucket_lifecycle_configuration",
        _put,
        _get,
        lambda client, bucket: client.delete_bucket_lifecycle(Bucket=bucket),
        missing="NoSuchLifecycleConfiguration",
        computed=frozenset({"transitionDefaultMinimumObjectSize"}),
        sets={"rules.transitions": "storageClass", "rules.noncurrentVersionTransitions": "storageClass"},
        unread=frozenset({"timeouts"}),
    ),
}
