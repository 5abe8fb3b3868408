"""Whether a bucket logs access, or receives such logs and so need not."""

from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Stack, Unknown
from tms_policies.references import inline_or_attached, own_names, refers
from tms_policies.registry import rule
from tms_policies.rules.s3 import BUCKET
from tms_policies.values import look

LOGGING = "aws:s3/bucketLogging:BucketLogging"


@rule(
    "s3-bucket-access-logging",
    severity="high",
    scope="stack",
    types=(BUCKET, LOGGING),
    reads=("bucket", "targetBucket"),
    remedy="Declare a BucketLogging with a target bucket.",
    why="Without it nobody can tell afterwards who read, replaced or deleted a document: a trail records "
    "requests for objects only where data events are turned on. "
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html",
)
def access_logging(stack: Stack, _settings: Bag) -> Iterable[Finding]:
    """Each bucket logs access, except one that receives such logs.

    The log of a bucket that receives logs would log itself.
    """
    for bucket in stack.of(BUCKET):
        if not receives_logs(stack, bucket):
            yield from _logged(stack, bucket)


def _logged(stack: Stack, bucket: Resource) -> Iterable[Finding]:
    """Check the logging of one bucket."""
    line = f's3.BucketLogging("{bucket.name}", bucket=..., target_bucket=..., target_prefix="{bucket.name}/")'
    results = list(inline_or_attached(stack, bucket, ("logging",), LOGGING, "bucket"))
    if not results:
        yield Finding(f"the bucket {bucket.name} has no BucketLogging in this stack", line, bucket.urn)
    for holder, block in results:
        value = look(block, "targetBucket") or holder.dependencies.get("targetBucket")
        if not value:
            yield Finding(f"targetBucket of {holder.name} is missing", line, bucket.urn)


def receives_logs(stack: Stack, bucket: Resource) -> bool:
    """Return whether access logs of some bucket of the stack go to this one."""
    holders = (*stack.of(LOGGING), *stack.of(BUCKET))
    return any(refers(item, "targetBucket", bucket) or _inline_target(item, bucket) for item in holders)


def _inline_target(holder: Resource, bucket: Resource) -> bool:
    """Return whether a bucket's inline logging block names this bucket as its target."""
    target = look(holder.props, "logging", "targetBucket")
    if isinstance(target, Unknown):
        return bucket.urn in holder.dependencies.get("logging", ())
    return isinstance(target, str) and target in own_names(bucket)
