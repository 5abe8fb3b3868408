"""What all resources of EC2 have in common: tags."""

from typing import Any

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.shapes import tag_list
from embedded.aws.plugin.values import Bag


def tagged(kind: str, new: Bag) -> dict[str, Any]:
    """Return the argument of a creating call that sets tags, empty without tags.

    Args:
        kind: What is created, as EC2 calls it: `security-group`.
        new: The program's inputs.

    Returns:
        Keyword arguments.
    """
    tags = tag_list(new.get("tagsAll") or {})
    return {"TagSpecifications": [{"ResourceType": kind, "Tags": tags}]} if tags else {}


def retag(aws: Aws, resource_id: str, _state: Bag, new_tags: dict[str, str], removed_keys: list[str]) -> None:
    """Change a resource's tags.

    Args:
        aws: The AWS to talk to.
        resource_id: The resource.
        _state: Its state.
        new_tags: Tags to set.
        removed_keys: Keys to remove.
    """
    client = aws.client("ec2")
    if removed_keys:
        client.delete_tags(Resources=[resource_id], Tags=[{"Key": key} for key in removed_keys])
    if new_tags:
        client.create_tags(Resources=[resource_id], Tags=tag_list(new_tags))
