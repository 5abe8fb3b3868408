"""Which property of which type holds a policy document, and of which kind.

Types and properties are the AWS provider's; a test holds them against its classes.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["identity", "trust", "resource"]


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
        "iam/policy:Policy iam/rolePolicy:RolePolicy iam/userPolicy:UserPolicy "
        "iam/groupPolicy:GroupPolicy iot/policy:Policy transfer/user:User transfer/access:Access",
    ),
    _Place("identity", "policy", "eks/podIdentityAssociation:PodIdentityAssociation"),
    _Place("identity", "sessionPolicy", "rolesanywhere/profile:Profile"),
    _Place("resource", "repositoryPolicy", "ecr/repositoryCreationTemplate:RepositoryCreationTemplate"),
    _Place(
        "resource",
        "deliveryDestinationPolicy",
        "cloudwatch/logDeliveryDestinationPolicy:LogDeliveryDestinationPolicy",
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
        "kms/externalKey:ExternalKey kms/key:Key kms/keyPolicy:KeyPolicy "
        "kms/replicaExternalKey:ReplicaExternalKey kms/replicaKey:ReplicaKey "
        "mediastore/containerPolicy:ContainerPolicy msk/clusterPolicy:ClusterPolicy "
        "s3/accessPoint:AccessPoint s3/bucket:Bucket s3/bucketPolicy:BucketPolicy "
        "s3control/accessPointPolicy:AccessPointPolicy s3control/bucketPolicy:BucketPolicy "
        "s3control/objectLambdaAccessPointPolicy:ObjectLambdaAccessPointPolicy "
        "schemas/registryPolicy:RegistryPolicy secretsmanager/secret:Secret "
        "secretsmanager/secretPolicy:SecretPolicy ses/identityPolicy:IdentityPolicy "
        "sesv2/emailIdentityPolicy:EmailIdentityPolicy sns/topic:Topic sns/topicPolicy:TopicPolicy "
        "sqs/queue:Queue sqs/queuePolicy:QueuePolicy vpclattice/authPolicy:AuthPolicy "
        "vpclattice/resourcePolicy:ResourcePolicy kinesis/resourcePolicy:ResourcePolicy "
        "networkfirewall/resourcePolicy:ResourcePolicy redshift/resourcePolicy:ResourcePolicy "
        "bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy "
        "codebuild/resourcePolicy:ResourcePolicy dsql/clusterPolicy:ClusterPolicy "
        "glacier/vaultLock:VaultLock lambda/resourcePolicy:ResourcePolicy oam/sinkPolicy:SinkPolicy "
        "opensearchingest/resourcePolicy:ResourcePolicy "
        "pinpoint/smsvoicev2ResourcePolicy:Smsvoicev2ResourcePolicy "
        "redshiftserverless/resourcePolicy:ResourcePolicy "
        "s3/filesFileSystemPolicy:FilesFileSystemPolicy "
        "s3/vectorsVectorBucketPolicy:VectorsVectorBucketPolicy "
        "s3control/accessGrantsInstanceResourcePolicy:AccessGrantsInstanceResourcePolicy",
    ),
    _Place(
        "resource",
        "policyDocument",
        "cloudwatch/logResourcePolicy:LogResourcePolicy "
        "codeartifact/domainPermissions:DomainPermissions "
        "codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy "
        "amp/resourcePolicy:ResourcePolicy xray/resourcePolicy:ResourcePolicy",
    ),
    _Place(
        "resource",
        "accessPolicy",
        "cloudwatch/logDestinationPolicy:LogDestinationPolicy glacier/vault:Vault "
        "cloudsearch/domainServiceAccessPolicy:DomainServiceAccessPolicy",
    ),
    _Place(
        "resource",
        "accessPolicies",
        "elasticsearch/domain:Domain elasticsearch/domainPolicy:DomainPolicy opensearch/domain:Domain "
        "opensearch/domainPolicy:DomainPolicy",
    ),
    _Place(
        "resource",
        "resourcePolicy",
        ""
        "s3tables/tableBucketPolicy:TableBucketPolicy s3tables/tablePolicy:TablePolicy "
        "sagemaker/modelPackageGroupPolicy:ModelPackageGroupPolicy",
    ),
)
CARRIERS: dict[str, dict[str, Kind]] = {}
for _place in _PLACES:
    for _type in _place.types.split():
        CARRIERS.setdefault(f"aws:{_type}", {})[_place.name] = _place.kind
# A role's inline policies are blocks, each with a `policy`
CARRIERS["aws:iam/role:Role"]["inlinePolicies"] = "identity"
# Documents of these have statements too, but speak of data to mask, not of access.
OTHER_LANGUAGES = frozenset(
    (
        "aws:cloudwatch/logAccountPolicy:LogAccountPolicy",
        "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy",
        "aws:sns/dataProtectionPolicy:DataProtectionPolicy",
    )
)
