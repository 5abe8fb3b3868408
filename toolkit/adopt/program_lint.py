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
        kind: The other type, one of which writes what the property says.
        by: The property of that one that says whose setting it is.
    """

    name: str
    kind: str
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
    _BUCKET: tuple(_Owner(name, f"aws:s3/{kind}", "bucket") for name, kind in _IN_BUCKETS.items()),
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


def faults(targets: Iterable[Target], location: Place) -> list[str]:
    """Return what is dangerous of each declaration, with what to do.

    Args:
        targets: What is declared.
        location: Where it lives, of which ids are made.
    """
    all_targets = list(targets)
    by_type: dict[str, list[Target]] = {}
    for target in all_targets:
        by_type.setdefault(target.type, []).append(target)
    return [
        fault for target in all_targets for fault in (*_alone(target), *_twice(target, by_type, location))
    ]


def _alone(target: Target) -> list[str]:
    faults: list[str] = []
    why = PROTECTED.get(target.type)
    if why and not target.protect:
        faults.append(f"{target.name}: {why}, and the program does not protect it: protect=True")
    if target.type in _KEPT and not target.retained and not target.inputs.get("deletionProtectionEnabled"):
        faults.append(
            f"{target.name}: out of the program it would be deleted with its data: retain_on_delete=True"
        )
    if target.inputs.get("forceDestroy") is True:
        faults.append(f"{target.name}: force_destroy deletes what it holds: leave it out")
    faults += [
        f"{target.name}: its {name} is made up by the provider, so the live one would be replaced: declare it"
        for name in _NAMES
        if name in defaults(target.inputs)
    ]
    faults += [
        f"{target.name}: its {name} is made up of {prefix}, so the live one would be replaced: declare {name}"
        for prefix, name in _PREFIXES.items()
        if target.inputs.get(prefix) and not _declared(target, name)
    ]
    return faults


def _declared(target: Target, name: str) -> bool:
    """Check whether the program itself says something of a property, and not the provider for it."""
    return bool(target.inputs.get(name)) and name not in defaults(target.inputs)


def _twice(target: Target, by_type: dict[str, list[Target]], location: Place) -> list[str]:
    return [
        f"{target.name}: {owner.name} is declared here and by {rival.name}, a {owner.kind}, too: "
        "each would undo the other's, keep one"
        for owner in _OWNERS.get(target.type, ())
        if _declared(target, owner.name)
        for rival in by_type.get(owner.kind, ())
        if _is_of(rival, owner.by, target, location) and _same_side(rival, owner.name)
    ]


def _same_side(rule: Target, name: str) -> bool:
    """Check whether a rule of a security group is of the side that a property has; others have no side."""
    return rule.inputs.get("type", name) == name if "securityGroupRule" in rule.type else True


def _is_of(rival: Target, by: str, target: Target, location: Place) -> bool:
    """Check whether a property means a target: computed from it, or its name, ARN or URL in words."""
    if target.urn in rival.uses.get(by, ()):
        return True
    value, derive = rival.inputs.get(by), DERIVED.get(target.type)
    texts = {key: one for key, one in target.inputs.items() if isinstance(one, str)}
    identity = derive(texts, location) if derive else None
    if not isinstance(value, str) or value == UNKNOWN or not identity or called(value) != called(identity):
        return False
    default = Spot(location.account, location.region)
    return not spot(target.type, value, default).clashes(spot(target.type, identity, default))
