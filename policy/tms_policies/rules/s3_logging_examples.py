"""Examples of the rules of `s3_logging`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_BUCKET = Declared("s3/bucket:Bucket", {"bucket": "trade-documents"}, name="documents")
_AUDIT = Declared("s3/bucket:Bucket", {"bucket": "trade-audit"}, name="audit")


def _logging(bucket: str, target: str) -> Declared:
    props = {"bucket": bucket, "targetBucket": target, "targetPrefix": "documents/"}
    return Declared("s3/bucketLogging:BucketLogging", props, name="documents-logging")


EXAMPLES = (
    Example(
        "s3-bucket-access-logging",
        good=case(_BUCKET, _AUDIT, _logging("trade-documents", "trade-audit")),
        bad=case(
            _BUCKET,
            _AUDIT,
            _logging("trade-invoices", "trade-audit"),
            says="the bucket documents has no BucketLogging in this stack",
        ),
        missing=case(_BUCKET, says="the bucket documents has no BucketLogging in this stack"),
        unknown=case(_BUCKET, _logging("trade-documents", UNKNOWN)),
    ),
)
