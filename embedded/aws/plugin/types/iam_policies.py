"""IAM policies that are resources of their own: inline ones, managed ones and attachments."""

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.model import Model, Policy
from embedded.aws.plugin.shapes import pick, tag_list, tag_map
from embedded.aws.plugin.types.iam import attached, text
from embedded.aws.plugin.values import Bag

_GONE = frozenset({"NoSuchEntity"})
_VERSIONS_KEPT = 5  # as many as AWS allows (IAM and AWS STS quotas)


def put_inline(aws: Aws, policy_id: str, _old: Bag, new: Bag) -> None:
    """Write an inline policy."""
    role, _, name = policy_id.partition(":")
    aws.client("iam").put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=new["policy"])


def create_inline(aws: Aws, new: Bag) -> str:
    """Write a new inline policy."""
    policy_id = f"{new['role']}:{new['name']}"
    put_inline(aws, policy_id, {}, new)
    return policy_id


def read_inline(aws: Aws, policy_id: str) -> Bag | None:
    """Return the live state of the inline policy."""
    role, _, name = policy_id.partition(":")
    live = aws.client("iam").get_role_policy(RoleName=role, PolicyName=name)
    return {"role": role, "name": name, "policy": text(live["PolicyDocument"])}


def delete_inline(aws: Aws, policy_id: str, _state: Bag) -> None:
    """Delete the inline policy."""
    role, _, name = policy_id.partition(":")
    aws.client("iam").delete_role_policy(RoleName=role, PolicyName=name)


def create_managed(aws: Aws, new: Bag) -> str:
    """Create a managed policy."""
    names = {"name": "PolicyName", "path": "Path", "description": "Description", "policy": "PolicyDocument"}
    tags = tag_list(new.get("tagsAll") or {})
    return str(aws.client("iam").create_policy(**pick(new, names), Tags=tags)["Policy"]["Arn"])


def update_managed(aws: Aws, arn: str, old: Bag, new: Bag) -> None:
    """Create a new default version, after deleting the oldest if there is no room."""
    if new["policy"] == old.get("policy"):
        return
    client = aws.client("iam")
    versions = client.list_policy_versions(PolicyArn=arn)["Versions"]
    if len(versions) >= _VERSIONS_KEPT:
        oldest = min((v for v in versions if not v["IsDefaultVersion"]), key=lambda v: v["CreateDate"])
        client.delete_policy_version(PolicyArn=arn, VersionId=oldest["VersionId"])
    client.create_policy_version(PolicyArn=arn, PolicyDocument=new["policy"], SetAsDefault=True)


def read_managed(aws: Aws, arn: str) -> Bag | None:
    """Return the managed policy and its default version."""
    client = aws.client("iam")
    live = client.get_policy(PolicyArn=arn)["Policy"]
    version = client.get_policy_version(PolicyArn=arn, VersionId=live["DefaultVersionId"])["PolicyVersion"]
    names = {
        "Arn": "arn",
        "PolicyName": "name",
        "Path": "path",
        "Description": "description",
        "PolicyId": "policyId",
        "AttachmentCount": "attachmentCount",
    }
    return {**pick(live, names), "policy": text(version["Document"]), "tags": tag_map(live.get("Tags") or [])}


def delete_managed(aws: Aws, arn: str, _state: Bag) -> None:
    """Delete the managed policy, its older versions first."""
    client = aws.client("iam")
    for version in client.list_policy_versions(PolicyArn=arn)["Versions"]:
        if not version["IsDefaultVersion"]:
            client.delete_policy_version(PolicyArn=arn, VersionId=version["VersionId"])
    client.delete_policy(PolicyArn=arn)


def retag_managed(aws: Aws, arn: str, _state: Bag, new_tags: dict[str, str], removed_keys: list[str]) -> None:
    """Change the managed policy's tags."""
    if removed_keys:
        aws.client("iam").untag_policy(PolicyArn=arn, TagKeys=removed_keys)
    if new_tags:
        aws.client("iam").tag_policy(PolicyArn=arn, Tags=tag_list(new_tags))


def attach(aws: Aws, new: Bag) -> str:
    """Attach a managed policy to a role."""
    aws.client("iam").attach_role_policy(RoleName=new["role"], PolicyArn=new["policyArn"])
    return f"{new['role']}/{new['policyArn']}"


def read_attachment(aws: Aws, attachment_id: str) -> Bag | None:
    """Return the attachment, or None."""
    role, _, arn = attachment_id.partition("/")
    return {"role": role, "policyArn": arn} if arn in attached(aws.client("iam"), role) else None


def detach(aws: Aws, attachment_id: str, _state: Bag) -> None:
    """Detach the managed policy from the role."""
    role, _, arn = attachment_id.partition("/")
    aws.client("iam").detach_role_policy(RoleName=role, PolicyArn=arn)


MODELS = {
    "aws:iam/rolePolicy:RolePolicy": Model(
        page="iam_role_policy",
        create=create_inline,
        read=read_inline,
        update=put_inline,
        delete=delete_inline,
        replaces=frozenset({"name", "namePrefix", "role"}),
        computed=frozenset({"name", "namePrefix"}),
        texts={"policy": Policy},
        missing=_GONE,
    ),
    "aws:iam/policy:Policy": Model(
        page="iam_policy",
        create=create_managed,
        read=read_managed,
        update=update_managed,
        delete=delete_managed,
        retag=retag_managed,
        replaces=frozenset({"name", "namePrefix", "path", "description"}),
        defaults={"path": "/"},
        computed=frozenset({"name", "namePrefix"}),
        texts={"policy": Policy},
        unread=frozenset({"delayAfterPolicyCreationInMs"}),
        missing=_GONE,
    ),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": Model(
        page="iam_role_policy_attachment",
        create=attach,
        read=read_attachment,
        delete=detach,
        replaces=frozenset({"role", "policyArn"}),
        missing=_GONE,
        name=None,
    ),
}
