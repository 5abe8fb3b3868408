"""What role and resource of the command line are: ARNs, or logical names of the settings."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from components.naming import Naming
from components.settings import Settings
from tms_policies.documents.actions import expanded, resource_shapes
from toolkit.errors import UNABLE, CommandError

_OBJECT = "any-object"
"""The key of an object that nobody made, where a prefix is given without one."""
_ID, _STREAM = "any0000000", "any-stream"
"""What stands for the id that AgentCore appends to a runtime's name, and for a log stream."""
_ROLE = re.compile(r"arn:(?P<partition>[^:]*):iam::(?P<account>[^:]*):role/(?:.*/)?(?P<name>[^/]+)")
_ASSUMED = re.compile(
    r"arn:(?P<partition>[^:]*):sts::(?P<account>[^:]*):assumed-role/(?P<name>[^/]+)/(?P<session>[^/]+)"
)


@dataclass(frozen=True)
class Resource:
    """What is asked about.

    Attributes:
        arn: Its ARN; `*` where the action has none.
        context: Context keys that follow from how it was named.
    """

    arn: str
    context: Mapping[str, str] = field(default_factory=dict[str, str])


def role_of(text: str, settings: Settings, naming: Naming) -> str:
    """Give the name of the role that a text of the command line means.

    Args:
        text: A name, an agent's logical name, the ARN of a role, or of one that was assumed, as
            `sts:GetCallerIdentity` gives it.
        settings: Has the agents.
        naming: Has account and partition; a role of another account cannot be looked up here.

    Raises:
        CommandError: It is no role, or another account's.
    """
    if text in settings.agents:
        return settings.agents[text].role_name
    if not text.startswith("arn:"):
        return text.rpartition("/")[2]
    found = _ROLE.fullmatch(text) or _ASSUMED.fullmatch(text)
    if found is None:
        raise CommandError(UNABLE, f"role {text}: give the ARN of a role, its name, or an agent of the stack")
    if (found["partition"], found["account"]) != (naming.partition, naming.account):
        raise CommandError(
            UNABLE,
            f"role {text}: it is of account {found['account']}, the stack is in {naming.account}",
            "give one of the stack's account",
        )
    return found["name"]


def action_of(text: str) -> str:
    """Give an action as the service authorization reference spells it.

    Raises:
        CommandError: It is no action, or more than one.
    """
    found = expanded(text)
    if len(found) != 1 or "*" in text or "?" in text:
        why = (
            "name one of them" if len(found) > 1 else "AWS has none of that name; write it as sqs:SendMessage"
        )
        raise CommandError(UNABLE, f"action {text}: {why}")
    return found[0]


def resource_of(text: str, action: str, settings: Settings, naming: Naming) -> Resource:
    """Give what a text of the command line names.

    Args:
        text: An ARN, `*`, or a kind and a logical name, as in `queue:matching`; after that of a prefix the
            rest of an object's key may follow, as in `prefix:bank/2026/1.pdf`. `agent:`, `logs:` and
            `repository:` take an agent, `model:` a model's id, with its profile or without.
        action: What is asked for; with `s3:ListBucket` a prefix is a listing of it.
        settings: Has the logical names.
        naming: Spells ARNs.

    Raises:
        CommandError: It names nothing.
    """
    kind, separator, name = text.partition(":")
    if text == "*" or (kind == "arn" and text.count(":") > 4):  # noqa: PLR2004 - an ARN has six parts
        return Resource(text)
    known = _names(settings, naming)
    if not separator or kind not in known:
        allowed = ", ".join(f"{one}:NAME" for one in known)
        raise CommandError(UNABLE, f"resource {text}: give an ARN, * or one of {allowed}")
    own, _, rest = name.partition("/") if kind == "prefix" else (name, "", "")
    if own not in known[kind]:
        raise CommandError(
            UNABLE, f"resource {text}: there is no such {kind}", f"the stack has {', '.join(known[kind])}"
        )
    physical = known[kind][own]
    if kind == "prefix":
        return _of_prefix(physical, rest, action, naming.bucket(settings.documents.name))
    spell: Mapping[str, Callable[[str], str]] = {
        "table": naming.table,
        "bucket": naming.bucket,
        "agent": lambda one: naming.runtime(one)[0].replace("*", _ID),
        "logs": lambda one: f"{naming.log_group(one).removesuffix('*')}log-stream:{_STREAM}",
        "repository": naming.repository,
        "model": str,
    }
    return Resource(spell.get(kind, naming.queue)(physical))


def _names(settings: Settings, naming: Naming) -> dict[str, dict[str, str]]:
    """Give physical names, paths of prefixes and ARNs of models, by logical name and kind."""
    return {
        "queue": {name: one.name for name, one in settings.queues.items()},
        "dead-letter": {name: one.dead_letter_name for name, one in settings.queues.items()},
        "table": {name: one.name for name, one in settings.tables.items()},
        "prefix": {name: one.path for name, one in settings.documents.prefixes.items()},
        "bucket": {"documents": settings.documents.name, "audit": settings.audit.name},
        "agent": {name: one.runtime_name for name, one in settings.agents.items()},
        "logs": {name: one.log_group for name, one in settings.agents.items()},
        "repository": {name: one.repository for name, one in settings.agents.items()},
        "model": dict(_models(settings, naming)),
    }


def _models(settings: Settings, naming: Naming) -> Iterator[tuple[str, str]]:
    """Give the ARNs of all agents' models by id: of profiles, and of the models in the stack's region."""
    for model in (one for agent in settings.agents.values() for one in agent.models):
        if model.profile:
            yield f"{model.profile}.{model.id}", naming.models(model.id, model.profile)[0]
        yield model.id, naming.models(model.id, None)[0]


def _of_prefix(path: str, rest: str, action: str, bucket: str) -> Resource:
    """Give an object below a prefix, or the bucket for an action that buckets have."""
    on_objects = any("${ObjectName}" in shape for shape in resource_shapes(action))
    if on_objects:
        return Resource(f"{bucket}/{path}{rest or _OBJECT}")
    return Resource(bucket, {"s3:prefix": f"{path}{rest}"})
