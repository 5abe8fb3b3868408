"""How long a policy document may be: AWS refuses a longer one, and only when it is sent.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""

import json
import re
from collections.abc import Iterable, Mapping

from tms_policies.model import Bag, Finding, Resource, Unknown
from tms_policies.registry import rule

# Characters without white space; inline policies of one principal share their limit. For S3, SQS, SNS, KMS,
# ECR, Secrets Manager and CloudWatch Logs the limit is that of the service's API.
LIMITS: Mapping[tuple[str, str], int] = {
    ("aws:iam/role:Role", "assumeRolePolicy"): 2048,
    ("aws:iam/role:Role", "inlinePolicies"): 10240,
    ("aws:iam/rolePolicy:RolePolicy", "policy"): 10240,
    ("aws:iam/groupPolicy:GroupPolicy", "policy"): 5120,
    ("aws:iam/userPolicy:UserPolicy", "policy"): 2048,
    ("aws:iam/policy:Policy", "policy"): 6144,
    ("aws:s3/bucketPolicy:BucketPolicy", "policy"): 20480,
    ("aws:s3/bucket:Bucket", "policy"): 20480,
    ("aws:sns/topicPolicy:TopicPolicy", "policy"): 30720,
    ("aws:kms/key:Key", "policy"): 32768,
    ("aws:kms/keyPolicy:KeyPolicy", "policy"): 32768,
    ("aws:ecr/repositoryPolicy:RepositoryPolicy", "policy"): 10240,
    ("aws:secretsmanager/secretPolicy:SecretPolicy", "policy"): 20480,
    ("aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "policyDocument"): 5120,
    ("aws:dynamodb/resourcePolicy:ResourcePolicy", "policy"): 20480,
}
_SPACE = re.compile(r"\s")


def length(value: object) -> int:
    """Count a document's characters as IAM does, without white space."""
    if isinstance(value, str):
        return len(_SPACE.sub("", value))
    return len(json.dumps(value, separators=(",", ":"), default=str))


def _texts(resource: Resource, name: str) -> list[object]:
    value = resource.props.get(name)
    if name == "inlinePolicies":
        values = value if isinstance(value, list) else []
        return [item.get("policy") for item in values if isinstance(item, dict)]
    return [value]


@rule(
    "iam-policy-size",
    severity="high",
    types=tuple(dict.fromkeys(token for token, _ in LIMITS)),
    remedy="Merge statements with the same resources, or divide the document.",
    why="AWS counts when the document is sent, so an update stops half-way with other changes made. "
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
)
def size(resource: Resource, _settings: Bag) -> Iterable[Finding]:
    """No policy document is longer than AWS takes it."""
    for token, name in LIMITS:
        if token != resource.type:
            continue
        declared = [
            item for item in _texts(resource, name) if item is not None and not isinstance(item, Unknown)
        ]
        result, limit = sum(length(item) for item in declared), LIMITS[token, name]
        if result > limit:
            yield Finding(
                f"{name} of {resource.name} has {result} characters without white space; AWS takes {limit}",
                "fewer statements: those with the same resources as one, or a policy of its own per service",
            )
