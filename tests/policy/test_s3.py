"""Rules about buckets: the flags of a resource, and what each bucket must have beside it."""

import json
from typing import Any

import pytest

from tests.support.policies import UNKNOWN, Declared, check, findings_later

NOT_PROVEN = "cannot be proven at preview"
FLAGS = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
BLOCK = "s3-bucket-public-access-block"
DENY: dict[str, Any] = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Resource": ["arn:aws:s3:::docs", "arn:aws:s3:::docs/*"],
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}


def policy(**changed: object) -> dict[str, str]:
    return {"policy": json.dumps({"Statement": {**DENY, **changed}})}


BESIDE: dict[str, tuple[str, dict[str, Any]]] = {
    "has-public-access-block": (
        "bucketPublicAccessBlock:BucketPublicAccessBlock",
        dict.fromkeys(FLAGS, True),
    ),
    "versioning": ("bucketVersioning:BucketVersioning", {"versioningConfiguration": {"status": "Enabled"}}),
    "encryption": (
        "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        {"rules": [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms"}}]},
    ),
    "access-logging": ("bucketLogging:BucketLogging", {"targetBucket": "audit"}),
    "ownership-controls": (
        "bucketOwnershipControls:BucketOwnershipControls",
        {"rule": {"objectOwnership": "BucketOwnerEnforced"}},
    ),
    "tls-only": ("bucketPolicy:BucketPolicy", policy()),
}
BUCKET = Declared("s3/bucket:Bucket", {"bucket": "docs"}, "documents")


def beside(kind: str, **changed: object) -> Declared:
    short, props = BESIDE[kind]
    return Declared(f"s3/{short}", {"bucket": "docs", **props, **changed}, "beside")


@pytest.mark.parametrize("kind", BESIDE)
def test_a_bucket_has_what_belongs_to_it(kind: str) -> None:
    check(f"s3-bucket-{kind}", None, BUCKET, beside(kind))


@pytest.mark.parametrize("kind", BESIDE)
def test_a_bucket_without_it_is_named(kind: str) -> None:
    check(f"s3-bucket-{kind}", "documents", BUCKET)
    check(f"s3-bucket-{kind}", "documents", BUCKET, beside(kind, bucket="another"))
    check(f"s3-bucket-{kind}", "it", Declared("s3/bucketV2:BucketV2", {"bucket": "old"}))


@pytest.mark.parametrize("kind", BESIDE)
def test_an_unnamed_bucket_is_linked_by_what_the_name_is_computed_from(kind: str) -> None:
    unnamed = Declared("s3/bucket:Bucket", {"bucket": UNKNOWN}, "documents")
    short, props = BESIDE[kind]
    complete = {**props, **(policy(Resource="*") if kind == "tls-only" else {}), "bucket": UNKNOWN}
    linked = Declared(f"s3/{short}", complete, "beside", uses={"bucket": ["documents"]})
    check(f"s3-bucket-{kind}", None, unnamed, linked)
    check(f"s3-bucket-{kind}", "documents", unnamed, Declared(f"s3/{short}", complete, "beside"))


@pytest.mark.parametrize(
    ("kind", "changed", "expected"),
    [
        ("versioning", {"versioningConfiguration": {"status": "Suspended"}}, "'Suspended'"),
        ("versioning", {"versioningConfiguration": {"status": UNKNOWN}}, NOT_PROVEN),
        ("versioning", {"versioningConfiguration": None}, "versioning of documents is None"),
        ("encryption", {"rules": []}, "encryption of documents is None"),
        (
            "encryption",
            {"rules": [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": UNKNOWN}}]},
            NOT_PROVEN,
        ),
        ("ownership-controls", {"rule": {"objectOwnership": "ObjectWriter"}}, "'ObjectWriter'"),
        ("ownership-controls", {"rule": {"objectOwnership": UNKNOWN}}, NOT_PROVEN),
        ("access-logging", {"targetBucket": None}, "targetBucket of beside is missing"),
        ("tls-only", policy(Effect="Allow"), "no Deny statement"),
        ("tls-only", policy(Condition={"Bool": {"aws:SecureTransport": "true"}}), "no Deny statement"),
        ("tls-only", policy(Condition={"Bool": {"aws:SecureTransport": False}}), None),
        (
            "tls-only",
            policy(Condition={**DENY["Condition"], "StringEquals": {"a": "b"}}),
            "no Deny statement",
        ),
        ("tls-only", policy(Principal={"AWS": "*"}), None),
        ("tls-only", policy(Principal={"AWS": "123456789012"}), 'not for Principal "*"'),
        ("tls-only", policy(Action="s3:Get*"), 'not for the action "s3:*"'),
        ("tls-only", policy(Resource="arn:aws:s3:::docs"), "does not cover"),
        ("tls-only", policy(Resource="arn:aws:s3:::docs/*"), "does not cover"),
        ("tls-only", policy(Resource="arn:aws:s3:::docs*"), None),
    ],
)
def test_what_stands_beside_a_bucket_is_judged(
    kind: str, changed: dict[str, Any], expected: str | None
) -> None:
    check(f"s3-bucket-{kind}", expected, BUCKET, beside(kind, **changed))


def test_a_bucket_policy_that_is_not_known_is_not_proven() -> None:
    hidden = Declared(
        "s3/bucketPolicy:BucketPolicy",
        {"bucket": "docs", "policy": UNKNOWN},
        "p",
        uses={"policy": ["documents"]},
    )
    check("s3-bucket-tls-only", NOT_PROVEN, BUCKET, hidden)


@pytest.mark.parametrize("element", DENY)
def test_a_denial_of_which_a_part_is_not_known_is_not_proven(element: str) -> None:
    document = {"Statement": [{**DENY, element: UNKNOWN}]}
    check("s3-bucket-tls-only", NOT_PROVEN, BUCKET, beside("tls-only", policy=document))


def test_whether_a_denial_is_for_a_bucket_depends_on_its_name() -> None:
    unnamed = Declared("s3/bucket:Bucket", {"bucket": UNKNOWN}, "documents")
    linked = Declared(
        "s3/bucketPolicy:BucketPolicy",
        {"bucket": UNKNOWN, **policy()},
        "beside",
        uses={"bucket": ["documents"]},
    )
    check("s3-bucket-tls-only", "bucket cannot be proven", unnamed, linked)


def test_a_bucket_that_receives_logs_needs_no_log_of_its_own() -> None:
    audit = Declared("s3/bucket:Bucket", {"bucket": "audit"}, "audit")
    check("s3-bucket-access-logging", None, BUCKET, audit, beside("access-logging"))


@pytest.mark.parametrize("flag", FLAGS)
@pytest.mark.parametrize(
    ("value", "expected"),
    [(False, "is False"), (None, "missing"), ("false", "'false'"), (UNKNOWN, NOT_PROVEN)],
)
def test_each_flag_of_a_public_access_block_is_on(flag: str, value: object, expected: str) -> None:
    check(BLOCK, None, beside("has-public-access-block"))
    check(BLOCK, expected, beside("has-public-access-block", **{flag: value}))


@pytest.mark.parametrize(
    ("rule", "props", "expected"),
    [
        ("force-destroy", {}, None),
        ("force-destroy", {"forceDestroy": False}, None),
        ("force-destroy", {"forceDestroy": "true"}, "'true'"),
        ("force-destroy", {"forceDestroy": True}, "forceDestroy of it is True"),
        ("force-destroy", {"forceDestroy": UNKNOWN}, NOT_PROVEN),
        ("public-acl", {}, None),
        ("public-acl", {"acl": "private"}, None),
        ("public-acl", {"acl": "public-read"}, "'public-read'"),
        ("public-acl", {"acl": "authenticated-read"}, "'authenticated-read'"),
        ("public-acl", {"acl": UNKNOWN}, NOT_PROVEN),
        ("public-acl", {"grants": [{"uri": "http://acs.amazonaws.com/groups/global/AllUsers"}]}, "AllUsers"),
        ("public-acl", {"grants": UNKNOWN}, NOT_PROVEN),
        ("public-acl", {"grants": [UNKNOWN]}, NOT_PROVEN),
    ],
)
def test_a_bucket_is_judged_as_it_is_declared(rule: str, props: dict[str, Any], expected: str | None) -> None:
    check(f"s3-bucket-{rule}", expected, Declared("s3/bucket:Bucket", props))


def test_a_grant_of_a_bucket_acl_is_judged() -> None:
    grant = {"grantee": {"uri": "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"}}
    resource = Declared("s3/bucketAcl:BucketAcl", {"accessControlPolicy": {"grants": [grant]}})
    check(
        "s3-bucket-public-acl", "accessControlPolicy.grants[0] of it grants to AuthenticatedUsers", resource
    )


def test_what_aws_filled_in_of_a_bucket_is_not_judged() -> None:
    outputs = Declared(BUCKET.type, {**BUCKET.props, "versioning": {"enabled": False}}, BUCKET.name)
    check("s3-bucket-versioning", "False in documents", outputs, beside("versioning"))
    assert findings_later("s3-bucket-versioning", BUCKET, outputs, beside("versioning")) == []


@pytest.mark.parametrize(
    ("token", "props", "expected"),
    [
        ("bucket:Bucket", {}, None),
        ("bucket:Bucket", {"acl": "private"}, "acl of it sets an ACL"),
        ("bucketAcl:BucketAcl", {"acl": "log-delivery-write"}, "acl of it sets an ACL"),
        ("bucketAcl:BucketAcl", {"accessControlPolicy": {"grants": []}}, "accessControlPolicy of it"),
        ("bucket:Bucket", {"acl": "public-read"}, None),
        ("bucket:Bucket", {"acl": UNKNOWN}, None),
    ],
)
def test_no_acl_is_set_and_a_public_one_is_reported_elsewhere(
    token: str, props: dict[str, Any], expected: str | None
) -> None:
    check("s3-bucket-no-acl", expected, Declared(f"s3/{token}", props))
