"""Rules about buckets that are off by default: their settings name the buckets that they are about."""

from collections.abc import Iterable, Sequence

from tms_policies.model import Bag, Finding, Stack
from tms_policies.references import attached
from tms_policies.registry import rule
from tms_policies.rules.s3 import BUCKET
from tms_policies.settings import selected, strings

REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig"
NOTIFICATION = "aws:s3/bucketNotification:BucketNotification"
OBJECT_LOCK = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"
_BUCKETS = "Names of the buckets that it is demanded of, `*` for any text; none by default"


def _has_beside(
    stack: Stack, settings: Bag, tokens: Sequence[str], inline: Sequence[str], subject: str, remedy: str
) -> Iterable[Finding]:
    """Check that each bucket of the setting has an inline block, or a resource of one of the types."""
    for bucket in stack.of(BUCKET):
        if not selected(bucket, "bucket", settings["buckets"]) or any(bucket.props.get(n) for n in inline):
            continue
        if not any(attached(stack, token, "bucket", bucket) for token in tokens):
            yield Finding(f"{bucket.name} has no {subject}", remedy, bucket.urn)


@rule(
    "s3-bucket-replication",
    severity="medium",
    scope="stack",
    types=(BUCKET, REPLICATION),
    settings={"buckets": strings(_BUCKETS)},
    remedy="Declare s3.BucketReplicationConfig for it.",
    why="What is in one region only is gone with that region's trouble. "
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html",
)
def replication(stack: Stack, settings: Bag) -> Iterable[Finding]:
    """Each bucket that the setting names has replication."""
    remedy = "s3.BucketReplicationConfig(bucket=..., role=..., rules=[...])"
    return _has_beside(stack, settings, (REPLICATION,), ("replicationConfiguration",), "replication", remedy)


@rule(
    "s3-bucket-notification",
    severity="medium",
    scope="stack",
    types=(BUCKET, NOTIFICATION),
    settings={"buckets": strings(_BUCKETS)},
    remedy="Declare s3.BucketNotification for it.",
    why="A document that nobody is told of is not processed. "
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html",
)
def notification(stack: Stack, settings: Bag) -> Iterable[Finding]:
    """Each bucket that the setting names has notification."""
    remedy = "s3.BucketNotification(bucket=..., queues=[...])"
    return _has_beside(stack, settings, (NOTIFICATION,), (), "notification", remedy)


@rule(
    "s3-bucket-object-lock",
    severity="medium",
    scope="stack",
    types=(BUCKET, OBJECT_LOCK),
    settings={"buckets": strings(_BUCKETS)},
    remedy="Declare s3.BucketObjectLockConfiguration for it.",
    why="Records that must be kept can otherwise be deleted by anybody with the right to. "
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html",
)
def object_lock(stack: Stack, settings: Bag) -> Iterable[Finding]:
    """Each bucket that the setting names has object lock."""
    remedy = "s3.BucketObjectLockConfiguration(bucket=..., rule={...})"
    return _has_beside(
        stack,
        settings,
        (OBJECT_LOCK,),
        ("objectLockEnabled", "objectLockConfiguration"),
        "object lock",
        remedy,
    )
