"""Whether a bucket logs access, or receives such logs and so need not."""

from collections.abc import Iterable

from tms_policies.model import Finding, Resource, Stack, Unknown
from tms_policies.rules.references import inline_or_attached, own_names, refers
from tms_policies.rules.s3 import BUCKET
from tms_policies.values import look

LOGGING = "aws:s3/bucketLogging:BucketLogging"


def logged(stack: Stack, bucket: Resource) -> Iterable[Finding]:
    """Access logging, except of a bucket that receives logs: its log would log itself."""
    if receives_logs(stack, bucket):
        return
    line = f's3.BucketLogging("{bucket.name}", bucket=..., target_bucket=..., target_prefix="{bucket.name}/")'
    found = list(inline_or_attached(stack, bucket, ("logging",), LOGGING, "bucket"))
    if not found:
        yield Finding(f"the bucket {bucket.name} has no BucketLogging in this stack", line, bucket.urn)
    for holder, block in found:
        given = look(block, "targetBucket") or holder.dependencies.get("targetBucket")
        if not given:
            yield Finding(f"targetBucket of {holder.name} is missing", line, bucket.urn)


def receives_logs(stack: Stack, bucket: Resource) -> bool:
    """Say whether access logs of some bucket of the stack go to this one."""
    holders = (*stack.of(LOGGING), *stack.of(BUCKET))
    return any(refers(one, "targetBucket", bucket) or _inline_target(one, bucket) for one in holders)


def _inline_target(holder: Resource, bucket: Resource) -> bool:
    """Say whether a bucket's inline logging block names this bucket as its target."""
    target = look(holder.props, "logging", "targetBucket")
    if isinstance(target, Unknown):
        return bucket.urn in holder.dependencies.get("logging", ())
    return isinstance(target, str) and target in own_names(bucket)
