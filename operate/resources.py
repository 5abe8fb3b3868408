"""What a resource of the command line is: an ARN, `*`, or a logical name of the settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from adopt.model import USAGE, Stop
from components.naming import Naming
from components.settings import Settings
from policy.documents.actions import expanded, resource_shapes

_OBJECT = "any-object"
"""The key of an object that nobody made, where a prefix is given without one."""


@dataclass(frozen=True)
class Resource:
    """What is asked about.

    Attributes:
        arn: Its ARN; `*` where the action has none.
        context: Context keys that follow from how it was named.
    """

    arn: str
    context: Mapping[str, str] = field(default_factory=dict[str, str])


def action_of(text: str) -> str:
    """Give an action as the service authorization reference spells it.

    Raises:
        Stop: It is no action, or more than one.
    """
    found = expanded(text)
    if len(found) != 1 or "*" in text or "?" in text:
        why = (
            "name one of them" if len(found) > 1 else "AWS has none of that name; write it as sqs:SendMessage"
        )
        raise Stop(USAGE, f"action {text}: {why}")
    return found[0]


def resource_of(text: str, action: str, settings: Settings, naming: Naming) -> Resource:
    """Give what a text of the command line names.

    Args:
        text: An ARN, `*`, or `queue:`, `dead-letter:`, `table:`, `prefix:` or `bucket:` with a logical name;
            after that of a prefix the rest of an object's key may follow, as in `prefix:bank/2026/1.pdf`.
        action: What is asked for; with `s3:ListBucket` a prefix is a listing of it.
        settings: Has the logical names.
        naming: Spells ARNs.

    Raises:
        Stop: It names nothing.
    """
    kind, separator, name = text.partition(":")
    if text == "*" or (kind == "arn" and text.count(":") > 4):  # noqa: PLR2004 - an ARN has six parts
        return Resource(text)
    known = _names(settings)
    if not separator or kind not in known:
        allowed = ", ".join(f"{one}:NAME" for one in known)
        raise Stop(USAGE, f"resource {text}: give an ARN, * or one of {allowed}")
    own, _, rest = name.partition("/") if kind == "prefix" else (name, "", "")
    if own not in known[kind]:
        raise Stop(USAGE, f"resource {text}: there is no such {kind}; the stack has {', '.join(known[kind])}")
    physical = known[kind][own]
    if kind == "prefix":
        return _of_prefix(physical, rest, action, naming.bucket(settings.documents.name))
    spell = {"table": naming.table, "bucket": naming.bucket}.get(kind, naming.queue)
    return Resource(spell(physical))


def _names(settings: Settings) -> dict[str, dict[str, str]]:
    """Give physical names, and paths of prefixes, by logical name and kind."""
    return {
        "queue": {name: one.name for name, one in settings.queues.items()},
        "dead-letter": {name: one.dead_letter_name for name, one in settings.queues.items()},
        "table": {name: one.name for name, one in settings.tables.items()},
        "prefix": {name: one.path for name, one in settings.documents.prefixes.items()},
        "bucket": {"documents": settings.documents.name, "audit": settings.audit.name},
    }


def _of_prefix(path: str, rest: str, action: str, bucket: str) -> Resource:
    """Give an object below a prefix, or the bucket for an action that buckets have."""
    on_objects = any("${ObjectName}" in shape for shape in resource_shapes(action))
    if on_objects:
        return Resource(f"{bucket}/{path}{rest or _OBJECT}")
    return Resource(bucket, {"s3:prefix": f"{path}{rest}"})
