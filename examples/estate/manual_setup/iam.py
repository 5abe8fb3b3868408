"""Roles and keys, by hand."""

from examples.estate.manual_setup.model import Hands, Made, Make, Wanted, tags

_HOUR = 3600


def role(hands: Hands, one: Wanted) -> Made:
    """Make a role; what it may do is put on it by itself."""
    given = one.inputs
    hour = given["maxSessionDuration"] == _HOUR  # what AWS says when nobody does
    made = hands.at("iam").create_role(
        RoleName=given["name"],
        AssumeRolePolicyDocument=given["assumeRolePolicy"],
        Tags=tags(given),
        **({"Description": given["description"]} if given.get("description") else {}),
        **({} if hour else {"MaxSessionDuration": given["maxSessionDuration"]}),
    )["Role"]
    return {"id": given["name"], "arn": made["Arn"]}


def _role_policy(hands: Hands, one: Wanted) -> Made:
    given = one.inputs
    hands.at("iam").put_role_policy(
        RoleName=given["role"], PolicyName=given["name"], PolicyDocument=given["policy"]
    )
    return {}


def key(hands: Hands, one: Wanted) -> Made:
    """Make a key that turns."""
    given, keys = one.inputs, hands.at("kms")
    made = keys.create_key(
        Description=given["description"],
        Policy=given["policy"],
        Tags=tags(given, "TagKey", "TagValue"),
    )["KeyMetadata"]
    if given.get("enableKeyRotation"):
        period = {"RotationPeriodInDays": days} if (days := given.get("rotationPeriodInDays")) else {}
        keys.enable_key_rotation(KeyId=made["KeyId"], **period)
    return {"id": made["KeyId"], "arn": made["Arn"]}


def _alias(hands: Hands, one: Wanted) -> Made:
    target = hands.known(one, "targetKeyId", "id")
    hands.at("kms").create_alias(AliasName=one.inputs["name"], TargetKeyId=target)
    return {}


MAKE: dict[str, Make] = {
    "aws:kms/key:Key": key,
    "aws:kms/alias:Alias": _alias,
    "aws:iam/role:Role": role,
    "aws:iam/rolePolicy:RolePolicy": _role_policy,
}
