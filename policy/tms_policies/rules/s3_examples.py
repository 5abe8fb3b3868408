"""Examples of the rules of `s3`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_FLAGS = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
_THREE = dict.fromkeys(_FLAGS[:3], True)
_EVERYBODY = "http://acs.amazonaws.com/groups/global/AllUsers"
_OWNER = {"id": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}


def _block(**last: object) -> Declared:
    value = {"bucket": "trade-documents", **_THREE, **last}
    return Declared("s3/bucketPublicAccessBlock:BucketPublicAccessBlock", value, name="documents")


def _bucket(**props: object) -> Declared:
    return Declared("s3/bucket:Bucket", {"bucket": "trade-documents", **props}, name="documents")


def _acl(grantee: object) -> Declared:
    grants = [{"permission": "READ", "grantee": grantee}]
    value = {"bucket": "trade-documents", "accessControlPolicy": {"owner": _OWNER, "grants": grants}}
    return Declared("s3/bucketAcl:BucketAcl", value, name="documents-acl")


EXAMPLES = (
    Example(
        "s3-bucket-public-access-block",
        good=case(_block(restrictPublicBuckets=True)),
        bad=case(_block(restrictPublicBuckets=False), says="restrictPublicBuckets of documents is False"),
        missing=case(_block(), says="restrictPublicBuckets of documents is missing"),
        unknown=case(_block(restrictPublicBuckets=UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "s3-bucket-force-destroy",
        good=case(_bucket(forceDestroy=False)),
        bad=case(_bucket(forceDestroy=True), says="forceDestroy of documents is True"),
        missing=case(_bucket()),
        unknown=case(_bucket(forceDestroy=UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "s3-bucket-public-acl",
        good=case(_acl({"type": "CanonicalUser", **_OWNER})),
        bad=case(
            _acl({"type": "Group", "uri": _EVERYBODY}),
            says="accessControlPolicy.grants[0] of documents-acl grants to AllUsers",
        ),
        missing=case(_bucket()),
        unknown=case(_acl({"type": "Group", "uri": UNKNOWN}), says=_NOT_PROVEN),
    ),
)
