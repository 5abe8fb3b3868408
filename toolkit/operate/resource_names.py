"""Roles, actions and resources of the command line: ARNs, or logical names from the settings."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from components.naming import Naming
from components.settings import Settings
from tms_policies.documents.actions import expanded, resource_shapes
from toolkit.errors import UNABLE, CommandError

_OBJECT = "any-object"
"""The key of an example object, where a prefix is given without a key."""
_ID, _STREAM = "any0000000", "any-stream"
"""Placeholders for the id that AgentCore appends to a runtime's name, and for a log stream."""
_ROLE = re.compile(r"arn:(?P<partition>[^:]*):iam::(?P<account>[^:]*):role/(?:.*/)?(?P<name>[^/]+)")
_ASSUMED = re.compile(
    r"arn:(?P<partition>[^:]*):sts::(?P<account>[^:]*):assumed-role/(?P<name>[^/]+)/(?P<session>[^/]+)"
)


@dataclass(frozen=True)
class RequestedResource:
    """The resource of a request.

    Attributes:
        arn: Its ARN; `*` where the action has none.
        context: Context keys that follow from its name, such as `s3:prefix`.
    """

    arn: str
    context: Mapping[str, str] = field(default_factory=dict[str, str])


def role_of(text: str, settings: Settings, naming: Naming) -> str:
    """Return the name of the role that an argument of the command line means.

    Args:
        text: A name, an agent's logical name, the ARN of a role, or of one that was assumed, as
            `sts:GetCallerIdentity` gives it.
        settings: Has the agents.
        naming: Has account and partition; a role of another account cannot be looked up here.

    Raises:
        CommandError: The text is no role, or the role is in another account.
    """
    if text in settings.agents:
        return settings.agents[text].role_name
    if not text.startswith("arn:"):
        return text.rpartition("/")[2]
    match = _ROLE.fullmatch(text) or _ASSUMED.fullmatch(text)
    if match is None:
        raise CommandError(UNABLE, f"role {text}: give the ARN of a role, its name, or an agent of the stack")
    if (match["partition"], match["account"]) != (naming.partition, naming.account):
        raise CommandError(
            UNABLE,
            f"role {text}: it is of account {match['account']}, the stack is in {naming.account}",
            "give one of the stack's account",
        )
    return match["name"]


def action_of(text: str) -> str:
    """Return an action as the service authorization reference spells it.

    Raises:
        CommandError: The text matches no action, or more than one.
    """
    actions = expanded(text)
    if len(actions) != 1 or "*" in text or "?" in text:
        why = (
            "name one of them"
            if len(actions) > 1
            else "AWS has none of that name; write it as sqs:SendMessage"
        )
        raise CommandError(UNABLE, f"action {text}: {why}")
    return actions[0]


def resource_of(text: str, action: str, settings: Settings, naming: Naming) -> RequestedResource:
    """Return the resource that an argument of the command line names.

    Args:
        text: An ARN, `*`, or a kind and a logical name, as in `queue:matching`; after that of a prefix the
            rest of an object's key may follow, as in `prefix:bank/2026/1.pdf`. `agent:`, `logs:` and
            `repository:` take an agent, `model:` a model's id, with its profile or without.
        action: The action of the request; with `s3:ListBucket` a prefix means listing it.
        settings: Has the logical names.
        naming: Builds ARNs.

    Raises:
        CommandError: There is no such resource.
    """
    kind, separator, name = text.partition(":")
    if text == "*" or (kind == "arn" and text.count(":") > 4):  # noqa: PLR2004 - an ARN has six parts
        return RequestedResource(text)
    names_by_kind = _names(settings, naming)
    if not separator or kind not in names_by_kind:
        allowed = ", ".join(f"{option}:NAME" for option in names_by_kind)
        raise CommandError(UNABLE, f"resource {text}: give an ARN, * or one of {allowed}")
    logical, _, key_suffix = name.partition("/") if kind == "prefix" else (name, "", "")
    if logical not in names_by_kind[kind]:
        raise CommandError(
            UNABLE,
            f"resource {text}: there is no such {kind}",
            f"the stack has {', '.join(names_by_kind[kind])}",
        )
    physical = names_by_kind[kind][logical]
    if kind == "prefix":
        return _of_prefix(physical, key_suffix, action, naming.bucket(settings.documents.name))
    spell: Mapping[str, Callable[[str], str]] = {
        "table": naming.table,
        "bucket": naming.bucket,
        "agent": lambda runtime: naming.runtime(runtime)[0].replace("*", _ID),
        "logs": lambda group: f"{naming.log_group(group).removesuffix('*')}log-stream:{_STREAM}",
        "repository": naming.repository,
        "model": str,
    }
    return RequestedResource(spell.get(kind, naming.queue)(physical))


def _names(settings: Settings, naming: Naming) -> dict[str, dict[str, str]]:
    """Return physical names, paths of prefixes and ARNs of models, by kind and logical name."""
    return {
        "queue": {name: queue.name for name, queue in settings.queues.items()},
        "dead-letter": {name: queue.dead_letter_name for name, queue in settings.queues.items()},
        "table": {name: table.name for name, table in settings.tables.items()},
        "prefix": {name: prefix.path for name, prefix in settings.documents.prefixes.items()},
        "bucket": {"documents": settings.documents.name, "audit": settings.audit.name},
        "agent": {name: agent.runtime_name for name, agent in settings.agents.items()},
        "logs": {name: agent.log_group for name, agent in settings.agents.items()},
        "repository": {name: agent.repository for name, agent in settings.agents.items()},
        "model": dict(_models(settings, naming)),
    }


def _models(settings: Settings, naming: Naming) -> Iterator[tuple[str, str]]:
    """Yield id and ARN of all agents' models: inference profiles, and the models in the stack's region."""
    for model in (model for agent in settings.agents.values() for model in agent.models):
        if model.profile:
            yield f"{model.profile}.{model.id}", naming.models(model.id, model.profile)[0]
        yield model.id, naming.models(model.id, None)[0]


def _of_prefix(path: str, key_suffix: str, action: str, bucket: str) -> RequestedResource:
    """Return an object below a prefix, or the bucket if the action is about buckets."""
    on_objects = any("${ObjectName}" in shape for shape in resource_shapes(action))
    if on_objects:
        return RequestedResource(f"{bucket}/{path}{key_suffix or _OBJECT}")
    return RequestedResource(bucket, {"s3:prefix": f"{path}{key_suffix}"})
