"""Rules about what belongs to each bucket: the resources beside it, or its own inline blocks."""

from collections.abc import Callable, Iterable

from tms_policies.documents.parse import parse
from tms_policies.documents.transport import refuses_plain, undecided
from tms_policies.model import Bag, Finding, Resource, Rule, Stack, Unknown
from tms_policies.rules.references import attached, inline_or_attached
from tms_policies.rules.s3 import BLOCK, BUCKET, OWNERSHIP
from tms_policies.rules.s3_logging import LOGGING, logged
from tms_policies.values import is_true, items, look, shown, unproven

VERSIONING = "aws:s3/bucketVersioning:BucketVersioning"
ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
POLICY = "aws:s3/bucketPolicy:BucketPolicy"
_ALGORITHMS = ("AES256", "aws:kms", "aws:kms:dsse")
_GUIDE = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/"

BucketCheck = Callable[[Stack, Resource], Iterable[Finding]]


def _each(check: BucketCheck) -> Callable[[Stack, Bag], Iterable[Finding]]:
    """Judge every bucket of the stack."""

    def checked(stack: Stack, _settings: Bag) -> Iterable[Finding]:
        for bucket in stack.of(BUCKET):
            yield from check(stack, bucket)

    return checked


def _blocked(stack: Stack, bucket: Resource) -> Iterable[Finding]:
    """A public access block beside the bucket; its flags are a rule of their own."""
    if not attached(stack, BLOCK, "bucket", bucket):
        yield Finding(
            f"no BucketPublicAccessBlock of this stack names the bucket {bucket.name}",
            f's3.BucketPublicAccessBlock("{bucket.name}", bucket=..., and its four flags True)',
            bucket.urn,
        )


def _versioned(stack: Stack, bucket: Resource) -> Iterable[Finding]:
    """Versioning enabled."""
    line = f's3.BucketVersioning("{bucket.name}", versioning_configuration={{"status": "Enabled"}})'
    found = list(inline_or_attached(stack, bucket, ("versioning",), VERSIONING, "bucket"))
    for holder, block in found:
        status = (
            look(block, "enabled") if holder is bucket else look(block, "versioningConfiguration", "status")
        )
        if isinstance(status, Unknown):
            yield unproven(status, f"versioning of {bucket.name} must be Enabled", bucket.urn)
        elif not (is_true(status) or status == "Enabled"):
            yield Finding(
                f"versioning of {bucket.name} is {shown(status)} in {holder.name}", line, bucket.urn
            )
    if not found:
        yield Finding(f"the bucket {bucket.name} has no BucketVersioning in this stack", line, bucket.urn)


def _encrypted(stack: Stack, bucket: Resource) -> Iterable[Finding]:
    """Default encryption with a known algorithm."""
    line = (
        f's3.BucketServerSideEncryptionConfiguration("{bucket.name}", '
        'rules=[{"apply_server_side_encryption_by_default": {"sse_algorithm": "AES256"}}])'
    )
    found = list(
        inline_or_attached(stack, bucket, ("serverSideEncryptionConfiguration",), ENCRYPTION, "bucket")
    )
    for holder, block in found:
        rules = look(block, "rule") if holder is bucket else look(block, "rules")
        for rule in items(rules) or [{}]:
            algorithm = look(rule, "applyServerSideEncryptionByDefault", "sseAlgorithm")
            if isinstance(algorithm, Unknown):
                yield unproven(
                    algorithm, f"encryption of {bucket.name} must be one of {_ALGORITHMS}", bucket.urn
                )
            elif algorithm not in _ALGORITHMS:
                yield Finding(f"encryption of {bucket.name} is {shown(algorithm)}", line, bucket.urn)
    if not found:
        yield Finding(
            f"the bucket {bucket.name} has no encryption configuration in this stack", line, bucket.urn
        )


def _owned(stack: Stack, bucket: Resource) -> Iterable[Finding]:
    """Objects belong to the bucket's owner, and ACLs are off."""
    line = f's3.BucketOwnershipControls("{bucket.name}", rule={{"object_ownership": "BucketOwnerEnforced"}})'
    found = attached(stack, OWNERSHIP, "bucket", bucket)
    if not found:
        yield Finding(
            f"the bucket {bucket.name} has no BucketOwnershipControls in this stack", line, bucket.urn
        )
    for holder in found:
        value = look(holder.props, "rule", "objectOwnership")
        if isinstance(value, Unknown):
            yield unproven(value, f"ownership of {bucket.name} must be BucketOwnerEnforced", bucket.urn)
        elif value != "BucketOwnerEnforced":
            yield Finding(f"rule.objectOwnership of {holder.name} is {shown(value)}", line, bucket.urn)


def _tls_only(stack: Stack, bucket: Resource) -> Iterable[Finding]:
    """A bucket policy that denies what comes without TLS."""
    name = bucket.props.get("bucket")
    physical = name if isinstance(name, str) else "<bucket>"
    needed = (f"arn:aws:s3:::{physical}", f"arn:aws:s3:::{physical}/any")
    line = (
        '{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["<arn>", "<arn>/*"], '
        '"Condition": {"Bool": {"aws:SecureTransport": "false"}}} in the bucket policy'
    )
    given = [
        bucket.props.get("policy"),
        *(one.props.get("policy") for one in attached(stack, POLICY, "bucket", bucket)),
    ]
    documents = [parse(one) for one in given if one not in (None, "")]
    if not documents:
        yield Finding(f"the bucket {bucket.name} has no BucketPolicy in this stack", line, bucket.urn)
        return
    problems = [refuses_plain(one, "s3", needed) for one in documents]
    if None in problems:
        return
    hidden = undecided(documents, "s3", name)
    if hidden:
        yield unproven(hidden, f"the policy of {bucket.name} must deny what comes without TLS", bucket.urn)
    else:
        yield Finding(f"the policy of the bucket {bucket.name}: {problems[0]}", line, bucket.urn)


def _rule(
    what: str,
    texts: tuple[str, str],
    controls: tuple[str, ...],
    check: BucketCheck,
    beside: tuple[str, str],
    why: str,
) -> Rule:
    """Describe one rule: (what holds, how), and (type beside the bucket, its property that decides)."""
    token, name = beside
    reads = ("bucket", name)
    return Rule(
        f"s3-bucket-{what}",
        "high",
        controls,
        *texts,
        (BUCKET, token),
        _each(check),
        reads,
        scope="stack",
        why=why,
    )


RULES = (
    _rule(
        "has-public-access-block",
        ("Each bucket has its public access block.", "Declare a BucketPublicAccessBlock for the bucket."),
        (
            "FSBP:CloudTrail.6",
            "FSBP:S3.2",
            "FSBP:S3.3",
            "FSBP:S3.8",
            "CIS:2.1.4",
            "CKV2_AWS_6",
            "AwsSolutions-S2",
        ),
        _blocked,
        (BLOCK, "bucket"),
        why="A new bucket blocks public access by itself, but once somebody turns that off nothing turns it "
        "on again; a block that is declared shows the change on the next refresh. "
        f"{_GUIDE}access-control-block-public-access.html",
    ),
    _rule(
        "versioning",
        ("Each bucket keeps versions.", "Declare a BucketVersioning with the status Enabled."),
        ("FSBP:S3.14", "CKV_AWS_21"),
        _versioned,
        (VERSIONING, "versioningConfiguration"),
        why="A document that a faulty writer overwrites or deletes is gone at once, and turning versioning "
        f"on later brings nothing back. {_GUIDE}Versioning.html",
    ),
    _rule(
        "encryption",
        (
            "Each bucket encrypts what it stores.",
            "Declare a BucketServerSideEncryptionConfiguration with AES256 or aws:kms.",
        ),
        ("CKV_AWS_19",),
        _encrypted,
        (ENCRYPTION, "rules"),
        why="S3 encrypts what arrives with a key of its own unless the bucket says otherwise; if the program "
        f"says nothing either, nobody sees when the key is changed by hand. {_GUIDE}bucket-encryption.html",
    ),
    _rule(
        "access-logging",
        (
            "Each bucket logs access, except one that receives such logs.",
            "Declare a BucketLogging with a target bucket.",
        ),
        ("FSBP:CloudTrail.7", "FSBP:S3.9", "CIS:3.4", "CKV_AWS_18", "AwsSolutions-S1"),
        logged,
        (LOGGING, "targetBucket"),
        why="Without it nobody can tell afterwards who read, replaced or deleted a document: a trail records "
        f"requests for objects only where data events are turned on. {_GUIDE}ServerLogs.html",
    ),
    _rule(
        "ownership-controls",
        (
            "Each bucket owns its objects and has ACLs off.",
            "Declare BucketOwnershipControls with BucketOwnerEnforced.",
        ),
        ("FSBP:S3.12", "CKV2_AWS_65"),
        _owned,
        (OWNERSHIP, "rule"),
        why="With ACLs on, an object belongs to the account that uploads it, not to the bucket's: that "
        f"account may open it to others, and the bucket's policy cannot grant access to it. "
        f"{_GUIDE}about-object-ownership.html",
    ),
    _rule(
        "tls-only",
        (
            "Each bucket refuses requests without TLS.",
            "Deny s3:* to everybody on the bucket and its objects when aws:SecureTransport is false.",
        ),
        ("FSBP:S3.5", "CIS:2.1.1", "CKV_AWS_379", "AwsSolutions-S10"),
        _tls_only,
        (POLICY, "policy"),
        why="S3 answers over plain HTTP as well, and there whoever is on the way can read and change the "
        f"documents. {_GUIDE}security-best-practices.html",
    ),
)
