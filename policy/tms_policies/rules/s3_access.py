"""Rules about who may reach a bucket: origins, ACLs, customer keys, and policies that lock everybody out."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from tms_policies.documents import principals
from tms_policies.documents.actions import covers
from tms_policies.documents.documents_of import documents
from tms_policies.documents.parse import Statement
from tms_policies.model import Bag, Finding, Resource, Stack, Unknown
from tms_policies.references import inline_or_attached
from tms_policies.registry import rule
from tms_policies.rules.iam_documents import place
from tms_policies.rules.s3 import ACL, BUCKET, no_public_acl
from tms_policies.rules.s3_configuration import ENCRYPTION, POLICY
from tms_policies.settings import selected, strings
from tms_policies.values import items, look, shown, unproven

CORS = "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration"
_STRANGERS = ("http://any.invalid", "https://any.invalid")


@rule(
    "s3-bucket-cors",
    severity="high",
    types=(BUCKET, CORS),
    reads=("corsRules",),
    remedy="List the origins in the CORS rules.",
    why="The browser lets pages of every origin that is listed read the answers; with any origin, a "
    "stranger's page reads documents through a visitor who holds a signed address or stands in the "
    "network that the bucket's policy admits. "
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html",
)
def cors(resource: Resource, _settings: Bag) -> Iterable[Finding]:
    """A bucket names the origins whose pages may call it."""
    for index, cors_rule in enumerate(items(resource.props.get("corsRules"))):
        location = f"corsRules[{index}].allowedOrigins of {resource.name}"
        for origin in items(look(cors_rule, "allowedOrigins")):
            if isinstance(origin, Unknown):
                yield unproven(origin, f"{location} must be named origins")
            elif any(fnmatchcase(item, str(origin)) for item in _STRANGERS):
                yield Finding(
                    f"{location} holds {shown(origin)}: any web page may read with its visitor's rights",
                    '"allowed_origins": ["https://<host>"]',
                )


@rule(
    "s3-bucket-no-acl",
    severity="medium",
    types=(BUCKET, ACL),
    reads=("acl", "grants", "accessControlPolicy"),
    remedy="Take the ACL out and grant by a BucketPolicy.",
    why="A bucket whose ownership controls say BucketOwnerEnforced refuses the call that sets an ACL, so "
    "the run fails half-way; on any other the ACL grants access that no policy shows. "
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html",
)
def no_acl(resource: Resource, settings: Bag) -> Iterable[Finding]:
    """Access to a bucket is granted by its policy, not by ACLs.

    No ACL at all; one for everybody is reported by `s3-bucket-public-acl` alone.
    """
    value = [name for name in ("acl", "grants", "accessControlPolicy") if resource.props.get(name)]
    if value and not list(no_public_acl(resource, settings)):
        yield Finding(
            f"{value[0]} of {resource.name} sets an ACL, which a bucket that owns its objects refuses",
            "no ACL; grant access by a BucketPolicy",
        )


def _defaults(stack: Stack, bucket: Resource) -> Iterator[object]:
    """Yield what each encryption rule of a bucket applies by default."""
    path = ("serverSideEncryptionConfiguration",)
    for holder, block in inline_or_attached(stack, bucket, path, ENCRYPTION, "bucket"):
        for encryption_rule in items(look(block, "rule" if holder is bucket else "rules")):
            yield look(encryption_rule, "applyServerSideEncryptionByDefault")


def _by_customer(default: object) -> bool:
    """Return whether a customer's key encrypts; which one may be unknown, and AWS's own is no such key."""
    key = look(default, "kmsMasterKeyId")
    names = isinstance(key, Unknown) or (isinstance(key, str) and key != "" and "alias/aws/" not in key)
    return names and look(default, "sseAlgorithm") != "AES256"


@rule(
    "s3-bucket-customer-key",
    severity="medium",
    scope="stack",
    types=(BUCKET, ENCRYPTION),
    reads=("rules", "serverSideEncryptionConfiguration"),
    settings={"buckets": strings("Names of buckets that need a customer's key; `*` and `?` match")},
    remedy="Set sse_algorithm to aws:kms with kms_master_key_id.",
    why="Whoever may read the bucket may also decrypt what S3's own key encrypts; a key of one's own "
    "asks for a second permission, logs each use, and can be turned off. "
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
)
def customer_key(stack: Stack, settings: Bag) -> Iterable[Finding]:
    """The buckets that are set are encrypted with a customer's key."""
    for bucket in stack.of(BUCKET):
        if not selected(bucket, "bucket", settings["buckets"]):
            continue
        results = list(_defaults(stack, bucket))
        hidden = next((item for item in results if isinstance(item, Unknown)), None)
        if hidden:
            yield unproven(hidden, f"{bucket.name} must be encrypted with a customer's key", bucket.urn)
        elif not (results and all(_by_customer(item) for item in results)):
            yield Finding(
                f"the bucket {bucket.name} is not encrypted with a customer's key",
                '{"sse_algorithm": "aws:kms", "kms_master_key_id": "<key ARN>"}',
                bucket.urn,
            )


def _locks_out(statement: Statement) -> bool:
    """Return whether a Deny without conditions takes everybody the right to change the policy."""
    acts = ("s3:PutBucketPolicy", "s3:DeleteBucketPolicy")
    return (
        not statement.allows
        and not statement.elements.get("condition")
        and principals.everybody(statement)
        and any(covers(text, act) for text in statement.texts("action") for act in acts)
    )


@rule(
    "s3-bucket-policy-lockout",
    severity="high",
    types=(BUCKET, POLICY),
    reads=("policy",),
    remedy="Limit the Deny by a condition.",
    why="The deployment locks itself out with everybody else. "
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html",
)
def lockout(resource: Resource, _settings: Bag) -> Iterable[Finding]:
    """No bucket policy denies everybody, without a condition, to change the policy."""
    for attachment in documents(resource):
        for statement in attachment.document.statements:
            if _locks_out(statement):
                yield Finding(
                    f"{place(resource, attachment, statement)} denies everybody to change the "
                    "bucket's policy: only the account's root user could undo it",
                    '"Condition": {"Bool": {"aws:SecureTransport": "false"}} or another limit of the Deny',
                )
