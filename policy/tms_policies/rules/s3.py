"""Rules about S3 resources that each can answer for itself.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
"""

from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Unknown
from tms_policies.must import must_be_true
from tms_policies.registry import rule
from tms_policies.values import is_false, items, look, shown, unproven

BUCKET = "aws:s3/bucket:Bucket"
BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
ACL = "aws:s3/bucketAcl:BucketAcl"
OWNERSHIP = "aws:s3/bucketOwnershipControls:BucketOwnershipControls"
FLAGS = {
    "blockPublicAcls": "block_public_acls",
    "blockPublicPolicy": "block_public_policy",
    "ignorePublicAcls": "ignore_public_acls",
    "restrictPublicBuckets": "restrict_public_buckets",
}
_ACCOUNT_BLOCK = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"
_PRIVATE_ACLS = ("private", "log-delivery-write", "bucket-owner-read", "bucket-owner-full-control", "")
_EVERYBODY = ("/global/AllUsers", "/global/AuthenticatedUsers")


@rule(
    "s3-bucket-public-access-block",
    severity="critical",
    types=(BLOCK, _ACCOUNT_BLOCK),
    reads=(*FLAGS, "bucket"),
    remedy="Set block_public_acls, block_public_policy, ignore_public_acls "
    "and restrict_public_buckets to True.",
    why="One policy or ACL that is too wide, set later by whoever may set it, opens the documents to the "
    "internet; with all four flags on, S3 refuses it or gives it no effect. "
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
)
def four_flags(block: Resource, _settings: Bag) -> Iterable[Finding]:
    """A public access block has all four flags on."""
    for flag, argument in FLAGS.items():
        yield from must_be_true(block, flag, f"{argument}=True")


@rule(
    "s3-bucket-force-destroy",
    severity="high",
    types=(BUCKET,),
    reads=("forceDestroy",),
    remedy="Leave force_destroy out.",
    why="S3 refuses to delete a bucket that holds objects. With force_destroy the provider first deletes "
    "every object and every version, so one changed bucket name or one removed line empties it. "
    "https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucket/",
)
def no_force_destroy(bucket: Resource, _settings: Bag) -> Iterable[Finding]:
    """A bucket with objects cannot be deleted."""
    value = bucket.props.get("forceDestroy")
    if isinstance(value, Unknown):
        yield unproven(value, f"forceDestroy of {bucket.name} must be false")
    elif value is not None and not is_false(value):
        yield Finding(
            f"forceDestroy of {bucket.name} is {shown(value)}", "force_destroy=False, or leave it out"
        )


@rule(
    "s3-bucket-public-acl",
    severity="critical",
    types=(BUCKET, ACL),
    reads=("acl", "grants", "accessControlPolicy"),
    remedy="Leave ACLs out; ownership controls with BucketOwnerEnforced disable them.",
    why="AllUsers is the whole internet without signing in, and AuthenticatedUsers is anybody with any "
    "AWS account, not those of one's own. "
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html",
)
def no_public_acl(resource: Resource, _settings: Bag) -> Iterable[Finding]:
    """No ACL grants anything to everybody."""
    acl = resource.props.get("acl")
    if isinstance(acl, Unknown):
        yield unproven(acl, f"acl of {resource.name} must be private")
    elif acl is not None and acl not in _PRIVATE_ACLS:
        yield Finding(f"acl of {resource.name} is {shown(acl)}", 'acl="private", or no ACL at all')
    for path in (("grants",), ("accessControlPolicy", "grants")):
        grants = look(resource.props, *path)
        location = ".".join(path)
        for index, grant in enumerate(items(grants)):
            yield from _grant(resource, grant, f"{location}[{index}]")


def _grant(resource: Resource, grant: object, path: str) -> Iterable[Finding]:
    """Check one grant of an ACL; its grantee is a block in the newer resource."""
    uri = look(grant, "uri") or look(grant, "grantee", "uri")
    if isinstance(uri, Unknown):
        yield unproven(uri, "no grant may be for everybody")
    elif isinstance(uri, str) and uri.endswith(_EVERYBODY):
        yield Finding(
            f"{path} of {resource.name} grants to {uri.rpartition('/')[2]}", "no grant to that group"
        )
