"""The policies in force in the live account: a role's identity policies, and a resource's policy."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tms_policies.documents.document_properties import Kind
from tms_policies.documents.evaluation.request import Principal
from tms_policies.documents.evaluation.statements import Policy
from tms_policies.model import Unknown
from toolkit.aws.calls import DENIED, AwsError, in_parallel
from toolkit.operate.context import StackAccount

_NO_POLICY = frozenset(["NoSuchBucketPolicy", "PolicyNotFoundException"])


@dataclass(frozen=True)
class Role:
    """A live role.

    Attributes:
        principal: The role as the principal of a request.
        identity: Its inline and attached policies.
        boundary: Its permissions boundary; None without one.
    """

    principal: Principal
    identity: tuple[Policy, ...]
    boundary: Policy | None


def names(aws: StackAccount, role: str) -> tuple[list[str], dict[str, str]]:
    """Return the names of a role's inline policies, and the ARNs of its attached policies by name.

    Raises:
        AwsError: IAM refuses the call.
    """
    about = f"role {role}"
    inline = aws.pages("iam", "list_role_policies", about, RoleName=role)
    attached = aws.pages("iam", "list_attached_role_policies", about, RoleName=role)
    return (
        [str(name) for page in inline for name in page["PolicyNames"]],
        {
            str(policy["PolicyName"]): str(policy["PolicyArn"])
            for page in attached
            for policy in page["AttachedPolicies"]
        },
    )


def role_of(aws: StackAccount, name: str) -> Role:
    """Return a role with all its policies.

    Raises:
        AwsError: There is no such role, or IAM refuses a call.
    """
    description = aws.ask("iam", "get_role", f"role {name}", RoleName=name)["Role"]
    inline, attached = names(aws, name)
    inline_policies = in_parallel(lambda policy: _inline(aws, name, policy), inline)
    managed_policies = in_parallel(lambda arn: _managed(aws, arn, "policy"), attached.values())
    bound = description.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn")
    tags = {str(tag["Key"]): str(tag["Value"]) for tag in description.get("Tags", [])}
    return Role(
        Principal(arn=str(description["Arn"]), tags=tags),
        (*inline_policies, *managed_policies),
        _managed(aws, str(bound), "permissions boundary") if bound else None,
    )


def _inline(aws: StackAccount, role: str, name: str) -> Policy:
    answer = aws.ask("iam", "get_role_policy", f"role {role}", RoleName=role, PolicyName=name)
    return Policy.of(f"inline policy {name}", answer["PolicyDocument"])


def _managed(aws: StackAccount, arn: str, label: str) -> Policy:
    about = f"policy {arn}"
    version = aws.ask("iam", "get_policy", about, PolicyArn=arn)["Policy"]["DefaultVersionId"]
    answer = aws.ask("iam", "get_policy_version", about, PolicyArn=arn, VersionId=version)
    return Policy.of(f"{label} {arn}", answer["PolicyVersion"]["Document"])


def of_resource(aws: StackAccount, arn: str, action: str) -> Policy | None:
    """Return the resource policy of a queue, bucket, key, table or role; None if it has none.

    A policy that the caller may not read, such as another account's, exists and is unknown.

    Args:
        aws: The stack's account.
        arn: The resource; `*` has no policy.
        action: The action of the request; a role's trust policy counts for those of STS only.

    Raises:
        AwsError: There is no such resource, or AWS refuses the call.
    """
    source = next((candidate for candidate in _KINDS if candidate.applies_to(arn, action)), None)
    if source is None:
        return None
    name = arn.split(":", 5)[5]
    label = f"the {source.name} of {source.short(name)}"
    try:
        text = source.read(aws, arn, source.short(name))
    except AwsError as error:
        if error.name in _NO_POLICY:
            return None
        if error.name in DENIED:
            return Policy.of(label, Unknown("policy"), source.kind)
        raise
    return None if text is None else Policy.of(label, text, source.kind)


def _queue(aws: StackAccount, arn: str, name: str) -> str | None:
    about, owner = f"queue {name}", arn.split(":")[4]
    url = aws.ask("sqs", "get_queue_url", about, QueueName=name, QueueOwnerAWSAccountId=owner)["QueueUrl"]
    answer = aws.ask("sqs", "get_queue_attributes", about, QueueUrl=url, AttributeNames=["Policy"])
    return answer.get("Attributes", {}).get("Policy") or None


def _bucket(aws: StackAccount, _: str, name: str) -> str | None:
    return aws.ask("s3", "get_bucket_policy", f"bucket {name}", Bucket=name)["Policy"]


def _key(aws: StackAccount, arn: str, name: str) -> str | None:
    return aws.ask("kms", "get_key_policy", f"key {name}", KeyId=arn, PolicyName="default")["Policy"]


def _table(aws: StackAccount, arn: str, name: str) -> str | None:
    """Return a table's policy, which its indexes share."""
    table = arn.partition("/index/")[0]
    return aws.ask("dynamodb", "get_resource_policy", f"table {name}", ResourceArn=table)["Policy"]


def _trust(aws: StackAccount, _: str, name: str) -> Any:  # noqa: ANN401 - boto3 gives a document that is read
    return aws.ask("iam", "get_role", f"role {name}", RoleName=name)["Role"]["AssumeRolePolicyDocument"]


@dataclass(frozen=True)
class _PolicyKind:
    """A kind of resource that can have a resource policy.

    Attributes:
        name: What messages call the policy.
        start: The beginning of its ARNs, up to the name.
        actions: Prefix of the actions that the policy applies to.
        part: Index of the name in the resource's path.
        read: Returns the policy; None if there is none.
        kind: The policy's kind.
    """

    name: str
    start: re.Pattern[str]
    actions: str
    part: int
    read: Callable[[StackAccount, str, str], Any]
    kind: Kind = "resource"

    def applies_to(self, arn: str, action: str) -> bool:
        return self.start.match(arn) is not None and action.startswith(self.actions)

    def short(self, name: str) -> str:
        return name.split("/")[self.part]


_KINDS = (
    _PolicyKind("queue policy", re.compile(r"arn:[^:]+:sqs:"), "", 0, _queue),
    _PolicyKind("bucket policy", re.compile(r"arn:[^:]+:s3:::"), "", 0, _bucket),
    _PolicyKind("key policy", re.compile(r"arn:[^:]+:kms:[^:]*:[^:]*:key/"), "", -1, _key),
    _PolicyKind("table policy", re.compile(r"arn:[^:]+:dynamodb:[^:]*:[^:]*:table/"), "", 1, _table),
    _PolicyKind("trust policy", re.compile(r"arn:[^:]+:iam::[^:]*:role/"), "sts:", -1, _trust, "trust"),
)
