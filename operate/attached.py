"""The policies that are in force on the live account: a role's, and a resource's own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from operate.asking import DENIED, AwsError, Place, each
from policy.documents.evaluation.request import Principal
from policy.documents.evaluation.statements import Policy
from policy.model import Unknown

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


def names(place: Place, role: str) -> tuple[list[str], dict[str, str]]:
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


def role_of(place: Place, name: str) -> Role:
    """Read a role with all its policies.

    Raises:
        AwsError: There is no such role, or IAM does not say.
    """
    found = place.ask("iam", "get_role", f"role {name}", RoleName=name)["Role"]
    inline, attached = names(place, name)
    own = each(lambda one: _inline(place, name, one), inline)
    others = each(lambda one: _managed(place, one, "policy"), attached.values())
    bound = found.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn")
    tags = {str(one["Key"]): str(one["Value"]) for one in found.get("Tags", [])}
    return Role(
        Principal(arn=str(found["Arn"]), tags=tags),
        (*own, *others),
        _managed(place, str(bound), "permissions boundary") if bound else None,
    )


def _inline(place: Place, role: str, name: str) -> Policy:
    given = place.ask("iam", "get_role_policy", f"role {role}", RoleName=role, PolicyName=name)
    return Policy.of(f"inline policy {name}", given["PolicyDocument"])


def _managed(place: Place, arn: str, what: str) -> Policy:
    about = f"policy {arn}"
    version = place.ask("iam", "get_policy", about, PolicyArn=arn)["Policy"]["DefaultVersionId"]
    given = place.ask("iam", "get_policy_version", about, PolicyArn=arn, VersionId=version)
    return Policy.of(f"{what} {arn}", given["PolicyVersion"]["Document"])


def of_resource(place: Place, arn: str) -> Policy | None:
    """Read the policy of a queue, bucket, object's bucket, key, table or role.

    One that the caller may not read, such as another account's, is there and unknown.

    Raises:
        AwsError: There is no such resource, or AWS does not say.
    """
    _, _, service, _, _, name = arn.split(":", 5) if arn.count(":") > 4 else ("",) * 6  # noqa: PLR2004 - an ARN has six parts
    read = _READERS.get(service)
    if read is None or (service == "iam" and not name.startswith("role/")):
        return None
    kind = "trust" if service == "iam" else "resource"
    what = {
        "sqs": "the queue policy",
        "s3": "the bucket policy",
        "kms": "the key policy",
        "iam": "the trust policy",
    }
    told = (
        f"{what.get(service, 'the resource policy')} of {name.partition('/')[0] if service == 's3' else name}"
    )
    try:
        text = read(place, arn, name)
    except AwsError as error:
        if error.name in _NO_POLICY:
            return None
        if error.name in DENIED:
            return Policy.of(told, Unknown("policy"), kind)
        raise
    return None if text is None else Policy.of(told, text, kind)


def _queue(place: Place, arn: str, name: str) -> str | None:
    about, owner = f"queue {name}", arn.split(":")[4]
    url = place.ask("sqs", "get_queue_url", about, QueueName=name, QueueOwnerAWSAccountId=owner)["QueueUrl"]
    given = place.ask("sqs", "get_queue_attributes", about, QueueUrl=url, AttributeNames=["Policy"])
    return given.get("Attributes", {}).get("Policy") or None


def _bucket(place: Place, _: str, name: str) -> str | None:
    bucket = name.partition("/")[0]
    return place.ask("s3", "get_bucket_policy", f"bucket {bucket}", Bucket=bucket)["Policy"]


def _key(place: Place, arn: str, name: str) -> str | None:
    return place.ask("kms", "get_key_policy", f"key {name}", KeyId=arn, PolicyName="default")["Policy"]


def _table(place: Place, arn: str, name: str) -> str | None:
    """Read a table's policy, which its indexes share; a missing table and a missing policy are told apart."""
    table = arn.partition("/index/")[0]
    return place.ask("dynamodb", "get_resource_policy", f"{name}", ResourceArn=table)["Policy"]


def _trust(place: Place, _: str, name: str) -> Any:  # noqa: ANN401 - boto3 gives a document that is read
    role = name.rpartition("/")[2]
    return place.ask("iam", "get_role", f"role {role}", RoleName=role)["Role"]["AssumeRolePolicyDocument"]


_READERS: Mapping[str, Callable[[Place, str, str], Any]] = {
    "sqs": _queue,
    "s3": _bucket,
    "kms": _key,
    "dynamodb": _table,
    "iam": _trust,
}
