"""What the AWS provider does that no preview tells, as the records of types have it."""

from typing import Any

from toolkit.aws.types import find
from toolkit.aws.types.parts import ProviderFacts, Unread

_LOSSES = ("data", "id", "access")
_ANY_LOSS = "it would get a new id, and what refers to the live one would fail"
# Of any type: only the provider itself looks at these; left out of the program they do not differ
# (https://github.com/pulumi/pulumi-terraform-bridge/issues/2272)
_UNREAD = frozenset(
    ["forceDelete", "forceDestroy", "forceDetachPolicies", "revokeRulesOnDelete", "skipDestroy"]
)
_NONE = ProviderFacts(())


def lost(token: str) -> str:
    """Return what goes when a resource of a type is replaced or deleted."""
    loss = find(token).loss
    return loss.text if loss else _ANY_LOSS


def weight(token: str) -> int:
    """Return how soon the loss of a resource of a type is told: data first, then ids, then access."""
    loss = find(token).loss
    return _LOSSES.index(loss.kind) if loss else len(_LOSSES)


def update(token: str) -> str:
    """Return what an update in place of a type does beside what it changes; empty if nothing."""
    return _facts(token).update


def default(token: str, path: str) -> Any:  # noqa: ANN401 - any property's value
    """Return what the provider takes for a property that the program leaves out; None if not known."""
    return _facts(token).defaults.get(path)


def unread(token: str, name: str) -> Unread | None:
    """Return what is known of an argument that is never read; None if it is read."""
    return _facts(token).unread.get(name) or (Unread(sent=False) if name in _UNREAD else None)


def moving(token: str, name: str) -> bool:
    """Return whether AWS or a person moves a property while the system runs."""
    return name in _facts(token).moving


def off(token: str, name: str, live: object) -> bool:
    """Return whether a live value is a block that is switched off, which a program must leave out."""
    switch = _facts(token).blocks.get(name)
    return bool(switch) and isinstance(live, dict) and not live.get(switch)


def _facts(token: str) -> ProviderFacts:
    return find(token).provider or _NONE
