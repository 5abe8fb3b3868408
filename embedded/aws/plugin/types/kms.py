"""KMS keys and their aliases."""

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.model import Model, Policy
from embedded.aws.plugin.shapes import pick, tag_list, tag_map
from embedded.aws.plugin.values import Bag

_GONE = frozenset({"NotFoundException"})
_DAYS = 30  # what AWS waits when nothing is said


def same_key(first: str, second: str) -> bool:
    """Return whether two texts name one key, by id or by ARN.

    Args:
        first: A key id or ARN.
        second: A key id or ARN.

    Returns:
        True when the ids are equal.
    """
    return first.rpartition("/")[2] == second.rpartition("/")[2]


def create(aws: Aws, new: Bag) -> str:
    """Create the key; rotation and disabling follow in `settle`."""
    names = {
        "description": "Description",
        "policy": "Policy",
        "keyUsage": "KeyUsage",
        "customerMasterKeySpec": "KeySpec",
        "multiRegion": "MultiRegion",
        "bypassPolicyLockoutSafetyCheck": "BypassPolicyLockoutSafetyCheck",
    }
    tags = tag_list(new.get("tagsAll") or {}, "TagKey", "TagValue")
    return str(aws.client("kms").create_key(**pick(new, names), Tags=tags)["KeyMetadata"]["KeyId"])


def settle(aws: Aws, key_id: str, old: Bag, new: Bag) -> None:
    """Rotation, and whether the key may be used; both are calls of their own."""
    client = aws.client("kms")
    rotation = {"rotationPeriodInDays": "RotationPeriodInDays"}
    desired, current = (bag.get("enableKeyRotation", False) for bag in (new, old))
    if desired and (not current or pick(new, rotation) != pick(old, rotation)):
        client.enable_key_rotation(KeyId=key_id, **pick(new, rotation))
    if current and not desired:
        client.disable_key_rotation(KeyId=key_id)
    if new["isEnabled"] != old.get("isEnabled", True):
        (client.enable_key if new["isEnabled"] else client.disable_key)(KeyId=key_id)


def update(aws: Aws, key_id: str, old: Bag, new: Bag) -> None:
    """Change description, policy, rotation and state."""
    client = aws.client("kms")
    if "description" in new and new["description"] != old.get("description"):
        client.update_key_description(KeyId=key_id, Description=new["description"])
    if "policy" in new and new["policy"] != old.get("policy"):
        client.put_key_policy(KeyId=key_id, PolicyName="default", Policy=new["policy"])
    settle(aws, key_id, old, new)


def read(aws: Aws, key_id: str) -> Bag | None:
    """Return the live state of the key; a key pending deletion counts as deleted."""
    client = aws.client("kms")
    key = client.describe_key(KeyId=key_id)["KeyMetadata"]
    if key["KeyState"] in ("PendingDeletion", "PendingReplicaDeletion"):
        return None
    rotation = client.get_key_rotation_status(KeyId=key_id)
    tags = [
        tag
        for page in client.get_paginator("list_resource_tags").paginate(KeyId=key_id)
        for tag in page["Tags"]
    ]
    names = {
        "Arn": "arn",
        "KeyId": "keyId",
        "Description": "description",
        "KeyUsage": "keyUsage",
        "KeySpec": "customerMasterKeySpec",
        "Enabled": "isEnabled",
    }
    return {
        **pick(key, names),
        "multiRegion": bool(key.get("MultiRegion")),
        "policy": client.get_key_policy(KeyId=key_id, PolicyName="default")["Policy"],
        "enableKeyRotation": rotation["KeyRotationEnabled"],
        "rotationPeriodInDays": rotation.get("RotationPeriodInDays")
        if rotation["KeyRotationEnabled"]
        else None,
        "tags": tag_map(tags, "TagKey", "TagValue"),
    }


def delete(aws: Aws, key_id: str, state: Bag) -> None:
    """Schedule the key's deletion; AWS never deletes a key at once."""
    days = state.get("deletionWindowInDays") or _DAYS
    aws.client("kms").schedule_key_deletion(KeyId=key_id, PendingWindowInDays=days)


def retag(aws: Aws, key_id: str, _state: Bag, new_tags: dict[str, str], removed_keys: list[str]) -> None:
    """Change the key's tags."""
    if removed_keys:
        aws.client("kms").untag_resource(KeyId=key_id, TagKeys=removed_keys)
    if new_tags:
        aws.client("kms").tag_resource(KeyId=key_id, Tags=tag_list(new_tags, "TagKey", "TagValue"))


def alias_name(name: str, _inputs: Bag) -> str:
    """Return an alias's invented name, with AWS's prefix `alias/`.

    Args:
        name: The name made from the resource's own name.
        _inputs: The alias's inputs.

    Returns:
        The name.
    """
    return f"alias/{name}"


def create_alias(aws: Aws, new: Bag) -> str:
    """Point a new alias at its key."""
    aws.client("kms").create_alias(AliasName=new["name"], TargetKeyId=new["targetKeyId"])
    return str(new["name"])


def read_alias(aws: Aws, name: str) -> Bag | None:
    """Return the live state of the alias."""
    pages = aws.client("kms").get_paginator("list_aliases").paginate()
    alias = next((a for page in pages for a in page["Aliases"] if a["AliasName"] == name), None)
    if alias is None:
        return None
    key = str(alias.get("TargetKeyId", ""))
    return {
        "name": name,
        "arn": alias["AliasArn"],
        "targetKeyId": key,
        "targetKeyArn": aws.arn("kms", f"key/{key.rpartition('/')[2]}"),
    }


def update_alias(aws: Aws, name: str, _old: Bag, new: Bag) -> None:
    """Point the alias at another key."""
    aws.client("kms").update_alias(AliasName=name, TargetKeyId=new["targetKeyId"])


def delete_alias(aws: Aws, name: str, _state: Bag) -> None:
    """Delete the alias; the key stays."""
    aws.client("kms").delete_alias(AliasName=name)


MODELS = {
    "aws:kms/key:Key": Model(
        page="kms_key",
        create=create,
        settle=settle,
        read=read,
        update=update,
        delete=delete,
        retag=retag,
        replaces=frozenset(
            {"customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion", "xksKeyId", "region"}
        ),
        defaults={
            "bypassPolicyLockoutSafetyCheck": False,
            "customerMasterKeySpec": "SYMMETRIC_DEFAULT",
            "enableKeyRotation": False,
            "isEnabled": True,
            "keyUsage": "ENCRYPT_DECRYPT",
        },
        computed=frozenset({"description", "multiRegion", "policy", "region", "rotationPeriodInDays"}),
        texts={"policy": Policy},
        unread=frozenset({"bypassPolicyLockoutSafetyCheck", "deletionWindowInDays"}),
        refused=frozenset({"customKeyStoreId", "xksKeyId"}),
        missing=_GONE,
        name=None,
    ),
    "aws:kms/alias:Alias": Model(
        page="kms_alias",
        create=create_alias,
        read=read_alias,
        update=update_alias,
        delete=delete_alias,
        replaces=frozenset({"name", "namePrefix", "region"}),
        computed=frozenset({"name", "namePrefix", "region"}),
        texts={"targetKeyId": same_key},
        missing=_GONE,
        style=alias_name,
    ),
}
