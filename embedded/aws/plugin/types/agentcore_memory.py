"""Bedrock AgentCore memories."""

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.model import Model
from embedded.aws.plugin.types.agentcore import GONE, SERVICE, retag_arn, tags_of
from embedded.aws.plugin.values import Bag

_MEMORY = ("description", "encryptionKeyArn", "eventExpiryDuration", "memoryExecutionRoleArn", "indexedKeys")


def create_memory(aws: Aws, new: Bag) -> str:
    """Create the memory; AWS makes its id of the name and ten characters."""
    settings = {name: new[name] for name in ("name", *_MEMORY) if new.get(name)}
    return str(aws.client(SERVICE).create_memory(**settings, tags=new.get("tagsAll") or {})["memory"]["id"])


def update_memory(aws: Aws, memory_id: str, old: Bag, new: Bag) -> None:
    """Change how long events are kept, the role and the description."""
    names = ("description", "eventExpiryDuration", "memoryExecutionRoleArn")
    changed = {name: new[name] for name in names if name in new and new[name] != old.get(name)}
    if changed:
        aws.client(SERVICE).update_memory(memoryId=memory_id, **changed)


def read_memory(aws: Aws, memory_id: str) -> Bag | None:
    """Return the live state of the memory."""
    live = aws.client(SERVICE).get_memory(memoryId=memory_id)["memory"]
    return {
        **{name: live[name] for name in ("arn", "name", *_MEMORY) if live.get(name)},
        "tags": tags_of(aws, live["arn"]),
    }


def delete_memory(aws: Aws, memory_id: str, _state: Bag) -> None:
    """Delete the memory with all that it remembers."""
    aws.client(SERVICE).delete_memory(memoryId=memory_id)


MODELS = {
    "aws:bedrock/agentcoreMemory:AgentcoreMemory": Model(
        page="bedrockagentcore_memory",
        create=create_memory,
        read=read_memory,
        update=update_memory,
        delete=delete_memory,
        retag=lambda aws, _id, state, new_tags, removed: retag_arn(aws, state["arn"], new_tags, removed),
        replaces=frozenset({"encryptionKeyArn", "indexedKeys", "name", "region"}),
        computed=frozenset({"region"}),
        unread=frozenset({"timeouts"}),
        refused=frozenset({"streamDeliveryResources"}),
        missing=GONE,
    ),
}
