"""What each of the delivery's roles may do, as statements; computed from the one table of actions."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from components import matrix
from components.delivery.actions import READ, WRITE, actions_of
from components.delivery.denied_actions import (
    BUCKET_GUARDS,
    DATA_ACCESS,
    DELETIONS,
    KEY_CHANGES,
    OBJECT_ACCESS,
)
from components.delivery.scopes import BOUND, Conditions, Scopes
from components.delivery.settings import DeliverySettings
from components.naming import Naming
from components.settings.derived import PROJECT
from components.statements import Statement, allow, document

HOST = "token.actions.githubusercontent.com"
ROLES = ("preview", "deploy", "drift")


def role_name(settings: DeliverySettings, role: str) -> str:
    """Return a role's physical name."""
    return f"{settings.name}-{role}"


def subject(settings: DeliverySettings, role: str) -> str:
    """Return the one subject whose tokens may assume a role (GitHub, "OpenID Connect reference").

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
    """Return a role's trust policy: GitHub's tokens for AWS, of one subject."""
    naming = Naming(settings.region, settings.account)
    statement = {
        "Sid": matrix.sid("Jobs", role),
        "Effect": "Allow",
        "Principal": {"Federated": naming.oidc_provider(HOST)},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {
            "StringEquals": {f"{HOST}:aud": naming.token_audience, f"{HOST}:sub": subject(settings, role)}
        },
    }
    return document([statement])


def permitted(settings: DeliverySettings, role: str, discovery: Iterable[str] = ()) -> list[Statement]:
    """Return the statements of a role.

    Args:
        settings: All settings of the delivery.
        role: One of `ROLES`.
        discovery: For `drift`: the actions that `tms adopt discover` reads with.
    """
    operations = (*READ, *WRITE) if role == "deploy" else READ
    statements = [*_by_table(settings, operations), *_state(settings, writes=role == "deploy")]
    if role == "drift":
        statements.append(allow("Discover", discovery, ["*"]))
    statements += [*_guarded_data(settings, role)]
    if role == "deploy":
        statements += [*_guarded_state(settings), *_guarded_delivery(settings)]
    return statements


def _by_table(settings: DeliverySettings, operations: tuple[str, ...]) -> Iterator[Statement]:
    """Yield one statement per place and conditions, with all that may be done there."""
    scopes = Scopes(settings.system)
    merged: dict[str, tuple[tuple[str, ...], Conditions, set[str]]] = {}
    for family, action in actions_of(*operations):
        for scope in scopes.of(family, action):
            key = f"{scope.label}|{scope.resources}|{scope.conditions}"
            merged.setdefault(key, (scope.resources, scope.conditions, set()))[2].add(action)
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
    """Yield what no role sees: the data that the system works on, whatever else is attached to the role."""
    naming, system = Naming(settings.region, settings.account), settings.system
    yield _deny("NeverData", DATA_ACCESS, ["*"])
    objects = [naming.objects(system.documents.name), naming.objects(system.audit.name)]
    yield _deny("NeverDocuments", OBJECT_ACCESS, objects)
    if role != "deploy":
        yield _deny(
            "NeverWriteState", ["s3:DeleteObject", "s3:PutObject"], [naming.objects(settings.state.bucket)]
        )


def _guarded_state(settings: DeliverySettings) -> Iterator[Statement]:
    """Yield what stays: what holds data, and what guards the state from its users."""
    naming = Naming(settings.region, settings.account)
    yield _deny("StatefulThingsStay", DELETIONS, ["*"])
    yield _deny("StateBucketStays", BUCKET_GUARDS, [naming.bucket(settings.state.bucket)])
    yield _deny("StateKeyStays", KEY_CHANGES, [naming.keys()], **_of_state_key(settings))
    yield _deny("StateAliasStays", ["kms:CreateAlias", "kms:UpdateAlias"], [naming.alias(settings.key.alias)])


def _guarded_delivery(settings: DeliverySettings) -> Iterator[Statement]:
    """Yield what the bound cannot touch: the delivery's own identities, and boundaries.

    IAM user guide, "Permissions boundaries for IAM entities": whoever may change a boundary has none.
    """
    naming, boundary = Naming(settings.region, settings.account), settings.system.permissions_boundary_arn
    roles = [naming.role(role_name(settings, role)) for role in ROLES]
    policies = [naming.policy(f"{settings.name}-*")]
    boundaries = [arn for arn in (boundary, settings.boundary) if arn]
    # every action there is, those of tomorrow too
    yield _deny("IdentitiesStay", ["iam:*"], [*roles, *policies, *boundaries, naming.oidc_provider(HOST)])
    yield _deny("BoundariesStay", ["iam:DeleteRolePermissionsBoundary"], ["*"])
    if boundary:
        unbound = {"StringNotEquals": {"iam:PermissionsBoundary": boundary}}
        yield _deny("RolesAreBound", BOUND, ["*"], **unbound)
