"""The policies that are in force on the live account: a role's, and a resource's own."""

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
        principal: Who it is in a request.
        identity: Its inline and attached policies.
        boundary: Its permissions boundary; None without one.
    """

    principal: Principal
    identity: tuple[Policy, ...]
    boundary: Policy | None


def names(place: StackAccount, role: str) -> tuple[list[str], dict[str, str]]:
    """Give the names of a role's inline policies, and the ARNs of those attached, by name.

    Raises:
        AwsError: IAM does not say.
    """
    about = f"role {role}"
    inline = place.pages("iam", "list_role_policies", about, RoleName=role)
    attached = place.pages("iam", "list_attached_role_policies", about, RoleName=role)
    return (
        [str(name) for page in inline for name in page["PolicyNames"]],
        {
            str(one["PolicyName"]): str(one["PolicyArn"])
            for page in attached
            for one in page["AttachedPolicies"]
        },
    )


def role_of(place: StackAccount, name: str) -> Role:
    """Read a role with all its policies.

    Raises:
        AwsError: There is no such role, or IAM does not say.
    """
    found = place.ask("iam", "get_role", f"role {name}", RoleName=name)["Role"]
    inline, attached = names(place, name)
    own = in_parallel(lambda one: _inline(place, name, one), inline)
    others = in_parallel(lambda one: _managed(place, one, "policy"), attached.values())
    bound = found.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn")
    tags = {str(one["Key"]): str(one["Value"]) for one in found.get("Tags", [])}
    return Role(
        Principal(arn=str(found["Arn"]), tags=tags),
        (*own, *others),
        _managed(place, str(bound), "permissions boundary") if bound else None,
    )


def _inline(place: StackAccount, role: str, name: str) -> Policy:
    given = place.ask("iam", "get_role_policy", f"role {role}", RoleName=role, PolicyName=name)
    return Policy.of(f"inline policy {name}", given["PolicyDocument"])


def _managed(place: StackAccount, arn: str, what: str) -> Policy:
    about = f"policy {arn}"
    version = place.ask("iam", "get_policy", about, PolicyArn=arn)["Policy"]["DefaultVersionId"]
    given = place.ask("iam", "get_policy_version", about, PolicyArn=arn, VersionId=version)
    return Policy.of(f"{what} {arn}", given["PolicyVersion"]["Document"])


def of_resource(place: StackAccount, arn: str, action: str) -> Policy | None:
    """Read the policy that a queue, bucket, key, table or role has of its own.

    One that the caller may not read, such as another account's, is there and unknown.

    Args:
        place: Where to ask.
        arn: The resource; `*` has no policy.
        action: A role's trust policy is about those of STS alone.

    Raises:
        AwsError: There is no such resource, or AWS does not say.
    """
    found = next((one for one in _OWN if one.about(arn, action)), None)
    if found is None:
        return None
    name = arn.split(":", 5)[5]
    told = f"the {found.name} of {found.short(name)}"
    try:
        text = found.read(place, arn, found.short(name))
    except AwsError as error:
        if error.name in _NO_POLICY:
            return None
        if error.name in DENIED:
            return Policy.of(told, Unknown("policy"), found.kind)
        raise
    return None if text is None else Policy.of(told, text, found.kind)


def _queue(place: StackAccount, arn: str, name: str) -> str | None:
    about, owner = f"queue {name}", arn.split(":")[4]
    url = place.ask("sqs", "get_queue_url", about, QueueName=name, QueueOwnerAWSAccountId=owner)["QueueUrl"]
    given = place.ask("sqs", "get_queue_attributes", about, QueueUrl=url, AttributeNames=["Policy"])
    return given.get("Attributes", {}).get("Policy") or None


def _bucket(place: StackAccount, _: str, name: str) -> str | None:
    return place.ask("s3", "get_bucket_policy", f"bucket {name}", Bucket=name)["Policy"]


def _key(place: StackAccount, arn: str, name: str) -> str | None:
    return place.ask("kms", "get_key_policy", f"key {name}", KeyId=arn, PolicyName="default")["Policy"]


def _table(place: StackAccount, arn: str, name: str) -> str | None:
    """Read a table's policy, which its indexes share."""
    table = arn.partition("/index/")[0]
    return place.ask("dynamodb", "get_resource_policy", f"table {name}", ResourceArn=table)["Policy"]


def _trust(place: StackAccount, _: str, name: str) -> Any:  # noqa: ANN401 - boto3 gives a document that is read
    return place.ask("iam", "get_role", f"role {name}", RoleName=name)["Role"]["AssumeRolePolicyDocument"]


@dataclass(frozen=True)
class _Own:
    """A kind of resource that has a policy of its own.

    Attributes:
        name: How a message calls the policy.
        start: What its ARNs are like, up to the name.
        actions: What the actions that the policy is about start with.
        part: Which part of the resource's path its name is.
        read: Reads the policy; None where there is none.
        kind: The policy's kind.
    """

    name: str
    start: re.Pattern[str]
    actions: str
    part: int
    read: Callable[[StackAccount, str, str], Any]
    kind: Kind = "resource"

    def about(self, arn: str, action: str) -> bool:
        return self.start.match(arn) is not None and action.startswith(self.actions)

    def short(self, name: str) -> str:
        return name.split("/")[self.part]


_OWN = (
    _Own("queue policy", re.compile(r"arn:[^:]+:sqs:"), "", 0, _queue),
    _Own("bucket policy", re.compile(r"arn:[^:]+:s3:::"), "", 0, _bucket),
    _Own("key policy", re.compile(r"arn:[^:]+:kms:[^:]*:[^:]*:key/"), "", -1, _key),
    _Own("table policy", re.compile(r"arn:[^:]+:dynamodb:[^:]*:[^:]*:table/"), "", 1, _table),
    _Own("trust policy", re.compile(r"arn:[^:]+:iam::[^:]*:role/"), "sts:", -1, _trust, "trust"),
)
