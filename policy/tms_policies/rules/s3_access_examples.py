"""Examples of the rules of `s3_access`."""

from tms_policies.examples.documents import document
from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
_NO_KEY = "the bucket documents is not encrypted with a customer's key"
_DOCUMENTS = ["trade-documents"]
_BUCKET = Declared("s3/bucket:Bucket", {"bucket": "documents"}, name="documents")


def _bucket(**props: object) -> Declared:
    return Declared("s3/bucket:Bucket", {"bucket": "trade-documents", **props}, name="documents")


def _cors(origin: str) -> Declared:
    rules = [{"allowedMethods": ["GET"], "allowedOrigins": [origin]}]
    value = {"bucket": "trade-documents", "corsRules": rules}
    token = "s3/bucketCorsConfiguration:BucketCorsConfiguration"  # noqa: S105 - a type
    return Declared(token, value, name="documents-cors")


def _encryption(**default: object) -> Declared:
    rules = [{"applyServerSideEncryptionByDefault": default}]
    return Declared(
        "s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        {"bucket": "trade-documents", "rules": rules},
        name="documents-encryption",
    )


def _policy(**extra: object) -> Declared:
    statement = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": ["arn:aws:s3:::documents", "arn:aws:s3:::documents/*"],
        **extra,
    }
    props = {"bucket": "documents", "policy": document(statement)}
    return Declared("s3/bucketPolicy:BucketPolicy", props, name="documents-policy")


EXAMPLES = (
    Example(
        "s3-bucket-cors",
        good=case(_cors("https://desk.bank.example")),
        bad=case(_cors("*"), says="corsRules[0].allowedOrigins of documents-cors holds '*'"),
        missing=case(_bucket()),
        unknown=case(_cors(UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "s3-bucket-no-acl",
        good=case(_bucket()),
        bad=case(_bucket(acl="private"), says="acl of documents sets an ACL"),
        missing="An ACL that is left out is the good example.",
        unknown=case(_bucket(acl=UNKNOWN)),
    ),
    Example(
        "s3-bucket-customer-key",
        good=case(_bucket(), _encryption(sseAlgorithm="aws:kms", kmsMasterKeyId=_KEY), buckets=_DOCUMENTS),
        bad=case(
            _bucket(),
            _encryption(sseAlgorithm="aws:kms", kmsMasterKeyId="alias/aws/s3"),
            says=_NO_KEY,
            buckets=_DOCUMENTS,
        ),
        missing=case(_bucket(), says=_NO_KEY, buckets=_DOCUMENTS),
        unknown=case(
            _bucket(), _encryption(sseAlgorithm="aws:kms", kmsMasterKeyId=UNKNOWN), buckets=_DOCUMENTS
        ),
        config=case(_bucket(), _encryption(sseAlgorithm="AES256"), says=_NO_KEY, buckets=["trade-*"]),
    ),
    Example(
        "s3-bucket-policy-lockout",
        good=case(_policy(Condition={"Bool": {"aws:SecureTransport": "false"}})),
        bad=case(_policy(), says="denies everybody to change the bucket's policy"),
        missing=case(_BUCKET),
        unknown="A document that is not known at all is reported once, by iam-policy-valid-document.",
    ),
)
