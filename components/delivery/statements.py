"""What each of the delivery's roles may do, as statements; computed from the one table of actions."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from components import matrix
from components.delivery.actions import READ, WRITE, taken
from components.delivery.scopes import BOUND, Conditions, Places
from components.delivery.settings import DeliverySettings
from components.naming import Naming
from components.settings.derived import PROJECT
from components.statements import Statement, allow, document

HOST = "token.actions.githubusercontent.com"
AUDIENCE = "sts.amazonaws.com"
ROLES = ("preview", "deploy", "drift")
_DATA = (
    "dynamodb:BatchGetItem",
    "dynamodb:BatchWriteItem",
    "dynamodb:DeleteItem",
    "dynamodb:GetItem",
    "dynamodb:PartiQLDelete",
    "dynamodb:PartiQLInsert",
    "dynamodb:PartiQLSelect",
    "dynamodb:PartiQLUpdate",
    "dynamodb:PutItem",
    "dynamodb:Query",
    "dynamodb:Scan",
    "dynamodb:UpdateItem",
    "logs:FilterLogEvents",
    "logs:GetLogEvents",
    "secretsmanager:GetSecretValue",
    "sqs:ReceiveMessage",
    "ssm:GetParameter",
    "ssm:GetParameters",
    "ssm:GetParametersByPath",
)
_SACRED = (
    "cloudtrail:DeleteTrail",
    "cloudtrail:StopLogging",
    "dynamodb:DeleteBackup",
    "dynamodb:DeleteTable",
    "dynamodb:DeleteTableReplica",
    "ecr:BatchDeleteImage",
    "ecr:DeleteRepository",
    "kms:DeleteAlias",
    "kms:DeleteImportedKeyMaterial",
    "kms:DisableKey",
    "kms:ScheduleKeyDeletion",
    "logs:DeleteLogGroup",
    "logs:DeleteLogStream",
    "s3:BypassGovernanceRetention",
    "s3:DeleteBucket",
    "s3:DeleteObjectVersion",
    "sqs:DeleteQueue",
    "sqs:PurgeQueue",
)
_OBJECTS = ("s3:DeleteObject", "s3:GetObject", "s3:GetObjectVersion", "s3:PutObject")
_OPENS_KEY = (
    "kms:CreateGrant",
    "kms:PutKeyPolicy",
    "kms:ReplicateKey",
    "kms:TagResource",
    "kms:UntagResource",
)


def role_name(settings: DeliverySettings, role: str) -> str:
    """Give a role's physical name."""
    return f"{settings.name}-{role}"


def subject(settings: DeliverySettings, role: str) -> str:
    """Give the one subject whose tokens may assume a role (GitHub, "OpenID Connect reference").

    A pull request from a fork gets no token; were it to get one, its subject is of the same form, which is
    why the repository must not let forks have one.
    """
    ends = {
        "preview": "pull_request",
        "deploy": f"environment:{settings.github.environment}",
        "drift": f"ref:refs/heads/{settings.github.branch}",
    }
    return f"{settings.github.prefix}:{ends[role]}"


def trust(settings: DeliverySettings, role: str) -> str:
    """Give a role's trust policy: GitHub's tokens for AWS, of one subject."""
    provider = Naming(settings.region, settings.account).oidc_provider(HOST)
    statement = {
        "Sid": matrix.sid("Jobs", role),
        "Effect": "Allow",
        "Principal": {"Federated": provider},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringEquals": {f"{HOST}:aud": AUDIENCE, f"{HOST}:sub": subject(settings, role)}},
    }
    return document([statement])


def permitted(settings: DeliverySettings, role: str, discovery: Iterable[str] = ()) -> list[Statement]:
    """Give the statements of a role.

    Args:
        settings: All settings of the delivery.
        role: One of `ROLES`.
        discovery: For `drift`: the actions that `tms adopt discover` reads with.
    """
    deeds = (*READ, *WRITE) if role == "deploy" else READ
    found = [*_by_table(settings, deeds), *_state(settings, writes=role == "deploy")]
    if role == "drift":
        found.append(allow("Discover", discovery, ["*"]))
    found += [*_guarded_data(settings, role)]
    if role == "deploy":
        found += [*_kept(settings), *_itself(settings)]
    return found


def _by_table(settings: DeliverySettings, deeds: tuple[str, ...]) -> Iterator[Statement]:
    """Give one statement per place and conditions, with all that may be done there."""
    places = Places(settings.system)
    merged: dict[str, tuple[tuple[str, ...], Conditions, set[str]]] = {}
    for on, action in taken(*deeds):
        for grant in places.grants(on, action):
            key = f"{grant.place}|{grant.resources}|{grant.conditions}"
            merged.setdefault(key, (grant.resources, grant.conditions, set()))[2].add(action)
    used: dict[str, int] = {}
    for key, (resources, conditions, actions) in sorted(merged.items()):
        label = key.partition("|")[0]
        used[label] = used.get(label, 0) + 1
        number = str(used[label]) if used[label] > 1 else ""
        yield allow(matrix.sid(label) + number, actions, resources, **conditions)


def _state(settings: DeliverySettings, *, writes: bool) -> Iterator[Statement]:
    """Yield what a role may do with the system's own state; the delivery's state lies in the same bucket.

    What of it: pulumi/pulumi, pkg/backend/diy. A preview takes no lock, an update writes and deletes one.
    """
    naming = Naming(settings.region, settings.account)
    bucket = settings.state.bucket
    kinds = (
        ("backups", "history", "locks/organization", "stacks") if writes else ("locks/organization", "stacks")
    )
    objects = [naming.objects(bucket, f".pulumi/{kind}/{PROJECT}/") for kind in kinds]
    meta = naming.objects(bucket, ".pulumi/meta.yaml").removesuffix("*")
    yield allow("FindState", ["s3:ListBucket"], [naming.bucket(bucket)])
    yield allow("ReadState", ["s3:GetObject"], [*objects, meta])
    if writes:
        yield allow("WriteState", ["s3:DeleteObject", "s3:PutObject"], objects)
    use = ["kms:Decrypt", "kms:Encrypt"] if writes else ["kms:Decrypt"]
    yield allow("UseStateKey", use, [naming.keys()], **_of_state_key(settings))


def _of_state_key(settings: DeliverySettings) -> Mapping[str, Mapping[str, Any]]:
    return {"ForAnyValue:StringEquals": {"kms:ResourceAliases": f"alias/{settings.key.alias}"}}


def _deny(sid: str, actions: Iterable[str], resources: Iterable[str], **conditions: Any) -> Statement:  # noqa: ANN401 - condition blocks are free-form
    return {**allow(sid, actions, resources, **conditions), "Effect": "Deny"}


def _guarded_data(settings: DeliverySettings, role: str) -> Iterator[Statement]:
    """No role sees what the system works on, whatever else is attached to it."""
    naming, system = Naming(settings.region, settings.account), settings.system
    yield _deny("NeverData", _DATA, ["*"])
    held = [naming.objects(system.documents.name), naming.objects(system.audit.name)]
    yield _deny("NeverDocuments", _OBJECTS, held)
    if role != "deploy":
        yield _deny(
            "NeverWriteState", ["s3:DeleteObject", "s3:PutObject"], [naming.objects(settings.state.bucket)]
        )


def _kept(settings: DeliverySettings) -> Iterator[Statement]:
    """What holds data stays, and what guards the state is not for its users to change."""
    naming = Naming(settings.region, settings.account)
    yield _deny("StatefulThingsStay", _SACRED, ["*"])
    yield _deny("StateBucketStays", _BUCKET_GUARDS, [naming.bucket(settings.state.bucket)])
    yield _deny("StateKeyStays", _OPENS_KEY, [naming.keys()], **_of_state_key(settings))
    yield _deny("StateAliasStays", ["kms:CreateAlias", "kms:UpdateAlias"], [naming.alias(settings.key.alias)])


_BUCKET_GUARDS = (
    "s3:DeleteBucketPolicy",
    "s3:PutBucketAcl",
    "s3:PutBucketObjectLockConfiguration",
    "s3:PutBucketOwnershipControls",
    "s3:PutBucketPolicy",
    "s3:PutBucketPublicAccessBlock",
    "s3:PutBucketVersioning",
    "s3:PutEncryptionConfiguration",
    "s3:PutLifecycleConfiguration",
    "s3:PutReplicationConfiguration",
)


def _itself(settings: DeliverySettings) -> Iterator[Statement]:
    """Neither the delivery's own identities nor a boundary can be touched by who is bound by them.

    IAM user guide, "Permissions boundaries for IAM entities": whoever may change a boundary has none.
    """
    naming, boundary = Naming(settings.region, settings.account), settings.system.permissions_boundary_arn
    roles = [naming.role(role_name(settings, role)) for role in ROLES]
    policies = [naming.policy(f"{settings.name}-*")]
    bounds = [one for one in (boundary, settings.boundary) if one]
    # every action there is, those of tomorrow too
    yield _deny("IdentitiesStay", ["iam:*"], [*roles, *policies, *bounds, naming.oidc_provider(HOST)])
    yield _deny("BoundariesStay", ["iam:DeleteRolePermissionsBoundary"], ["*"])
    if boundary:
        other = {"StringNotEquals": {"iam:PermissionsBoundary": boundary}}
        yield _deny("RolesAreBound", BOUND, ["*"], **other)
