"""IAM roles, with the policies inside them and attached to them."""

import json
from typing import Any

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.model import Model, Policy
from embedded.aws.plugin.shapes import pick, tag_list, tag_map
from embedded.aws.plugin.values import Bag

_GONE = frozenset({"NoSuchEntity"})


def create(aws: Aws, new: Bag) -> str:
    """Create the role; the policies that it is given itself follow in `settle`."""
    names = {
        "name": "RoleName",
        "path": "Path",
        "assumeRolePolicy": "AssumeRolePolicyDocument",
        "description": "Description",
        "maxSessionDuration": "MaxSessionDuration",
        "permissionsBoundary": "PermissionsBoundary",
    }
    aws.client("iam").create_role(**pick(new, names), Tags=tag_list(new.get("tagsAll") or {}))
    return str(new["name"])


def settle(aws: Aws, role: str, old: Bag, new: Bag) -> None:
    """Inline policies and attachments that are given on the role itself, which then owns all of them."""
    client = aws.client("iam")
    if "managedPolicyArns" in new:
        desired, current = set(new["managedPolicyArns"]), set(attached(client, role))
        for arn in sorted(desired - current):
            client.attach_role_policy(RoleName=role, PolicyArn=arn)
        for arn in sorted(current - desired):
            client.detach_role_policy(RoleName=role, PolicyArn=arn)
    if "inlinePolicies" in new and new["inlinePolicies"] != old.get("inlinePolicies"):
        texts = {p["name"]: p["policy"] for p in new["inlinePolicies"] if p.get("name")}
        for name, text in texts.items():
            client.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=text)
        for name in inline(client, role):
            if name not in texts:
                client.delete_role_policy(RoleName=role, PolicyName=name)


def update(aws: Aws, role: str, old: Bag, new: Bag) -> None:
    """Change trust, description, session length, boundary and owned policies."""
    client = aws.client("iam")
    if new["assumeRolePolicy"] != old.get("assumeRolePolicy"):
        client.update_assume_role_policy(RoleName=role, PolicyDocument=new["assumeRolePolicy"])
    settings = {"description": "Description", "maxSessionDuration": "MaxSessionDuration"}
    if any(new.get(name) != old.get(name) for name in settings):
        client.update_role(RoleName=role, Description=new.get("description", ""), **pick(new, settings))
    boundary = new.get("permissionsBoundary")
    if boundary and boundary != old.get("permissionsBoundary"):
        client.put_role_permissions_boundary(RoleName=role, PermissionsBoundary=boundary)
    if old.get("permissionsBoundary") and not boundary:
        client.delete_role_permissions_boundary(RoleName=role)
    settle(aws, role, old, new)


def read(aws: Aws, role: str) -> Bag | None:
    """Return the live state of the role."""
    client = aws.client("iam")
    live = client.get_role(RoleName=role)["Role"]
    names = {
        "Arn": "arn",
        "RoleName": "name",
        "Path": "path",
        "RoleId": "uniqueId",
        "Description": "description",
        "MaxSessionDuration": "maxSessionDuration",
    }
    policies = [
        {
            "name": name,
            "policy": text(client.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]),
        }
        for name in inline(client, role)
    ]
    return {
        **pick(live, names),
        "assumeRolePolicy": text(live["AssumeRolePolicyDocument"]),
        "createDate": live["CreateDate"].strftime("%Y-%m-%dT%H:%M:%SZ"),
        "permissionsBoundary": (live.get("PermissionsBoundary") or {}).get("PermissionsBoundaryArn"),
        "inlinePolicies": policies,
        "managedPolicyArns": attached(client, role),
        "tags": tag_map(live.get("Tags") or []),
    }


def delete(aws: Aws, role: str, state: Bag) -> None:
    """Delete the role; AWS refuses while policies are on it that this resource does not own."""
    client = aws.client("iam")
    forced = bool(state.get("forceDetachPolicies"))
    if forced or state.get("managedPolicyArns"):
        for arn in attached(client, role):
            client.detach_role_policy(RoleName=role, PolicyArn=arn)
    if forced or state.get("inlinePolicies"):
        for name in inline(client, role):
            client.delete_role_policy(RoleName=role, PolicyName=name)
    client.delete_role(RoleName=role)


def retag(aws: Aws, role: str, _state: Bag, new_tags: dict[str, str], removed_keys: list[str]) -> None:
    """Change the role's tags."""
    if removed_keys:
        aws.client("iam").untag_role(RoleName=role, TagKeys=removed_keys)
    if new_tags:
        aws.client("iam").tag_role(RoleName=role, Tags=tag_list(new_tags))


def text(stored: object) -> str:
    """Return a policy document as JSON text; botocore returns it decoded.

    Args:
        stored: The document as botocore gives it.

    Returns:
        The JSON text.
    """
    return stored if isinstance(stored, str) else json.dumps(stored)


def attached(client: Any, role: str) -> list[str]:  # noqa: ANN401 - botocore makes its clients at run time
    """Return the managed policies on a role.

    Args:
        client: An IAM client.
        role: The role's name.

    Returns:
        Their ARNs, sorted.
    """
    pages = client.get_paginator("list_attached_role_policies").paginate(RoleName=role)
    return sorted(policy["PolicyArn"] for page in pages for policy in page["AttachedPolicies"])


def inline(client: Any, role: str) -> list[str]:  # noqa: ANN401 - botocore makes its clients at run time
    """Return the inline policies of a role.

    Args:
        client: An IAM client.
        role: The role's name.

    Returns:
        Their names, sorted.
    """
    pages = client.get_paginator("list_role_policies").paginate(RoleName=role)
    return sorted(name for page in pages for name in page["PolicyNames"])


MODELS = {
    "aws:iam/role:Role": Model(
        page="iam_role",
        create=create,
        settle=settle,
        read=read,
        update=update,
        delete=delete,
        retag=retag,
        replaces=frozenset({"name", "namePrefix", "path"}),
        defaults={"forceDetachPolicies": False, "maxSessionDuration": 3600, "path": "/"},
        computed=frozenset({"name", "namePrefix", "inlinePolicies", "managedPolicyArns"}),
        texts={"assumeRolePolicy": Policy, "inlinePolicies.policy": Policy},
        sets={"inlinePolicies": "name", "managedPolicyArns": ""},
        unread=frozenset({"forceDetachPolicies"}),
        mirrored=frozenset({"inlinePolicies", "managedPolicyArns"}),
        missing=_GONE,
    ),
}
