"""Which property of which type holds a policy document, and the documents of a resource.

Types and properties are the AWS provider's; a test holds them against its classes. A document in a place
that is not listed is found by its form, as long as its text is known.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from policy.documents.parse import Document, loaded, parse
from policy.model import Resource, Unknown
from policy.values import blocks

Kind = Literal["identity", "trust", "resource"]


class Carried(NamedTuple):
    """A document of a resource: the property path that holds it, its kind and what it says."""

    path: str
    kind: Kind
    document: Document


@dataclass(frozen=True)
class _Place:
    """Where types carry documents of one kind under one property name."""

    kind: Kind
    name: str
    types: str


_PLACES = (
    _Place("trust", "assumeRolePolicy", "iam/role:Role"),
    _Place(
        "identity",
        "policy",
        "iam/policy:Policy iam/rolePolicy:RolePolicy iam/userPolicy:UserPolicy iam/groupPolicy:GroupPolicy "
        "iot/policy:Policy transfer/user:User transfer/access:Access",
    ),
    _Place("identity", "inlinePolicy", "ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy"),
    _Place(
        "resource",
        "policy",
        "acmpca/policy:Policy apigateway/restApi:RestApi apigateway/restApiPolicy:RestApiPolicy "
        "backup/vaultPolicy:VaultPolicy cloudwatch/eventBusPolicy:EventBusPolicy "
        "dynamodb/resourcePolicy:ResourcePolicy ec2/vpcEndpoint:VpcEndpoint "
        "ec2/vpcEndpointPolicy:VpcEndpointPolicy ecr/registryPolicy:RegistryPolicy "
        "ecr/repositoryPolicy:RepositoryPolicy ecrpublic/repositoryPolicy:RepositoryPolicy "
        "efs/fileSystemPolicy:FileSystemPolicy glue/resourcePolicy:ResourcePolicy "
        "iam/policyDocument:PolicyDocument kms/externalKey:ExternalKey kms/key:Key kms/keyPolicy:KeyPolicy "
        "kms/replicaExternalKey:ReplicaExternalKey kms/replicaKey:ReplicaKey "
        "mediastore/containerPolicy:ContainerPolicy msk/clusterPolicy:ClusterPolicy "
        "s3/accessPoint:AccessPoint s3/bucket:Bucket s3/bucketPolicy:BucketPolicy "
        "s3control/accessPointPolicy:AccessPointPolicy s3control/bucketPolicy:BucketPolicy "
        "s3control/multiRegionAccessPointPolicy:MultiRegionAccessPointPolicy "
        "s3control/objectLambdaAccessPointPolicy:ObjectLambdaAccessPointPolicy "
        "schemas/registryPolicy:RegistryPolicy secretsmanager/secret:Secret "
        "secretsmanager/secretPolicy:SecretPolicy ses/identityPolicy:IdentityPolicy "
        "sesv2/emailIdentityPolicy:EmailIdentityPolicy sns/topic:Topic sns/topicPolicy:TopicPolicy "
        "sqs/queue:Queue sqs/queuePolicy:QueuePolicy vpclattice/authPolicy:AuthPolicy "
        "vpclattice/resourcePolicy:ResourcePolicy",
    ),
    _Place(
        "resource",
        "policyDocument",
        "cloudwatch/logResourcePolicy:LogResourcePolicy codeartifact/domainPermissions:DomainPermissions "
        "codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy",
    ),
    _Place("resource", "accessPolicy", "cloudwatch/logDestinationPolicy:LogDestinationPolicy glacier/vault:Vault"),
    _Place(
        "resource",
        "accessPolicies",
        "elasticsearch/domain:Domain elasticsearch/domainPolicy:DomainPolicy opensearch/domain:Domain "
        "opensearch/domainPolicy:DomainPolicy",
    ),
    _Place(
        "resource",
        "resourcePolicy",
        "kinesis/resourcePolicy:ResourcePolicy networkfirewall/resourcePolicy:ResourcePolicy "
        "redshift/resourcePolicy:ResourcePolicy s3tables/tableBucketPolicy:TableBucketPolicy "
        "s3tables/tablePolicy:TablePolicy",
    ),
)
CARRIERS: dict[str, dict[str, Kind]] = {}
for _place in _PLACES:
    for _type in _place.types.split():
        CARRIERS.setdefault(f"aws:{_type}", {})[_place.name] = _place.kind


def _looks_like_one(value: object) -> bool:
    """Say whether a value in an unlisted place is a policy document."""
    if isinstance(value, str):
        if '"statement"' not in value.lower():
            return False
        try:
            value = loaded(value)
        except ValueError:
            return True
    return isinstance(value, dict) and any(str(key).lower() == "statement" for key in value)


def _kind(document: Document) -> Kind:
    """Tell a resource's policy from an identity's by its principals."""
    named = any({"principal", "notprincipal"} & one.elements.keys() for one in document.statements)
    return "resource" if named else "identity"


def _found(value: Any, path: str) -> Iterator[Carried]:  # noqa: ANN401 - a property bag holds anything
    """Give the documents inside a value, by their form."""
    if _looks_like_one(value):
        document = parse(value)
        yield Carried(path, _kind(document), document)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _found(one, f"{path}.{key}")
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _found(one, f"{path}[{index}]")


def _inline(resource: Resource) -> Iterator[Carried]:
    """Give the documents in a role's inline policy blocks."""
    given = resource.props.get("inlinePolicies")
    if isinstance(given, Unknown):
        yield Carried(given.path, "identity", Document(unknown=given))
    for index, block in enumerate(blocks(given)):
        if block.get("policy") is not None:
            yield Carried(f"inlinePolicies[{index}].policy", "identity", parse(block["policy"]))


def _read(resource: Resource) -> Iterator[Carried]:
    listed = CARRIERS.get(resource.type, {})
    role = resource.type == "aws:iam/role:Role"
    if role:
        yield from _inline(resource)
    for name, value in resource.props.items():
        if name in listed:
            if value is not None and value != "":
                yield Carried(name, listed[name], parse(value))
        elif not (role and name == "inlinePolicies"):
            yield from _found(value, name)


class _Held(NamedTuple):
    """A resource by identity, so that a cache may hold what it carries."""

    resource: Resource

    def __hash__(self) -> int:
        return id(self.resource)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.resource is self.resource


@lru_cache(maxsize=16)
def _cached(held: _Held) -> tuple[Carried, ...]:
    return tuple(_read(held.resource))


def documents(resource: Resource) -> tuple[Carried, ...]:
    """Give every policy document that a resource carries, read once per resource."""
    return _cached(_Held(resource))
