"""Rules about S3 beyond the baseline: which pages may call, ACLs, and customer keys by config."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from tms_policies.model import Bag, Finding, Resource, Rule, Stack, Unknown
from tms_policies.rules.needs import chosen, strings
from tms_policies.rules.references import inline_or_attached
from tms_policies.rules.s3 import ACL, BUCKET, no_public_acl
from tms_policies.rules.s3_stack import ENCRYPTION
from tms_policies.values import items, look, shown, unproven

CORS = "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration"
_STRANGERS = ("http://any.invalid", "https://any.invalid")


def cors(resource: Resource, _settings: Bag) -> Iterable[Finding]:
    """Named origins only."""
    for index, rule in enumerate(items(resource.props.get("corsRules"))):
        where = f"corsRules[{index}].allowedOrigins of {resource.name}"
        for origin in items(look(rule, "allowedOrigins")):
            if isinstance(origin, Unknown):
                yield unproven(origin, f"{where} must be named origins")
            elif any(fnmatchcase(one, str(origin)) for one in _STRANGERS):
                yield Finding(
                    f"{where} holds {shown(origin)}: any web page may read with its visitor's rights",
                    '"allowed_origins": ["https://<host>"]',
                )


def no_acl(resource: Resource, settings: Bag) -> Iterable[Finding]:
    """No ACL at all; one for everybody is reported by `s3-bucket-public-acl` alone."""
    given = [name for name in ("acl", "grants", "accessControlPolicy") if resource.props.get(name)]
    if given and not list(no_public_acl(resource, settings)):
        yield Finding(
            f"{given[0]} of {resource.name} sets an ACL, which a bucket that owns its objects refuses",
            "no ACL; grant access by a BucketPolicy",
        )


def _defaults(stack: Stack, bucket: Resource) -> Iterator[object]:
    """Give what each encryption rule of a bucket applies by default."""
    path = ("serverSideEncryptionConfiguration",)
    for holder, block in inline_or_attached(stack, bucket, path, ENCRYPTION, "bucket"):
        for rule in items(look(block, "rule" if holder is bucket else "rules")):
            yield look(rule, "applyServerSideEncryptionByDefault")


def _by_customer(default: object) -> bool:
    """Say whether a customer's key encrypts; which one may be unknown, and AWS's own is no such key."""
    key = look(default, "kmsMasterKeyId")
    named = isinstance(key, Unknown) or (isinstance(key, str) and key != "" and "alias/aws/" not in key)
    return named and look(default, "sseAlgorithm") != "AES256"


def customer_key(stack: Stack, settings: Bag) -> Iterable[Finding]:
    """A key of the customer's own on the buckets that are set."""
    for bucket in stack.of(BUCKET):
        if not chosen(bucket, "bucket", settings["buckets"]):
            continue
        found = list(_defaults(stack, bucket))
        hidden = next((one for one in found if isinstance(one, Unknown)), None)
        if hidden:
            yield unproven(hidden, f"{bucket.name} must be encrypted with a customer's key", bucket.urn)
        elif not (found and all(_by_customer(one) for one in found)):
            yield Finding(
                f"the bucket {bucket.name} is not encrypted with a customer's key",
                '{"sse_algorithm": "aws:kms", "kms_master_key_id": "<key ARN>"}',
                bucket.urn,
            )


RULES = (
    Rule(
        "s3-bucket-cors",
        "high",
        (),
        "A bucket names the origins whose pages may call it.",
        "List the origins in the CORS rules.",
        (BUCKET, CORS),
        cors,
        reads=("corsRules",),
        why="The browser lets pages of every origin that is listed read the answers; with any origin, a "
        "stranger's page reads documents through a visitor who holds a signed address or stands in the "
        "network that the bucket's policy admits. "
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html",
    ),
    Rule(
        "s3-bucket-no-acl",
        "medium",
        ("FSBP:S3.12",),
        "Access to a bucket is granted by its policy, not by ACLs.",
        "Take the ACL out and grant by a BucketPolicy.",
        (BUCKET, ACL),
        no_acl,
        reads=("acl", "grants", "accessControlPolicy"),
        why="A bucket whose ownership controls say BucketOwnerEnforced refuses the call that sets an ACL, so "
        "the run fails half-way; on any other the ACL grants access that no policy shows. "
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html",
    ),
    Rule(
        "s3-bucket-customer-key",
        "medium",
        ("FSBP:S3.17", "CKV_AWS_145"),
        "The buckets that are set are encrypted with a customer's key.",
        "Set sse_algorithm to aws:kms with kms_master_key_id.",
        (BUCKET, ENCRYPTION),
        customer_key,
        reads=("rules", "serverSideEncryptionConfiguration"),
        scope="stack",
        why="Whoever may read the bucket may also decrypt what S3's own key encrypts; a key of one's own "
        "asks for a second permission, logs each use, and can be turned off. "
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
        settings={"buckets": strings("Names of buckets that need a customer's key; `*` and `?` match")},
    ),
)
