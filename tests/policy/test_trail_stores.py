"""Which stores a trail must record the data events of."""

from dataclasses import replace

import pytest

from tests.support.policies import UNKNOWN, Declared, check

RULE = "cloudtrail-trail-data-events"
MISSING = "no trail of this stack records the data events of documents"
DOCUMENTS = Declared("s3/bucket:Bucket", {"bucket": "documents"}, "documents", protect=True)
TABLE = Declared("dynamodb/table:Table", {"name": "trades"}, "trades", protect=True)


def trail(*values: str, kind: str = "AWS::S3::Object", logs: str = "audit") -> Declared:
    selectors = [{"dataResources": [{"type": kind, "values": list(values)}]}] if values else []
    return Declared("cloudtrail/trail:Trail", {"s3BucketName": logs, "eventSelectors": selectors}, "trail")


def advanced(operator: str, value: str) -> Declared:
    fields = [
        {"field": "eventCategory", "equals": ["Data"]},
        {"field": "resources.type", "equals": ["AWS::S3::Object"]},
        {"field": "resources.ARN", operator: [value]},
    ]
    return Declared(
        "cloudtrail/trail:Trail", {"advancedEventSelectors": [{"fieldSelectors": fields}]}, "trail"
    )


@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        ((trail("arn:aws:s3:::documents/"),), None),
        ((trail("arn:aws:s3"),), None),
        ((trail(UNKNOWN),), None),
        ((advanced("startsWiths", "arn:aws:s3:::documents/"),), None),
        ((advanced("startsWiths", "arn:aws:s3:::documents-old/"),), MISSING),
        ((trail("arn:aws:s3:::documents-old/"),), MISSING),
        ((trail("arn:aws:s3:::documents/BANK/"),), MISSING),
        ((trail("arn:aws:s3:::documents/", kind="AWS::DynamoDB::Table"),), MISSING),
        ((trail(),), MISSING),
        ((), None),
    ],
)
def test_a_trail_records_the_objects_of_protected_buckets(
    resources: tuple[Declared, ...], expected: str | None
) -> None:
    check(RULE, expected, DOCUMENTS, *resources)


def test_places_of_logs_and_what_is_not_protected_are_exempt() -> None:
    check(RULE, None, trail(), replace(DOCUMENTS, protect=False))
    check(RULE, None, trail(logs="documents"), DOCUMENTS)
    logging = Declared(
        "s3/bucketLogging:BucketLogging", {"bucket": "other", "targetBucket": "documents"}, "log"
    )
    check(RULE, None, trail(), DOCUMENTS, logging)
    check(
        RULE, MISSING, trail(), DOCUMENTS, replace(logging, props={**logging.props, "targetBucket": "other"})
    )
    check(RULE, None, trail(), TABLE)


def test_a_bucket_without_a_known_name_does_not_escape() -> None:
    hidden = replace(DOCUMENTS, props={"bucket": UNKNOWN})
    check(RULE, "cannot be proven at preview", trail("arn:aws:s3:::documents/"), hidden)
    check(RULE, None, trail("arn:aws:s3"), hidden)
    check(RULE, MISSING, trail("arn:aws:s3:::documents/"), replace(DOCUMENTS, props={}))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["arn:aws:dynamodb:us-east-1:123456789012:table/trades"], None),
        (["arn:aws:dynamodb"], None),
        (["arn:aws:dynamodb:us-east-1:123456789012:table/trades-old"], "data events of trades"),
    ],
)
def test_which_stores_are_recorded_are_settings(values: list[str], expected: str | None) -> None:
    recorder = trail(*values, kind="AWS::DynamoDB::Table")
    check(RULE, expected, recorder, TABLE, config={"stores": ["trades"]})
    check(RULE, MISSING, DOCUMENTS, config={"stores": ["doc*"]})
    check(RULE, None, trail(), DOCUMENTS, config={"protectedBuckets": False})
