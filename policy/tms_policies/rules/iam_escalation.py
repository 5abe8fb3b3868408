"""Privilege escalation: the published ways from some rights to more, over all policies of a holder together.

Sources: pathfinding.cloud (Datadog), Rhino Security Labs and Bishop Fox on AWS privilege escalation, and
BeyondTrust on Bedrock AgentCore; the minimal combination of each way is in `data/escalation.json`.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tms_policies.documents import conditions
from tms_policies.documents.globs import covers_resource
from tms_policies.holder import Holder, Permit
from tms_policies.identities import holders
from tms_policies.model import Bag, Finding, Stack
from tms_policies.registry import rule
from tms_policies.settings import strings

_DATA: dict[str, Any] = json.loads(
    (Path(__file__).resolve().parent.parent / "data" / "escalation.json").read_text("utf-8")
)
PATHS: tuple[tuple[str, ...], ...] = tuple(tuple(one) for one in _DATA["paths"])
STEPS: dict[str, str] = _DATA["steps"]
_PASS = "iam:PassRole"  # noqa: S105 - an action, no password
# Words in the principals of services that run under a passed role, where they differ from the action's prefix
_PRINCIPALS = {
    "autoscaling": ("ec2", "autoscaling"),
    "cognito-identity": ("cognito",),
    "datapipeline": ("datapipeline", "elasticmapreduce", "ec2"),
    "elasticmapreduce": ("elasticmapreduce", "ec2"),
    "emr-serverless": ("emr-serverless",),
    "imagebuilder": ("imagebuilder", "ec2"),
}


@cache
def _services(path: tuple[str, ...]) -> tuple[str, ...]:
    """Return words of the service principals that a path hands a role to."""
    prefixes = dict.fromkeys(item.partition(":")[0] for item in path if item != _PASS)
    return tuple(word for item in prefixes for word in _PRINCIPALS.get(item, (item,)))


def _hands_on(permit: Permit, path: tuple[str, ...]) -> bool:
    """Return whether a permit of iam:PassRole serves a path: its condition names no other services only."""
    if not conditions.names(permit.held.statement, "iam:PassedToService"):
        return True
    names = [
        str(value).lower()
        for _, key, value in conditions.demanded(permit.held.statement)
        if key == "iam:passedtoservice"
    ]
    return any(word in item for item in names for word in _services(path))


def _serving(holder: Holder, action: str, path: tuple[str, ...], accepted: Sequence[str]) -> Permit | None:
    """Return a permit that takes a path's step somewhere that is not accepted."""
    for permit in holder.permits(action):
        left = [
            resource
            for resource in permit.resources
            if not any(covers_resource(a, resource) for a in accepted)
        ]
        if left and (action != _PASS or _hands_on(permit, path)):
            return permit
    return None


def open_paths(holder: Holder, accepted: Sequence[str] = ()) -> Iterator[list[tuple[str, Permit]]]:
    """Yield each path that a holder can go: its steps, each with what allows it.

    Args:
        holder: Whose rights they are.
        accepted: ARN patterns of what it may take the rights of.
    """
    for path in PATHS:
        steps: list[tuple[str, Permit]] = []
        for action in path:
            permit = _serving(holder, action, path, accepted)
            if permit is None:
                break
            steps.append((action, permit))
        else:
            yield steps


@rule(
    "iam-role-escalation",
    severity="critical",
    scope="stack",
    settings={
        "acceptedTargets": strings(
            "ARN patterns of roles and resources whose rights a holder may take, such as those that a "
            "deployment makes"
        )
    },
    remedy="Take one step of the way out of its policies.",
    why="Rights that look harmless one by one, also in different policies, together give any role's. "
    "https://pathfinding.cloud/",
)
def escalation(stack: Stack, settings: Bag) -> Iterable[Finding]:
    """No role, user or group can take more rights than its policies give, by any published way."""
    accepted = [str(setting) for setting in settings["acceptedTargets"]]
    for holder in holders(stack):
        result = sorted(open_paths(holder, accepted), key=len)
        if not result:
            continue
        first, peers = result[0], len(result) - 1
        shown = "; ".join(
            f"({number}) {action} to {STEPS[action]} [{permit.held.place}]"
            for number, (action, permit) in enumerate(first, 1)
        )
        extra = f", and {peers} more ways" if peers else ""
        ends = " and ".join(dict.fromkeys(steps[-1][0] for steps in result[:3]))
        yield Finding(
            f"{holder.name} can take rights that it was not given: {shown}{extra}",
            f"its policies without {ends}, or only on what the setting `acceptedTargets` of this rule names",
            holder.urn,
        )
