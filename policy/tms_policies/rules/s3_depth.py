"""Rules about buckets that a program's owner may ask for, and one about locking everybody out."""

from collections.abc import Iterable, Sequence

from tms_policies.documents import principals
from tms_policies.documents.actions import covers
from tms_policies.documents.documents_of import documents
from tms_policies.documents.parse import Statement
from tms_policies.model import Bag, Finding, Resource, Rule, Stack
from tms_policies.rules.iam_documents import place
from tms_policies.rules.needs import chosen, strings
from tms_policies.rules.references import attached

BUCKET = "aws:s3/bucket:Bucket"
BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy"
_WHICH = "Names of the buckets that it is demanded of, `*` for any text; none by default"


def _beside(
    what: str, controls: tuple[str, ...], tokens: Sequence[str], texts: tuple[str, str], *inline: str
) -> Rule:
    """Describe a rule that demands a resource or a block for each bucket of the setting: (why, line)."""
    why, line = texts

    def check(stack: Stack, settings: Bag) -> Iterable[Finding]:
        for bucket in stack.of(BUCKET):
            if not chosen(bucket, "bucket", settings["buckets"]):
                continue
            if any(bucket.props.get(name) for name in inline):
                continue
            if not any(attached(stack, token, "bucket", bucket) for token in tokens):
                yield Finding(f"{bucket.name} has no {what.replace('-', ' ')}", line, bucket.urn)

    return Rule(
        f"s3-bucket-{what}",
        "medium",
        controls,
        f"Each bucket that the setting names has {what.replace('-', ' ')}.",
        f"Declare {line.partition('(')[0]} for it.",
        (BUCKET, *tokens),
        check,
        scope="stack",
        settings={"buckets": strings(_WHICH)},
        why=why,
    )


def _locks_out(statement: Statement) -> bool:
    """Say whether a Deny without conditions takes everybody the right to change the policy."""
    acts = ("s3:PutBucketPolicy", "s3:DeleteBucketPolicy")
    return (
        not statement.allows
        and not statement.elements.get("condition")
        and principals.everybody(statement)
        and any(covers(text, act) for text in statement.texts("action") for act in acts)
    )


def lockout(resource: Resource, _settings: Bag) -> Iterable[Finding]:
    """No bucket policy shuts out those who would have to change it."""
    for carried in documents(resource):
        for statement in carried.document.statements:
            if _locks_out(statement):
                yield Finding(
                    f"{place(resource, carried, statement)} denies everybody to change the bucket's policy: "
                    "only the account's root user could undo it",
                    '"Condition": {"Bool": {"aws:SecureTransport": "false"}} or another limit of the Deny',
                )


RULES = (
    _beside(
        "replication",
        ("FSBP:S3.7", "CKV_AWS_144"),
        ("aws:s3/bucketReplicationConfig:BucketReplicationConfig",),
        (
            (
                "What is in one region only is gone with that region's trouble. "
                "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html"
            ),
            "s3.BucketReplicationConfig(bucket=..., role=..., rules=[...])",
        ),
        "replicationConfiguration",
    ),
    _beside(
        "notification",
        ("FSBP:S3.11", "CKV2_AWS_62"),
        ("aws:s3/bucketNotification:BucketNotification",),
        (
            (
                "A document that nobody is told of is not processed. "
                "https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html"
            ),
            "s3.BucketNotification(bucket=..., queues=[...])",
        ),
    ),
    _beside(
        "object-lock",
        ("FSBP:S3.15", "CKV_AWS_143"),
        ("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",),
        (
            (
                "Records that must be kept can otherwise be deleted by anybody with the right to. "
                "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html"
            ),
            "s3.BucketObjectLockConfiguration(bucket=..., rule={...})",
        ),
        "objectLockEnabled",
        "objectLockConfiguration",
    ),
    Rule(
        "s3-bucket-policy-lockout",
        "high",
        ("CKV_AWS_93",),
        "No bucket policy denies everybody, without a condition, to change the policy.",
        "Limit the Deny by a condition.",
        (BUCKET, BUCKET_POLICY),
        lockout,
        reads=("policy",),
        why="The deployment locks itself out with everybody else. "
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html",
    ),
)
