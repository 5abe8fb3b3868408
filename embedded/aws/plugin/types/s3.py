"""S3 buckets; their settings are resources of their own, in `s3_settings` and `s3_lifecycle`."""

from collections.abc import Callable
from typing import Any

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.model import Model
from embedded.aws.plugin.shapes import tag_list, tag_map
from embedded.aws.plugin.values import Bag

GONE = frozenset({"NoSuchBucket", "404"})
_NAME_LENGTH = 63
_BATCH = 1000  # objects per delete call

_INLINE = frozenset(
    {
        "accelerationStatus",
        "acl",
        "corsRules",
        "grants",
        "lifecycleRules",
        "logging",
        "objectLockConfiguration",
        "policy",
        "replicationConfiguration",
        "requestPayer",
        "serverSideEncryptionConfiguration",
        "versioning",
        "website",
    }
)


def bucket_name(name: str, _inputs: Bag) -> str:
    """Return a bucket's invented name: lower case, and no longer than S3 allows.

    Args:
        name: The name made from the resource's own name.
        _inputs: The bucket's inputs.

    Returns:
        The name.
    """
    return name.lower()[-_NAME_LENGTH:]


def create(aws: Aws, new: Bag) -> str:
    """Create the bucket; tags follow in `settle`."""
    location = (
        {} if aws.region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": aws.region}}
    )
    lock = {"ObjectLockEnabledForBucket": True} if new.get("objectLockEnabled") else {}
    aws.client("s3").create_bucket(Bucket=new["bucket"], **location, **lock)
    return str(new["bucket"])


def settle(aws: Aws, bucket: str, _old: Bag, new: Bag) -> None:
    """Set the tags, which have a call of their own."""
    if new.get("tagsAll"):
        aws.client("s3").put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": tag_list(new["tagsAll"])})


def read(aws: Aws, bucket: str) -> Bag | None:
    """Return the live state of the bucket."""
    client = aws.client("s3")
    region = client.head_bucket(Bucket=bucket)["BucketRegion"]
    return {
        "bucket": bucket,
        "arn": f"arn:{aws.partition}:s3:::{bucket}",
        "bucketDomainName": f"{bucket}.s3.{aws.dns_suffix}",
        "bucketRegion": region,
        "bucketRegionalDomainName": f"{bucket}.s3.{region}.{aws.dns_suffix}",
        "objectLockEnabled": _locked(client, bucket),
        "region": region,
        "tags": _tags(client, bucket),
    }


def delete(aws: Aws, bucket: str, state: Bag) -> None:
    """Delete the bucket; one that is not empty stays, unless the program gave `forceDestroy`."""
    client = aws.client("s3")
    if state.get("forceDestroy"):
        for page in client.get_paginator("list_object_versions").paginate(
            Bucket=bucket, PaginationConfig={"PageSize": _BATCH}
        ):
            objects = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
            if objects:
                keys = [{"Key": item["Key"], "VersionId": item["VersionId"]} for item in objects]
                client.delete_objects(Bucket=bucket, Delete={"Objects": keys})
    client.delete_bucket(Bucket=bucket)


def retag(aws: Aws, bucket: str, _state: Bag, new_tags: dict[str, str], removed_keys: list[str]) -> None:
    """Change the bucket's tags; S3 takes all of them at once."""
    client = aws.client("s3")
    tags = {
        key: value for key, value in {**_tags(client, bucket), **new_tags}.items() if key not in removed_keys
    }
    if tags:
        client.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": tag_list(tags)})
    else:
        client.delete_bucket_tagging(Bucket=bucket)


def _tags(client: Any, bucket: str) -> dict[str, str]:  # noqa: ANN401 - botocore makes its clients at run time
    """Return all tags of a bucket."""
    answer = optional(lambda: client.get_bucket_tagging(Bucket=bucket), "NoSuchTagSet")
    return tag_map(answer["TagSet"]) if answer else {}


def _locked(client: Any, bucket: str) -> bool:  # noqa: ANN401 - botocore makes its clients at run time
    """Return whether the bucket was created with object lock."""
    code = "ObjectLockConfigurationNotFoundError"
    answer = optional(lambda: client.get_object_lock_configuration(Bucket=bucket), code)
    return bool(answer)


def optional(call: Callable[[], Bag], code: str) -> Bag | None:
    """Return the answer of a call, or None where S3's error means that the setting was never made.

    Args:
        call: The call.
        code: The error code that means so.

    Returns:
        The answer or None.
    """
    from botocore.exceptions import ClientError

    try:
        return call()
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") == code:
            return None
        raise


MODELS = {
    "aws:s3/bucket:Bucket": Model(
        page="s3_bucket",
        create=create,
        settle=settle,
        read=read,
        delete=delete,
        retag=retag,
        replaces=frozenset({"bucket", "bucketPrefix", "bucketNamespace", "objectLockEnabled", "region"}),
        defaults={"forceDestroy": False},
        computed=frozenset({"bucket", "bucketPrefix", "bucketNamespace", "objectLockEnabled", "region"})
        | _INLINE,
        unread=frozenset({"forceDestroy"}),
        refused=_INLINE | {"bucketNamespace"},
        missing=GONE,
        name="bucket",
        style=bucket_name,
    ),
}
