"""Examples of the rules of `s3_lifecycle`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_BUCKET = Declared("s3/bucket:Bucket", {"bucket": "trade-documents"}, name="documents")
_TEN_YEARS = {"records/": 3650}


def _lifecycle(rules: object) -> Declared:
    token = "s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"  # noqa: S105 - a type
    return Declared(token, {"bucket": "trade-documents", "rules": rules}, name="documents-lifecycle")


def _abort(prefix: str) -> Declared:
    ends = {"abortIncompleteMultipartUpload": {"daysAfterInitiation": 7}}
    rule = {"id": "abandoned-uploads", "status": "Enabled", "filter": {"prefix": prefix}, **ends}
    return _lifecycle([rule])


def _expire(**extra: object) -> Declared:
    rule = {"id": "records", "status": "Enabled", "filter": {"prefix": "records/"}, **extra}
    return _lifecycle([rule])


EXAMPLES = (
    Example(
        "s3-bucket-abandoned-uploads",
        good=case(_BUCKET, _abort("")),
        bad=case(_BUCKET, _abort("invoices/"), says="no lifecycle rule of documents ends unfinished uploads"),
        missing=case(_BUCKET, says="no lifecycle rule of documents ends unfinished uploads"),
        unknown=case(_BUCKET, _lifecycle(UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "s3-bucket-early-expiration",
        good=case(_expire(expiration={"days": 3650}), minimumDays=_TEN_YEARS),
        bad=case(
            _expire(expiration={"days": 365}),
            says="rules[0].expiration of documents-lifecycle is 365 days, less than 3650",
            minimumDays=_TEN_YEARS,
        ),
        missing=case(_expire(transitions=[{"days": 90, "storageClass": "GLACIER"}]), minimumDays=_TEN_YEARS),
        unknown=case(_expire(expiration={"days": UNKNOWN}), says=_NOT_PROVEN, minimumDays=_TEN_YEARS),
        config=case(
            _expire(expiration={"days": 365}),
            says="rules[0].expiration of documents-lifecycle is 365 days, less than 400",
            minimumDays={"": 400},
        ),
    ),
)
