"""What of a program endangers the live resources that it adopts."""

from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.adopt.import_ids import DERIVED, Place
from toolkit.adopt.model import Target
from toolkit.aws.location import Spot, called, spot
from toolkit.engine.values import UNKNOWN, defaults

_BUCKET, _QUEUE, _ROLE = "aws:s3/bucket:Bucket", "aws:sqs/queue:Queue", "aws:iam/role:Role"
_TABLE, _GROUP = "aws:dynamodb/table:Table", "aws:ec2/securityGroup:SecurityGroup"
STATEFUL = (_TABLE, _BUCKET, _QUEUE)
_KEPT = (_TABLE, _BUCKET)  # what they hold cannot be made again
_NAMES = ("name", "bucket")
# Properties of which the provider makes a name up, by the property that would declare it
_PREFIXES = {"namePrefix": "name", "bucketPrefix": "bucket", "statementIdPrefix": "statementId"}
PROTECTED = {
    **dict.fromkeys(STATEFUL, "it holds data"),
    "aws:kms/key:Key": "without it what it encrypted cannot be read",
    "aws:ecr/repository:Repository": "it holds the images that run",
    "aws:cloudwatch/logGroup:LogGroup": "it holds the record of what was done",
    "aws:cloudtrail/trail:Trail": "while it is gone nothing is recorded",
    "aws:cognito/userPool:UserPool": "it holds its users, whose passwords nobody can copy",
    "aws:cognito/userPoolClient:UserPoolClient": "a new one has another id, by which nobody signs in",
    "aws:secretsmanager/secret:Secret": "it may hold the only copy of a secret",
    "aws:bedrock/agentcoreMemory:AgentcoreMemory": "it holds what agents remember",
    "aws:rds/instance:Instance": "it holds data",
    "aws:rds/cluster:Cluster": "it holds data",
    "aws:efs/fileSystem:FileSystem": "it holds data",
    "aws:backup/vault:Vault": "it holds the backups",
}
"""What a run must not delete or replace, each with what would be lost."""


@dataclass(frozen=True)
class _Owner:
    """A property that another type sets too.

    Attributes:
        name: The property.
        other: The other type, one of which writes what the property says.
        by: The property of that one that says whose setting it is.
    """

    name: str
    other: str
    by: str


_IN_BUCKETS = {
    "accelerationStatus": "bucketAccelerateConfiguration:BucketAccelerateConfiguration",
    "acl": "bucketAcl:BucketAcl",
    "corsRules": "bucketCorsConfiguration:BucketCorsConfiguration",
    "grants": "bucketAcl:BucketAcl",
    "lifecycleRules": "bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "logging": "bucketLogging:BucketLogging",
    "objectLockConfiguration": "bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    "policy": "bucketPolicy:BucketPolicy",
    "replicationConfiguration": "bucketReplicationConfig:BucketReplicationConfig",
    "requestPayer": "bucketRequestPaymentConfiguration:BucketRequestPaymentConfiguration",
    "serverSideEncryptionConfiguration": (
        "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
    ),
    "versioning": "bucketVersioning:BucketVersioning",
    "website": "bucketWebsiteConfiguration:BucketWebsiteConfiguration",
}
_RULE = "aws:vpc/securityGroup{0}Rule:SecurityGroup{0}Rule"
# Each update of one would undo the other's
_OWNERS = {
    _BUCKET: tuple(_Owner(name, f"aws:s3/{other}", "bucket") for name, other in _IN_BUCKETS.items()),
    _QUEUE: (
        _Owner("policy", "aws:sqs/queuePolicy:QueuePolicy", "queueUrl"),
        _Owner("redrivePolicy", "aws:sqs/redrivePolicy:RedrivePolicy", "queueUrl"),
        _Owner("redriveAllowPolicy", "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy", "queueUrl"),
    ),
    _ROLE: (
        _Owner("inlinePolicies", "aws:iam/rolePolicy:RolePolicy", "role"),
        _Owner("managedPolicyArns", "aws:iam/rolePolicyAttachment:RolePolicyAttachment", "role"),
    ),
    _GROUP: (
        _Owner("ingress", _RULE.format("Ingress"), "securityGroupId"),
        _Owner("egress", _RULE.format("Egress"), "securityGroupId"),
        _Owner("ingress", "aws:ec2/securityGroupRule:SecurityGroupRule", "securityGroupId"),
        _Owner("egress", "aws:ec2/securityGroupRule:SecurityGroupRule", "securityGroupId"),
    ),
    "aws:sns/topic:Topic": (_Owner("policy", "aws:sns/topicPolicy:TopicPolicy", "arn"),),
    "aws:kms/key:Key": (_Owner("policy", "aws:kms/keyPolicy:KeyPolicy", "keyId"),),
    "aws:secretsmanager/secret:Secret": (
        _Owner("policy", "aws:secretsmanager/secretPolicy:SecretPolicy", "secretArn"),
    ),
}


def faults(targets: Iterable[Target], place: Place) -> list[str]:
    """Say what is dangerous of each declaration, with what to do.

    Args:
        targets: What is declared.
        place: Where it lives, of which ids are made.
    """
    every = list(targets)
    by_type: dict[str, list[Target]] = {}
    for one in every:
        by_type.setdefault(one.type, []).append(one)
    return [fault for one in every for fault in (*_alone(one), *_twice(one, by_type, place))]


def _alone(target: Target) -> list[str]:
    found: list[str] = []
    why = PROTECTED.get(target.type)
    if why and not target.protect:
        found.append(f"{target.name}: {why}, and the program does not protect it: protect=True")
    if target.type in _KEPT and not target.retained and not target.inputs.get("deletionProtectionEnabled"):
        found.append(
            f"{target.name}: out of the program it would be deleted with its data: retain_on_delete=True"
        )
    if target.inputs.get("forceDestroy") is True:
        found.append(f"{target.name}: force_destroy deletes what it holds: leave it out")
    found += [
        f"{target.name}: its {name} is made up by the provider, so the live one would be replaced: declare it"
        for name in _NAMES
        if name in defaults(target.inputs)
    ]
    found += [
        f"{target.name}: its {name} is made up of {prefix}, so the live one would be replaced: declare {name}"
        for prefix, name in _PREFIXES.items()
        if target.inputs.get(prefix) and not _declared(target, name)
    ]
    return found


def _declared(target: Target, name: str) -> bool:
    """Say whether the program itself says something of a property, and not the provider for it."""
    return bool(target.inputs.get(name)) and name not in defaults(target.inputs)


def _twice(target: Target, by_type: dict[str, list[Target]], place: Place) -> list[str]:
    return [
        f"{target.name}: {one.name} is declared here and by {other.name}, a {one.other}, too: "
        "each would undo the other's, keep one"
        for one in _OWNERS.get(target.type, ())
        if _declared(target, one.name)
        for other in by_type.get(one.other, ())
        if _is_of(other, one.by, target, place) and _same_side(other, one.name)
    ]


def _same_side(rule: Target, name: str) -> bool:
    """Say whether a rule of a security group is of the side that a property has; others have no side."""
    return rule.inputs.get("type", name) == name if "securityGroupRule" in rule.type else True


def _is_of(other: Target, by: str, target: Target, place: Place) -> bool:
    """Say whether a property means a target: computed from it, or its name, ARN or URL in words."""
    if target.urn in other.uses.get(by, ()):
        return True
    value, derive = other.inputs.get(by), DERIVED.get(target.type)
    texts = {key: one for key, one in target.inputs.items() if isinstance(one, str)}
    identity = derive(texts, place) if derive else None
    if not isinstance(value, str) or value == UNKNOWN or not identity or called(value) != called(identity):
        return False
    here = Spot(place.account, place.region)
    return not spot(target.type, value, here).clashes(spot(target.type, identity, here))
