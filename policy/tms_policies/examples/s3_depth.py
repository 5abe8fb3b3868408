"""Examples of what may be asked for beside a bucket, and of a policy that locks everybody out."""

from tms_policies.examples.documents import document
from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_BUCKET = Declared("s3/bucket:Bucket", {"bucket": "documents"}, name="documents")


def _beside(token: str, named: str = "documents", uses: tuple[str, ...] = ()) -> Declared:
    return Declared(token, {"bucket": named}, name="beside", uses={"bucket": uses} if uses else {})


def _example(what: str, token: str) -> Example:
    says = f"documents has no {what.replace('-', ' ')}"
    return Example(
        f"s3-bucket-{what}",
        good=case(_BUCKET, _beside(token), buckets=["documents"]),
        bad=case(_BUCKET, _beside(token, "audit"), says=says, buckets=["documents"]),
        missing=case(_BUCKET, says=says, buckets=["documents"]),
        unknown=case(_BUCKET, _beside(token, UNKNOWN, ("documents",)), buckets=["documents"]),
        config=case(_BUCKET, says=says, buckets=["doc*"]),
    )


def _policy(**more: object) -> Declared:
    statement = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": ["arn:aws:s3:::documents", "arn:aws:s3:::documents/*"],
        **more,
    }
    props = {"bucket": "documents", "policy": document(statement)}
    return Declared("s3/bucketPolicy:BucketPolicy", props, name="documents-policy")


EXAMPLES = (
    _example("replication", "s3/bucketReplicationConfig:BucketReplicationConfig"),
    _example("notification", "s3/bucketNotification:BucketNotification"),
    _example("object-lock", "s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"),
    Example(
        "s3-bucket-policy-lockout",
        good=case(_policy(Condition={"Bool": {"aws:SecureTransport": "false"}})),
        bad=case(_policy(), says="denies everybody to change the bucket's policy"),
        missing=case(_BUCKET),
        unknown="A document that is not known at all is reported once, by iam-policy-valid-document.",
    ),
)
