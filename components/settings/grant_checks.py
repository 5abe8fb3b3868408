"""Checks of grants by setting: one target that exists, exact actions of its service, nothing twice."""

import difflib
from collections.abc import Collection, Iterator, Mapping

from components.grants import GRANTABLE, GRANTS, KINDS, Kind
from components.settings.grants import Grant
from components.settings.models import Agent
from components.settings.refusals import Refusal

_Granted = dict[tuple[Kind, str, str], str]
"""Who grants an action on a target of a kind."""


def check_grants(
    agents: Mapping[str, Agent], names: Mapping[Kind, Collection[str] | None]
) -> Iterator[Refusal]:
    """Yield what is wrong with the grants of agents.

    Args:
        agents: The agents that are right by themselves.
        names: Logical names by kind; None where they are not known, as their section is refused.
    """
    for agent, entry in agents.items():
        granted: _Granted = {
            (need.kind, need.target, action): "components/grants.py"
            for need in GRANTS.get(agent, ())
            for action in need.actions
        }
        for number, grant in enumerate(entry.grants):
            key = f"agents.{agent}.grants[{number}]"
            targets = grant.targets()
            if len(targets) != 1:
                written = f"it has {' and '.join(targets)}" if targets else "it has none"
                yield Refusal(key, f"{written}, allowed is exactly one of {', '.join(KINDS)}")
                continue
            ((kind, target),) = targets.items()
            existing = names[kind]
            if existing is not None and target not in existing:
                yield Refusal(
                    f"{key}.{kind}", f"allowed is a {kind} of the stack: {', '.join(existing)}", target
                )
            yield from _check_actions(key, kind, target, grant, granted)


def _check_actions(key: str, kind: Kind, target: str, grant: Grant, granted: _Granted) -> Iterator[Refusal]:
    """Check the actions of one grant, and remember who grants them."""
    for number, action in enumerate(grant.actions):
        allowed = _refused(kind, action)
        source = granted.setdefault((kind, target, action), key)
        if not allowed and (source != key or action in grant.actions[:number]):
            allowed = f"{source} gives it on {kind} {target} already, leave it out"
        if allowed:
            yield Refusal(f"{key}.actions[{number}]", allowed, action)


def _refused(kind: Kind, action: str) -> str:
    """Return why an action may not be granted on a kind of target; empty if it may."""
    grantable = GRANTABLE[kind]
    if action in grantable:
        return ""
    if "*" in action or "?" in action:
        return "a wildcard gives more than is written, name each action"
    service = grantable[0].partition(":")[0]
    if not action.startswith(f"{service}:"):
        return f"allowed on a {kind} are actions of {service}, such as {grantable[0]}"
    close = difflib.get_close_matches(action, grantable, n=1)
    meaning = f" (did you mean {close[0]}?)" if close else ""
    return f"allowed on a {kind} is one of {', '.join(grantable)}{meaning}"
