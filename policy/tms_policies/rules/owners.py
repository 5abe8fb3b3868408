"""One setting, one owner: what a resource says of itself, no other resource says as well.

The provider writes both in turn, so each run undoes the other's. Which pairs exclude one another stands in
the notes of each type at https://www.pulumi.com/registry/packages/aws/api-docs/.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tms_policies.model import Bag, Finding, Resource, Stack
from tms_policies.must import is_set
from tms_policies.references import attached
from tms_policies.registry import rule

_BUCKET = "aws:s3/bucket:Bucket"
_QUEUE = "aws:sqs/queue:Queue"
_ROLE = "aws:iam/role:Role"


@dataclass(frozen=True)
class Pair:
    """A property, and the type beside its resource that sets the same thing.

    Attributes:
        token: The resource's type.
        name: Its property.
        beside: Type of the resource beside it.
        by: Property of that one which names the resource.
        many: Whether there may be more than one of them.
    """

    token: str
    name: str
    beside: str
    by: str
    many: bool = False


_SUB_RESOURCES = (
    ("acl", "bucketAcl:BucketAcl"),
    ("accelerationStatus", "bucketAccelerateConfiguration:BucketAccelerateConfiguration"),
    ("corsRules", "bucketCorsConfiguration:BucketCorsConfiguration"),
    ("lifecycleRules", "bucketLifecycleConfiguration:BucketLifecycleConfiguration"),
    ("logging", "bucketLogging:BucketLogging"),
    ("objectLockConfiguration", "bucketObjectLockConfiguration:BucketObjectLockConfiguration"),
    ("policy", "bucketPolicy:BucketPolicy"),
    ("replicationConfiguration", "bucketReplicationConfig:BucketReplicationConfig"),
    ("requestPayer", "bucketRequestPaymentConfiguration:BucketRequestPaymentConfiguration"),
    (
        "serverSideEncryptionConfiguration",
        "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    ),
    ("versioning", "bucketVersioning:BucketVersioning"),
    ("website", "bucketWebsiteConfiguration:BucketWebsiteConfiguration"),
)
PAIRS = (
    *(Pair(_BUCKET, name, f"aws:s3/{token}", "bucket") for name, token in _SUB_RESOURCES),
    Pair(_BUCKET, "grants", "aws:s3/bucketAcl:BucketAcl", "bucket", many=True),  # counted with acl
    Pair(_QUEUE, "policy", "aws:sqs/queuePolicy:QueuePolicy", "queueUrl"),
    Pair(_QUEUE, "redrivePolicy", "aws:sqs/redrivePolicy:RedrivePolicy", "queueUrl"),
    Pair(_QUEUE, "redriveAllowPolicy", "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy", "queueUrl"),
    Pair(_ROLE, "inlinePolicies", "aws:iam/rolePolicy:RolePolicy", "role", many=True),
    Pair(
        _ROLE,
        "managedPolicyArns",
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        "role",
        many=True,
    ),
    Pair("aws:sns/topic:Topic", "policy", "aws:sns/topicPolicy:TopicPolicy", "arn"),
    Pair("aws:kms/key:Key", "policy", "aws:kms/keyPolicy:KeyPolicy", "keyId"),
    Pair(
        "aws:secretsmanager/secret:Secret",
        "policy",
        "aws:secretsmanager/secretPolicy:SecretPolicy",
        "secretArn",
    ),
)


@rule(
    "account-resource-one-owner",
    severity="high",
    scope="stack",
    types=tuple(dict.fromkeys(token for item in PAIRS for token in (item.token, item.beside))),
    remedy="Keep the setting in one place.",
    why="The provider writes both in turn, and each run undoes the other's: what stands depends on the "
    "order, every preview shows a change, and a policy that denies may be the one that is lost. "
    "https://www.pulumi.com/registry/packages/aws/api-docs/",
)
def one_owner(stack: Stack, _settings: Bag) -> Iterable[Finding]:
    """No two resources set one setting."""
    for pair in PAIRS:
        for resource in stack.of(pair.token):
            yield from _owners(resource, pair, attached(stack, pair.beside, pair.by, resource))


def _owners(resource: Resource, pair: Pair, beside: list[Resource]) -> Iterator[Finding]:
    """Check one setting of one resource."""
    kind = pair.beside.rpartition(":")[2]
    names = ", ".join(item.name for item in beside)
    if beside and is_set(resource, pair.name):
        yield Finding(
            f"{pair.name} of {resource.name} is set again by the {kind} {names}: each run undoes the other's",
            f"the {kind} alone, and {resource.name} without {pair.name}",
            resource.urn,
        )
    elif len(beside) > 1 and not pair.many:
        yield Finding(
            f"{resource.name} has {len(beside)} {kind} resources, {names}: the last one written stands",
            f"one {kind} for {resource.name}",
            resource.urn,
        )
