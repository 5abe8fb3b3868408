"""Repositories of images, and the policies on them."""

import json

from tests.support.cases.case import ACCOUNT, IAM, REGION, Case, document

_EXPIRE = {"type": "expire"}


def lifecycle(days: int) -> str:
    """A lifecycle policy that keeps untagged images for some days."""
    selection = {
        "tagStatus": "untagged",
        "countType": "sinceImagePushed",
        "countUnit": "days",
        "countNumber": days,
    }
    return json.dumps({"rules": [{"rulePriority": 1, "selection": selection, "action": _EXPIRE}]})


IMAGES = [
    Case("aws:ecr/repository:Repository", "repository-minimal", "round-trip", {"name": "round-trip"}),
    Case(
        "aws:ecr/repository:Repository",
        "repository-rich",
        "agents/rich",
        {
            "name": "agents/rich",
            "imageTagMutability": "IMMUTABLE_WITH_EXCLUSION",
            "imageTagMutabilityExclusionFilters": [{"filter": "latest*", "filterType": "WILDCARD"}],
            "imageScanningConfiguration": {"scanOnPush": True},
            "encryptionConfigurations": [
                {"encryptionType": "KMS", "kmsKey": f"arn:aws:kms:{REGION}:{ACCOUNT}:key/images"}
            ],
            "forceDelete": True,
            "tags": {"Purpose": "agents"},
        },
    ),
    Case(
        "aws:ecr/repository:Repository",
        "repository-managed-key",
        "managed-key",
        {"name": "managed-key", "encryptionConfigurations": [{"encryptionType": "KMS"}]},
    ),
    Case(
        "aws:ecr/lifecyclePolicy:LifecyclePolicy",
        "images-minimal",
        "round-trip",
        {
            "repository": "round-trip",
            "policy": lifecycle(14),
        },
        ("repository-minimal",),
    ),
    Case(
        "aws:ecr/lifecyclePolicy:LifecyclePolicy",
        "images-rich",
        "agents/rich",
        {
            "repository": "agents/rich",
            "policy": {
                "rules": [
                    {
                        "rulePriority": 2,
                        "description": "the last thirty",
                        "selection": {
                            "tagStatus": "any",
                            "countType": "imageCountMoreThan",
                            "countNumber": 30,
                        },
                        "action": _EXPIRE,
                    },
                    {
                        "rulePriority": 1,
                        "selection": {
                            "tagStatus": "tagged",
                            "tagPrefixList": ["test", "dev"],
                            "countType": "imageCountMoreThan",
                            "countNumber": 3,
                        },
                        "action": _EXPIRE,
                    },
                ]
            },
        },
        ("repository-rich",),
    ),
    Case(
        "aws:ecr/repositoryPolicy:RepositoryPolicy",
        "pull-minimal",
        "round-trip",
        {
            "repository": "round-trip",
            "policy": document("ecr:BatchGetImage", resource=None, principal={"AWS": f"{IAM}:root"}),
        },
        ("repository-minimal",),
    ),
    Case(
        "aws:ecr/repositoryPolicy:RepositoryPolicy",
        "pull-rich",
        "agents/rich",
        {
            "repository": "agents/rich",
            "policy": document(
                "ecr:GetDownloadUrlForLayer",
                "ecr:BatchGetImage",
                resource=None,
                principal={"Service": "bedrock-agentcore.amazonaws.com"},
                Sid="Pull",
                Condition={"StringEquals": {"aws:SourceAccount": ACCOUNT}},
            ),
        },
        ("repository-rich",),
    ),
]
