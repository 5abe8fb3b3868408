"""Rules about what each bucket must have: by a resource beside it, or by its own inline blocks."""

from collections.abc import Iterable

from tms_policies.documents.transport import PlainAccess, must_refuse_plain
from tms_policies.model import Bag, Finding, Stack, Unknown
from tms_policies.references import attached, inline_or_attached
from tms_policies.registry import rule
from tms_policies.rules.s3 import BLOCK, BUCKET, OWNERSHIP
from tms_policies.values import is_true, items, look, shown, unproven

VERSIONING = "aws:s3/bucketVersioning:BucketVersioning"
ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
POLICY = "aws:s3/bucketPolicy:BucketPolicy"
_ALGORITHMS = ("AES256", "aws:kms", "aws:kms:dsse")
_GUIDE = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/"


@rule(
    "s3-bucket-has-public-access-block",
    severity="high",
    scope="stack",
    types=(BUCKET, BLOCK),
    reads=("bucket", "bucket"),
    remedy="Declare a BucketPublicAccessBlock for the bucket.",
    why="A new bucket blocks public access by itself, but once somebody turns that off nothing turns it "
    "on again; a block that is declared shows the change on the next refresh. "
    f"{_GUIDE}access-control-block-public-access.html",
)
def public_access_block(stack: Stack, _settings: Bag) -> Iterable[Finding]:
    """Each bucket has its public access block.

    A public access block beside the bucket; its flags are a rule of their own.
    """
    for bucket in stack.of(BUCKET):
        if not attached(stack, BLOCK, "bucket", bucket):
            yield Finding(
                f"no BucketPublicAccessBlock of this stack names the bucket {bucket.name}",
                f's3.BucketPublicAccessBlock("{bucket.name}", bucket=..., and its four flags True)',
                bucket.urn,
            )


@rule(
    "s3-bucket-versioning",
    severity="high",
    scope="stack",
    types=(BUCKET, VERSIONING),
    reads=("bucket", "versioningConfiguration"),
    remedy="Declare a BucketVersioning with the status Enabled.",
    why="A document that a faulty writer overwrites or deletes is gone at once, and turning versioning on "
    "later brings nothing back. "
    f"{_GUIDE}Versioning.html",
)
def versioning(stack: Stack, _settings: Bag) -> Iterable[Finding]:
    """Each bucket keeps versions."""
    for bucket in stack.of(BUCKET):
        line = f's3.BucketVersioning("{bucket.name}", versioning_configuration={{"status": "Enabled"}})'
        results = list(inline_or_attached(stack, bucket, ("versioning",), VERSIONING, "bucket"))
        for holder, block in results:
            status = (
                look(block, "enabled")
                if holder is bucket
                else look(block, "versioningConfiguration", "status")
            )
            if isinstance(status, Unknown):
                yield unproven(status, f"versioning of {bucket.name} must be Enabled", bucket.urn)
            elif not (is_true(status) or status == "Enabled"):
                yield Finding(
                    f"versioning of {bucket.name} is {shown(status)} in {holder.name}", line, bucket.urn
                )
        if not results:
            yield Finding(f"the bucket {bucket.name} has no BucketVersioning in this stack", line, bucket.urn)


@rule(
    "s3-bucket-encryption",
    severity="high",
    scope="stack",
    types=(BUCKET, ENCRYPTION),
    reads=("bucket", "rules"),
    remedy="Declare a BucketServerSideEncryptionConfiguration with AES256 or aws:kms.",
    why="S3 encrypts what arrives with a key of its own unless the bucket says otherwise; if the program "
    "says nothing either, nobody sees when the key is changed by hand. "
    f"{_GUIDE}bucket-encryption.html",
)
def encryption(stack: Stack, _settings: Bag) -> Iterable[Finding]:
    """Each bucket encrypts what it stores."""
    for bucket in stack.of(BUCKET):
        line = (
            f's3.BucketServerSideEncryptionConfiguration("{bucket.name}", '
            'rules=[{"apply_server_side_encryption_by_default": {"sse_algorithm": "AES256"}}])'
        )
        results = list(
            inline_or_attached(stack, bucket, ("serverSideEncryptionConfiguration",), ENCRYPTION, "bucket")
        )
        for holder, block in results:
            rules = look(block, "rule") if holder is bucket else look(block, "rules")
            for encryption_rule in items(rules) or [{}]:
                algorithm = look(encryption_rule, "applyServerSideEncryptionByDefault", "sseAlgorithm")
                if isinstance(algorithm, Unknown):
                    yield unproven(
                        algorithm, f"encryption of {bucket.name} must be one of {_ALGORITHMS}", bucket.urn
                    )
                elif algorithm not in _ALGORITHMS:
                    yield Finding(f"encryption of {bucket.name} is {shown(algorithm)}", line, bucket.urn)
        if not results:
            yield Finding(
                f"the bucket {bucket.name} has no encryption configuration in this stack", line, bucket.urn
            )


@rule(
    "s3-bucket-ownership-controls",
    severity="high",
    scope="stack",
    types=(BUCKET, OWNERSHIP),
    reads=("bucket", "rule"),
    remedy="Declare BucketOwnershipControls with BucketOwnerEnforced.",
    why="With ACLs on, an object belongs to the account that uploads it, not to the bucket's: that "
    "account may open it to others, and the bucket's policy cannot grant access to it. "
    f"{_GUIDE}about-object-ownership.html",
)
def ownership(stack: Stack, _settings: Bag) -> Iterable[Finding]:
    """Each bucket owns its objects and has ACLs off."""
    for bucket in stack.of(BUCKET):
        line = (
            f's3.BucketOwnershipControls("{bucket.name}", rule={{"object_ownership": "BucketOwnerEnforced"}})'
        )
        result = attached(stack, OWNERSHIP, "bucket", bucket)
        if not result:
            yield Finding(
                f"the bucket {bucket.name} has no BucketOwnershipControls in this stack", line, bucket.urn
            )
        for holder in result:
            value = look(holder.props, "rule", "objectOwnership")
            if isinstance(value, Unknown):
                yield unproven(value, f"ownership of {bucket.name} must be BucketOwnerEnforced", bucket.urn)
            elif value != "BucketOwnerEnforced":
                yield Finding(f"rule.objectOwnership of {holder.name} is {shown(value)}", line, bucket.urn)


@rule(
    "s3-bucket-tls-only",
    severity="high",
    scope="stack",
    types=(BUCKET, POLICY),
    reads=("bucket", "policy"),
    remedy="Deny s3:* to everybody on the bucket and its objects when aws:SecureTransport is false.",
    why="S3 answers over plain HTTP as well, and there whoever is on the way can read and change the "
    "documents. "
    f"{_GUIDE}security-best-practices.html",
)
def tls_only(stack: Stack, _settings: Bag) -> Iterable[Finding]:
    """Each bucket refuses requests without TLS."""
    remedy = (
        '{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["<arn>", "<arn>/*"], '
        '"Condition": {"Bool": {"aws:SecureTransport": "false"}}} in the bucket policy'
    )
    for bucket in stack.of(BUCKET):
        name = bucket.props.get("bucket")
        physical = name if isinstance(name, str) else "<bucket>"
        access = PlainAccess("s3", "bucket", (f"arn:aws:s3:::{physical}", f"arn:aws:s3:::{physical}/any"))
        yield from must_refuse_plain(bucket, attached(stack, POLICY, "bucket", bucket), access, name, remedy)
