"""Rules about S3 beyond the baseline: which pages may call, ACLs, and customer keys by config."""

from collections.abc import Iterable, Iterator

from policy.model import Bag, Finding, Resource, Rule, Stack, Unknown
from policy.rules.links import inline_or_attached
from policy.rules.needs import chosen, strings
from policy.rules.s3 import ACL, BUCKET, no_public_acl
from policy.rules.s3_stack import ENCRYPTION
from policy.values import blocks, items, look, shown, unproven

CORS = "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration"
_ANY = ("*", "http://*", "https://*")


def cors(resource: Resource, _settings: Bag) -> Iterable[Finding]:
    """Named origins only."""
    given = resource.props.get("corsRules")
    if isinstance(given, Unknown):
        yield unproven(given, f"corsRules of {resource.name} must name their origins")
    for index, rule in enumerate(blocks(given)):
        where = f"corsRules[{index}].allowedOrigins of {resource.name}"
        for origin in items(rule.get("allowedOrigins")):
            if isinstance(origin, Unknown):
                yield unproven(origin, f"{where} must be named origins")
            elif origin in _ANY:
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


def _keys(stack: Stack, bucket: Resource) -> Iterator[object]:
    """Give the key of each encryption rule of a bucket."""
    path = ("serverSideEncryptionConfiguration",)
    for holder, block in inline_or_attached(stack, bucket, path, ENCRYPTION, "bucket"):
        for rule in items(look(block, "rule" if holder is bucket else "rules")):
            yield look(rule, "applyServerSideEncryptionByDefault", "kmsMasterKeyId")


def customer_key(stack: Stack, settings: Bag) -> Iterable[Finding]:
    """A key of the customer's own on the buckets that are set; which one may be unknown."""
    for bucket in stack.of(BUCKET):
        keys = list(_keys(stack, bucket))
        if chosen(bucket, "bucket", settings["buckets"]) and not (keys and all(keys)):
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
        settings={"buckets": strings("Names of buckets that need a customer's key; `*` and `?` match")},
    ),
)
