"""Examples of the rules of `s3_configuration`."""

from collections.abc import Mapping
from typing import Any

from tms_policies.examples.documents import allow, document
from tms_policies.examples.model import UNKNOWN, Case, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_ARN = "arn:aws:s3:::trade-documents"
_BLOCK = ("s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "documents-block")
_VERSIONING = ("s3/bucketVersioning:BucketVersioning", "documents-versioning")
_OWNERSHIP = ("s3/bucketOwnershipControls:BucketOwnershipControls", "documents-ownership")
_POLICY = ("s3/bucketPolicy:BucketPolicy", "documents-policy")
_ENCRYPTION = (
    "s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "documents-encryption",
)
_DENY = {
    "Sid": "DenyWithoutTls",
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Resource": [_ARN, f"{_ARN}/*"],
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}
_ALLOW = allow(
    "s3:GetObject",
    f"{_ARN}/*",
    Sid="ReadByMatching",
    Principal={"AWS": "arn:aws:iam::123456789012:role/matching"},
)
_FLAGS = {
    "blockPublicAcls": True,
    "blockPublicPolicy": True,
    "ignorePublicAcls": True,
    "restrictPublicBuckets": True,
}
_BUCKET = Declared("s3/bucket:Bucket", {"bucket": "trade-documents"}, name="documents")
_UNNAMED = Declared("s3/bucket:Bucket", {"bucket": UNKNOWN}, name="documents")


def _with(kind: tuple[str, str], props: Mapping[str, Any], says: str | None = None) -> Case:
    """Return a bucket with a name, and a resource that belongs to it."""
    value = {"bucket": "trade-documents", **props}
    return case(_BUCKET, Declared(kind[0], value, name=kind[1]), says=says)


def _linked(kind: tuple[str, str], props: Mapping[str, Any], says: str | None = None) -> Case:
    """Return a bucket whose name is not known yet, and a resource that takes the name from it."""
    value = {"bucket": UNKNOWN, **props}
    linked = Declared(kind[0], value, name=kind[1], uses={"bucket": ["documents"]})
    return case(_UNNAMED, linked, says=says)


def _versioning(status: str) -> dict[str, Any]:
    return {"versioningConfiguration": {"status": status}}


def _algorithm(name: str) -> dict[str, Any]:
    return {"rules": [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": name}}]}


EXAMPLES = (
    Example(
        "s3-bucket-has-public-access-block",
        good=_with(_BLOCK, _FLAGS),
        bad=case(
            _BUCKET,
            Declared(
                _BLOCK[0],
                {"bucket": "trade-audit", **_FLAGS},
                name="audit-block",
            ),
            says="no BucketPublicAccessBlock of this stack names the bucket documents",
        ),
        missing=case(_BUCKET, says="no BucketPublicAccessBlock of this stack names the bucket documents"),
        unknown=_linked(_BLOCK, _FLAGS),
    ),
    Example(
        "s3-bucket-versioning",
        good=_with(_VERSIONING, _versioning("Enabled")),
        bad=_with(
            _VERSIONING,
            _versioning("Suspended"),
            says="versioning of documents is 'Suspended' in documents-versioning",
        ),
        missing=case(_BUCKET, says="the bucket documents has no BucketVersioning in this stack"),
        unknown=_with(_VERSIONING, _versioning(UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "s3-bucket-encryption",
        good=_with(_ENCRYPTION, _algorithm("aws:kms")),
        bad=_with(_ENCRYPTION, _algorithm("AES-256"), says="encryption of documents is 'AES-256'"),
        missing=case(_BUCKET, says="the bucket documents has no encryption configuration in this stack"),
        unknown=_with(_ENCRYPTION, _algorithm(UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "s3-bucket-ownership-controls",
        good=_with(
            _OWNERSHIP,
            {"rule": {"objectOwnership": "BucketOwnerEnforced"}},
        ),
        bad=_with(
            _OWNERSHIP,
            {"rule": {"objectOwnership": "BucketOwnerPreferred"}},
            says="rule.objectOwnership of documents-ownership is 'BucketOwnerPreferred'",
        ),
        missing=case(_BUCKET, says="the bucket documents has no BucketOwnershipControls in this stack"),
        unknown=_with(
            _OWNERSHIP,
            {"rule": {"objectOwnership": UNKNOWN}},
            says=_NOT_PROVEN,
        ),
    ),
    Example(
        "s3-bucket-tls-only",
        good=_with(_POLICY, {"policy": document(_ALLOW, _DENY)}),
        bad=_with(
            _POLICY,
            {"policy": document(_ALLOW)},
            says="the policy of the bucket documents: no Deny statement",
        ),
        missing=case(_BUCKET, says="the bucket documents has no BucketPolicy in this stack"),
        unknown=_linked(_POLICY, {"policy": UNKNOWN}, says=_NOT_PROVEN),
    ),
)
