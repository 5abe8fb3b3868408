"""Checks against the partition, region and account that the stack lives in."""

from collections.abc import Iterator

from components.naming import partition_of
from components.settings.draft import Draft, Names
from components.settings.fields import KEY_ARN, STACK_KEY
from components.settings.models import Agent
from components.settings.refusals import Refusal

_TOPIC_KEY = "observability.topicKey"
_INSTEAD = ", or the ARN of a key that CloudWatch may use: AWS's own key lets no alarm publish to the topic"


def check_location(draft: Draft, names: Names) -> Iterator[Refusal]:
    """Check that keys, boundary, agents and inference profiles can be used from where the stack lives."""
    yield from _check_keys(draft, names)
    yield from _check_boundary(draft.permissions_boundary_arn, draft.account, draft.region)
    for name, agent in draft.agents.items():
        yield from _check_profiles(name, agent, draft.region)
    if draft.region and partition_of(draft.region) == "aws-cn" and (draft.agents or draft.network):
        section = "agents" if draft.agents else "network"
        yield Refusal(
            section, f"Amazon Bedrock is in no region of China, nor in {draft.region}; leave it out"
        )


def _check_keys(draft: Draft, names: Names) -> Iterator[Refusal]:
    """Check that a customer key is of the stack's own region and account."""
    for place, key in _chosen_keys(draft):
        if key == STACK_KEY and names.key and draft.key is None:
            continue  # a refused key has its own line
        if key == STACK_KEY and not draft.key:
            allowed = "the stack has no key of its own; write trade-matching-system:key"
            yield Refusal(place, allowed + (_INSTEAD if place == _TOPIC_KEY else ""), key)
        if key is None or KEY_ARN.fullmatch(key) is None:
            continue
        _, partition, _, region, account, _ = key.split(":", 5)
        foreign = draft.region and (region, partition) != (draft.region, partition_of(draft.region))
        if foreign or (draft.account and account != draft.account):
            allowed = f"allowed is a key of this stack's region and account ({draft.region}, {draft.account})"
            yield Refusal(place, allowed, key)


def _chosen_keys(draft: Draft) -> Iterator[tuple[str, str | None]]:
    """Yield where a key is chosen, and which."""
    encryption = draft.encryption
    yield "encryption.tables", encryption.tables
    yield "encryption.buckets", encryption.buckets
    yield "encryption.queues", encryption.queues
    yield "encryption.images", encryption.images
    for name, table in draft.tables.items():
        yield f"tables.{name}.encryption", table.encryption
    if draft.documents:
        yield "documents.encryption", draft.documents.encryption
    if draft.observability:
        yield _TOPIC_KEY, draft.observability.topic_key
        yield "observability.logKey", draft.observability.log_key
    if draft.audit_trail:
        yield "auditTrail.encryption", draft.audit_trail.encryption


def _check_boundary(arn: str | None, account: str | None, region: str | None) -> Iterator[Refusal]:
    """Check that a boundary is a policy of the roles' own account, or one of AWS's."""
    if arn is None:
        return
    _, partition, _, _, owner, _ = arn.split(":", 5)
    if (account and owner not in (account, "aws")) or (region and partition != partition_of(region)):
        yield Refusal(
            "permissionsBoundaryArn", f"allowed is a policy of this stack's account ({account})", arn
        )


def _check_profiles(name: str, agent: Agent, region: str | None) -> Iterator[Refusal]:
    """Check that an inference profile is called from where it is (Bedrock user guide, inference profiles)."""
    if not region:
        return
    for number, model in enumerate(agent.models):
        key = f"agents.{name}.models[{number}].profile"
        if model.profile and partition_of(region) != "aws":
            allowed = f"it routes to regions that {region} is apart from; allowed is no profile"
            yield Refusal(key, allowed, model.profile)
        elif model.profile == "us" and not region.startswith(("us-east-", "us-west-")):
            allowed = (
                f"it is called from regions of the United States, not from {region}; allowed is global, "
            )
            yield Refusal(key, f"{allowed}or no profile", model.profile)
