"""Types of ECR."""

from toolkit.aws.types.import_ids import NAME, account, joined
from toolkit.aws.types.listing import Listing, rows
from toolkit.aws.types.model import AwsType
from toolkit.aws.types.parts import ConsolePage, Delivery, Loss, ProviderFacts, actions

_PAGE = ConsolePage("/ecr/repositories/private/{account}/{name}?region={region}", name="repository")


TYPES: tuple[AwsType, ...] = (
    AwsType(
        "aws:ecr/lifecyclePolicy:LifecyclePolicy",
        import_id=joined("repository"),
        reads=actions("ecr", "GetLifecyclePolicy"),
        delivery=Delivery(
            "repositories",
            "ecr/lifecycle_policy.go",
            create=actions("ecr", "PutLifecyclePolicy"),
            update=actions("ecr", "PutLifecyclePolicy"),
            delete=actions("ecr", "DeleteLifecyclePolicy"),
        ),
        console=_PAGE,
    ),
    AwsType(
        "aws:ecr/registryPolicy:RegistryPolicy",
        import_id=account,
        console=_PAGE,
    ),
    AwsType(
        "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration",
        import_id=account,
        console=_PAGE,
    ),
    AwsType(
        "aws:ecr/repository:Repository",
        import_id=NAME,
        listing=Listing(
            "ecr",
            "describe_repositories",
            "ecr:DescribeRepositories",
            rows("repositories[].{id: repositoryName, name: repositoryName}"),
        ),
        holds_data=True,
        protect="it holds the images that run",
        loss=Loss("data", "its images would be lost"),
        provider=ProviderFacts(
            ("ecr/repository.go",),
            defaults={"imageTagMutability": "MUTABLE"},
        ),
        reads=actions("ecr", "DescribeRepositories ListTagsForResource"),
        delivery=Delivery(
            "repositories",
            "ecr/repository.go; Amazon ECR user guide, Encryption at rest: required IAM permissions",
            create=(
                *actions("ecr", "CreateRepository TagResource"),
                *actions("kms", "CreateGrant DescribeKey RetireGrant"),
            ),
            update=actions(
                "ecr", "PutImageScanningConfiguration PutImageTagMutability TagResource UntagResource"
            ),
            documented=(
                *actions("ecr", "PutImageScanningConfiguration PutImageTagMutability"),
                *actions("kms", "CreateGrant RetireGrant"),
            ),
            kept="nothing runs without its images",
        ),
        console=_PAGE,
    ),
    AwsType(
        "aws:ecr/repositoryPolicy:RepositoryPolicy",
        import_id=joined("repository"),
        reads=actions("ecr", "GetRepositoryPolicy"),
        console=_PAGE,
    ),
)
