"""Examples of the rules of `s3_optional`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_BUCKET = Declared("s3/bucket:Bucket", {"bucket": "documents"}, name="documents")


def _beside(token: str, names: str = "documents", uses: tuple[str, ...] = ()) -> Declared:
    return Declared(token, {"bucket": names}, name="beside", uses={"bucket": uses} if uses else {})


def _example(rule: str, token: str) -> Example:
    subject = rule.removeprefix("s3-bucket-")
    says = f"documents has no {subject.replace('-', ' ')}"
    return Example(
        rule,
        good=case(_BUCKET, _beside(token), buckets=["documents"]),
        bad=case(_BUCKET, _beside(token, "audit"), says=says, buckets=["documents"]),
        missing=case(_BUCKET, says=says, buckets=["documents"]),
        unknown=case(_BUCKET, _beside(token, UNKNOWN, ("documents",)), buckets=["documents"]),
        config=case(_BUCKET, says=says, buckets=["doc*"]),
    )


EXAMPLES = (
    _example("s3-bucket-replication", "s3/bucketReplicationConfig:BucketReplicationConfig"),
    _example("s3-bucket-notification", "s3/bucketNotification:BucketNotification"),
    _example("s3-bucket-object-lock", "s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"),
)
