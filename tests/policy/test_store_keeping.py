"""Rules about how long buckets and tables keep what, with which keys, and who may read from afar."""

from typing import Any

import pytest

from tests.support.policies import UNKNOWN, Declared, check

NOT_PROVEN = "cannot be proven at preview"
LIFECYCLE = "s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
BUCKET = Declared("s3/bucket:Bucket", {"bucket": "docs"}, "documents")
ABORT: dict[str, Any] = {
    "status": "Enabled",
    "filter": {"prefix": ""},
    "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7},
}


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([ABORT], None),
        ([{**ABORT, "filter": {}}], None),
        ([{"expiration": {"days": 3}}, ABORT], None),
        ([{**ABORT, "abortIncompleteMultipartUpload": {"daysAfterInitiation": UNKNOWN}}], None),
        ([{**ABORT, "status": "Disabled"}], "ends unfinished uploads"),
        ([{**ABORT, "filter": {"prefix": "bank/"}}], "ends unfinished uploads"),
        ([{**ABORT, "filter": {"and": {"prefix": "bank/"}}}], "ends unfinished uploads"),
        ([{**ABORT, "filter": {"tag": {"key": "k"}}}], "ends unfinished uploads"),
        ([{**ABORT, "status": UNKNOWN}], NOT_PROVEN),
        ([{**ABORT, "filter": {"prefix": UNKNOWN}}], NOT_PROVEN),
        ([UNKNOWN], NOT_PROVEN),
        ([], "ends unfinished uploads"),
    ],
)
def test_each_bucket_ends_unfinished_uploads(rules: list[Any], expected: str | None) -> None:
    check(
        "s3-bucket-abandoned-uploads",
        expected,
        BUCKET,
        Declared(LIFECYCLE, {"bucket": "docs", "rules": rules}),
    )


def test_a_bucket_ends_unfinished_uploads_by_itself_or_not_at_all() -> None:
    rule = {"enabled": True, "abortIncompleteMultipartUploadDays": 7}
    check("s3-bucket-abandoned-uploads", None, Declared("s3/bucket:Bucket", {"lifecycleRules": [rule]}))
    check("s3-bucket-abandoned-uploads", "documents", BUCKET)
    elsewhere = Declared(LIFECYCLE, {"bucket": "another", "rules": [ABORT]})
    check("s3-bucket-abandoned-uploads", "documents", BUCKET, elsewhere)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"filter": {"prefix": "records/"}, "expiration": {"days": 365}}, None),
        ({"filter": {"prefix": "records/"}, "expiration": {"days": 30}}, "is 30 days, less than 365"),
        ({"filter": {"prefix": "records/2026/"}, "expiration": {"days": 30}}, "less than 365"),
        ({"filter": {}, "expiration": {"days": 30}}, "less than 365"),
        ({"prefix": "records/", "expiration": {"days": 30}}, "less than 365"),
        ({"filter": {"prefix": "tmp/"}, "expiration": {"days": 1}}, None),
        ({"status": "Disabled", "expiration": {"days": 1}}, None),
        ({"filter": {"prefix": "records/"}, "expiration": {"date": "2026-12-01T00:00:00Z"}}, "by date"),
        ({"filter": {"prefix": "records/"}, "expiration": {"days": UNKNOWN}}, NOT_PROVEN),
        ({"filter": {"prefix": UNKNOWN}, "expiration": {"days": 400}}, NOT_PROVEN),
        ({"filter": {"prefix": ["records/"]}, "expiration": {"days": 400}}, NOT_PROVEN),
        ({"filter": {"prefix": "records/"}, "expiration": UNKNOWN}, NOT_PROVEN),
        ({"filter": {"prefix": "records/"}}, None),
        ({**ABORT, "filter": {"prefix": UNKNOWN}}, None),
    ],
)
def test_records_do_not_expire_before_the_time_that_is_set(
    rule: dict[str, Any], expected: str | None
) -> None:
    least = {"minimumDays": {"records/": 365}}
    check("s3-bucket-early-expiration", expected, Declared(LIFECYCLE, {"rules": [rule]}), config=least)
    inline = Declared("s3/bucket:Bucket", {"lifecycleRules": [rule]})
    check("s3-bucket-early-expiration", expected, inline, config=least)
    check("s3-bucket-early-expiration", None, Declared(LIFECYCLE, {"rules": [rule]}))


def test_rules_that_are_not_known_may_remove_records() -> None:
    for rules in (UNKNOWN, [UNKNOWN]):
        hidden = Declared(LIFECYCLE, {"rules": rules})
        check("s3-bucket-early-expiration", NOT_PROVEN, hidden, config={"minimumDays": {"": 1}})
        check("s3-bucket-early-expiration", None, hidden)


@pytest.mark.parametrize(
    ("token", "props", "expected"),
    [
        (
            "bucketCorsConfiguration:BucketCorsConfiguration",
            {"corsRules": [{"allowedOrigins": ["*"]}]},
            "[0]",
        ),
        ("bucket:Bucket", {"corsRules": [{"allowedOrigins": ["https://a.test", "https://*"]}]}, "any web"),
        ("bucket:Bucket", {"corsRules": [{"allowedOrigins": ["https://a.test"]}]}, None),
        ("bucket:Bucket", {"corsRules": [{"allowedOrigins": [UNKNOWN]}]}, NOT_PROVEN),
        ("bucket:Bucket", {"corsRules": [{"allowedOrigins": ["http*"]}]}, "any web"),
        ("bucket:Bucket", {"corsRules": [{"allowedOrigins": ["https://*.bank.test"]}]}, None),
        ("bucket:Bucket", {"corsRules": UNKNOWN}, NOT_PROVEN),
        ("bucket:Bucket", {"corsRules": [UNKNOWN]}, NOT_PROVEN),
        ("bucket:Bucket", {}, None),
    ],
)
def test_a_bucket_names_whose_pages_may_call(token: str, props: dict[str, Any], expected: str | None) -> None:
    check("s3-bucket-cors", expected, Declared(f"s3/{token}", props))


def encryption(**default: object) -> Declared:
    token = "s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"  # noqa: S105 - a type
    return Declared(token, {"bucket": "docs", "rules": [{"applyServerSideEncryptionByDefault": default}]})


def test_buckets_that_are_set_have_a_customers_key() -> None:
    rule, setting = "s3-bucket-customer-key", {"buckets": ["doc*"]}
    check(rule, None, BUCKET)
    check(rule, "documents", BUCKET, config=setting)
    check(rule, "documents", BUCKET, encryption(sseAlgorithm="aws:kms"), config=setting)
    check(rule, None, BUCKET, encryption(sseAlgorithm="aws:kms", kmsMasterKeyId=UNKNOWN), config=setting)
    aws = encryption(sseAlgorithm="aws:kms", kmsMasterKeyId="alias/aws/s3")
    check(rule, "documents", BUCKET, aws, config=setting)
    unused = encryption(sseAlgorithm="AES256", kmsMasterKeyId="alias/documents")
    check(rule, "documents", BUCKET, unused, config=setting)
    hidden = Declared(aws.type, {"bucket": "docs", "rules": UNKNOWN})
    check(rule, NOT_PROVEN, BUCKET, hidden, config=setting)
    check(rule, None, BUCKET, config={"buckets": ["other"]})
    unnamed = Declared("s3/bucket:Bucket", {}, "unnamed")
    check(rule, "unnamed", unnamed, config=setting)


@pytest.mark.parametrize(
    ("rule", "props", "config", "expected"),
    [
        ("recovery-period", {"pointInTimeRecovery": {"enabled": True}}, {}, None),
        (
            "recovery-period",
            {"pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 7}},
            {},
            "is 7",
        ),
        (
            "recovery-period",
            {"pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 7}},
            {"minimumDays": 7},
            None,
        ),
        (
            "recovery-period",
            {"pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": UNKNOWN}},
            {},
            NOT_PROVEN,
        ),
        ("recovery-period", {}, {}, None),
        ("customer-key", {"name": "T"}, {}, None),
        ("customer-key", {"name": "T"}, {"tables": ["T"]}, "kmsKeyArn of it is missing"),
        ("customer-key", {"name": UNKNOWN}, {"tables": ["T"]}, "kmsKeyArn"),
        (
            "customer-key",
            {"name": "T", "serverSideEncryption": {"enabled": True, "kmsKeyArn": UNKNOWN}},
            {"tables": ["*"]},
            None,
        ),
        (
            "customer-key",
            {"name": "T", "serverSideEncryption": {"enabled": False, "kmsKeyArn": UNKNOWN}},
            {"tables": ["*"]},
            "enabled of it is False",
        ),
        ("required-expiry", {"name": "T"}, {}, None),
        ("required-expiry", {"name": "T"}, {"attributes": {"T": "expiresAt"}}, "missing"),
        ("required-expiry", {"name": "S"}, {"attributes": {"T": "expiresAt"}}, None),
        (
            "required-expiry",
            {"name": "T", "ttl": {"attributeName": "ttl", "enabled": True}},
            {"attributes": {"T": "expiresAt"}},
            "'ttl'",
        ),
        (
            "required-expiry",
            {"name": "T", "ttl": {"attributeName": "expiresAt", "enabled": False}},
            {"attributes": {"T": "expiresAt"}},
            "ttl.enabled of it is False",
        ),
        (
            "required-expiry",
            {"name": "T", "ttl": {"attributeName": "expiresAt", "enabled": True}},
            {"attributes": {"T": "expiresAt"}},
            None,
        ),
        (
            "required-expiry",
            {"name": "T", "ttl": {"attributeName": UNKNOWN}},
            {"attributes": {"*": "expiresAt"}},
            NOT_PROVEN,
        ),
    ],
)
def test_tables_are_kept_as_is_set(
    rule: str, props: dict[str, Any], config: dict[str, Any], expected: str | None
) -> None:
    check(f"dynamodb-table-{rule}", expected, Declared("dynamodb/table:Table", props), config=config)
