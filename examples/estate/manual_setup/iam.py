"""Roles and keys, by hand."""

from examples.estate.manual_setup.model import Attributes, Console, Creator, PlannedResource, tags

_HOUR = 3600


def role(console: Console, resource: PlannedResource) -> Attributes:
    """Create a role; its policies are put by calls of their own."""
    inputs = resource.inputs
    hour = inputs["maxSessionDuration"] == _HOUR  # the default of AWS
    answer = console.client("iam").create_role(
        RoleName=inputs["name"],
        AssumeRolePolicyDocument=inputs["assumeRolePolicy"],
        Tags=tags(inputs),
        **({"Description": inputs["description"]} if inputs.get("description") else {}),
        **({} if hour else {"MaxSessionDuration": inputs["maxSessionDuration"]}),
    )["Role"]
    return {"id": inputs["name"], "arn": answer["Arn"]}


def _role_policy(console: Console, resource: PlannedResource) -> Attributes:
    inputs = resource.inputs
    console.client("iam").put_role_policy(
        RoleName=inputs["role"], PolicyName=inputs["name"], PolicyDocument=inputs["policy"]
    )
    return {}


def key(console: Console, resource: PlannedResource) -> Attributes:
    """Create a key, with rotation if it is set."""
    inputs, keys = resource.inputs, console.client("kms")
    answer = keys.create_key(
        Description=inputs["description"],
        Policy=inputs["policy"],
        Tags=tags(inputs, "TagKey", "TagValue"),
    )["KeyMetadata"]
    if inputs.get("enableKeyRotation"):
        period = {"RotationPeriodInDays": days} if (days := inputs.get("rotationPeriodInDays")) else {}
        keys.enable_key_rotation(KeyId=answer["KeyId"], **period)
    return {"id": answer["KeyId"], "arn": answer["Arn"]}


def _alias(console: Console, resource: PlannedResource) -> Attributes:
    target = console.resolve(resource, "targetKeyId", "id")
    console.client("kms").create_alias(AliasName=resource.inputs["name"], TargetKeyId=target)
    return {}


CREATORS: dict[str, Creator] = {
    "aws:kms/key:Key": key,
    "aws:kms/alias:Alias": _alias,
    "aws:iam/role:Role": role,
    "aws:iam/rolePolicy:RolePolicy": _role_policy,
}
