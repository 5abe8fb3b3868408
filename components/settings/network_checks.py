"""Checks against the account and region that the stack lives in."""

from collections.abc import Iterator, Mapping
from typing import Any

from components.naming import partition_of
from components.settings.fields import KEY_ARN, STACK_KEY
from components.settings.models import Agent
from components.settings.problems import Problem

_TOPIC_KEY = "observability.topicKey"
_INSTEAD = ", or the ARN of a key that CloudWatch may use: AWS's own key lets no alarm publish to the topic"


def check_places(values: Mapping[str, Any], account: str | None, region: str | None) -> Iterator[Problem]:
    """Keys, boundary and inference profiles can be used from where the stack lives."""
    yield from _keys(values, account, region)
    yield from _boundary(values.get("permissions_boundary_arn"), account, region)
    for name, agent in values["agents"].items():
        yield from _profiles(name, agent, region)


def _keys(values: Mapping[str, Any], account: str | None, region: str | None) -> Iterator[Problem]:
    """A customer key lives in the stack's own region; a key policy can only be followed in one account."""
    for place, key in _chosen_keys(values):
        if key == STACK_KEY and "key" in values and values["key"] is None:
            continue  # a refused key has its own line
        if key == STACK_KEY and not values.get("key"):
            why = "the stack has no key of its own; write trade-matching-system:key"
            yield Problem(place, why + (_INSTEAD if place == _TOPIC_KEY else ""), key)
        if key is None or KEY_ARN.fullmatch(key) is None:
            continue
        _, partition, _, its_region, its_account, _ = key.split(":", 5)
        elsewhere = region and (its_region, partition) != (region, partition_of(region))
        if elsewhere or (account and its_account != account):
            yield Problem(
                place, f"allowed is a key of this stack's region and account ({region}, {account})", key
            )


def _chosen_keys(values: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    """Each key that is chosen, with the place that it is written at."""
    if values.get("encryption"):
        for key in ("tables", "buckets", "queues", "images"):
            yield f"encryption.{key}", getattr(values["encryption"], key)
    for name, table in values["tables"].items():
        yield f"tables.{name}.encryption", table.encryption
    if values.get("documents"):
        yield "documents.encryption", values["documents"].encryption
    if values.get("observability"):
        yield _TOPIC_KEY, values["observability"].topic_key
        yield "observability.logKey", values["observability"].log_key
    if values.get("audit_trail"):
        yield "auditTrail.encryption", values["audit_trail"].encryption


def _boundary(arn: str | None, account: str | None, region: str | None) -> Iterator[Problem]:
    """IAM takes a policy of the role's own account, or one of AWS's, as a boundary."""
    if arn is None:
        return
    _, partition, _, _, its_account, _ = arn.split(":", 5)
    if (account and its_account not in (account, "aws")) or (region and partition != partition_of(region)):
        yield Problem(
            "permissionsBoundaryArn", f"allowed is a policy of this stack's account ({account})", arn
        )


def _profiles(name: str, agent: Agent, region: str | None) -> Iterator[Problem]:
    """A geographic inference profile is called from its own geography (Bedrock user guide)."""
    for number, model in enumerate(agent.models):
        if model.profile == "us" and region and not region.startswith(("us-east-", "us-west-")):
            yield Problem(
                f"agents.{name}.models[{number}].profile",
                f"it is called from regions of the United States, not from {region}; allowed is global, "
                "or no profile",
                model.profile,
            )
