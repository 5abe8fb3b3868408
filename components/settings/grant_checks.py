"""Checks of grants by setting: one thing that exists, exact actions of its service, nothing twice."""

import difflib
from collections.abc import Collection, Iterator, Mapping

from components.grants import GRANTABLE, GRANTS, KINDS, Kind
from components.settings.grants import Grant
from components.settings.models import Agent
from components.settings.problems import Problem


def check_grants(
    agents: Mapping[str, Agent], known: Mapping[Kind, Collection[str] | None]
) -> Iterator[Problem]:
    """Give what is wrong with the grants of agents.

    Args:
        agents: The agents that are right by themselves.
        known: Logical names by kind; None where they are not known, as their section is refused.
    """
    for agent, own in agents.items():
        held: dict[tuple[Kind, str, str], str] = {
            (need.kind, need.target, action): "components/grants.py"
            for need in GRANTS.get(agent, ())
            for action in need.actions
        }
        for number, grant in enumerate(own.grants):
            place = f"agents.{agent}.grants[{number}]"
            targets = grant.targets()
            if len(targets) != 1:
                written = f"it has {' and '.join(targets)}" if targets else "it has none"
                yield Problem(place, f"{written}, allowed is exactly one of {', '.join(KINDS)}")
                continue
            ((kind, target),) = targets.items()
            names = known[kind]
            if names is not None and target not in names:
                allowed = f"allowed is a {kind} of the stack: {', '.join(names)}"
                yield Problem(f"{place}.{kind}", allowed, target)
            yield from _actions(place, kind, target, grant, held)


def _actions(
    place: str, kind: Kind, target: str, grant: Grant, held: dict[tuple[Kind, str, str], str]
) -> Iterator[Problem]:
    """Check the actions of one grant, and remember who gives them."""
    for number, action in enumerate(grant.actions):
        why = _refused(kind, action)
        by = held.setdefault((kind, target, action), place)
        if not why and (by != place or action in grant.actions[:number]):
            why = f"{by} gives it on {kind} {target} already, leave it out"
        if why:
            yield Problem(f"{place}.actions[{number}]", why, action)


def _refused(kind: Kind, action: str) -> str:
    """Say why an action may not be granted on a kind of thing; empty if it may."""
    allowed = GRANTABLE[kind]
    if action in allowed:
        return ""
    if "*" in action or "?" in action:
        return "a wildcard gives more than is written, name each action"
    service = allowed[0].partition(":")[0]
    if not action.startswith(f"{service}:"):
        return f"allowed on a {kind} are actions of {service}, such as {allowed[0]}"
    close = difflib.get_close_matches(action, allowed, n=1)
    meant = f" (did you mean {close[0]}?)" if close else ""
    return f"allowed on a {kind} is one of {', '.join(allowed)}{meant}"
