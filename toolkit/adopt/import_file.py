"""What a program declares and its state does not have, as the engine's preview and import file say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.adopt.model import Target
from toolkit.errors import UNABLE, CommandError


@dataclass(frozen=True)
class Planned:
    """What a program declares and its state does not have.

    Attributes:
        targets: In the engine's order.
        parents: URNs of what is in the state and has children among the targets, by name.
    """

    targets: list[Target]
    parents: dict[str, str]


def targets(
    states: Sequence[Mapping[str, Any]], skeleton: Sequence[Mapping[str, Any]], parents: Mapping[str, str]
) -> list[Target]:
    """Pair planned states with import entries: by type, logical name and the name of the parent's entry.

    Raises:
        CommandError: A resource of a provider has no entry: it would be left out without a word.
    """
    entries = {
        (one["type"], one.get("logicalName") or one["name"], one.get("parent", "")): one for one in skeleton
    }
    names = {urn: name for name, urn in parents.items()}
    found: list[Target] = []
    for state in states:
        logical = state["urn"].rpartition("::")[2]
        entry = entries.get((state["type"], logical, names.get(state.get("parent", ""), "")))
        if entry is None and not state["type"].startswith("pulumi:"):
            raise CommandError(
                UNABLE, f"{state['urn']} is not in the engine's import file", "its parent is not known there"
            )
        if entry is None:  # the stack itself, and default providers
            continue
        names[state["urn"]] = entry["name"]
        uses = {key: tuple(urns or ()) for key, urns in (state.get("propertyDependencies") or {}).items()}
        found.append(
            Target(
                urn=state["urn"],
                type=state["type"],
                name=logical,
                inputs=state.get("inputs", {}),
                uses=uses,
                component=bool(entry.get("component")),
                protect=bool(state.get("protect")),
                retained=bool(state.get("retainOnDelete")),
                entry={key: value for key, value in entry.items() if key != "id"},
            )
        )
    return found
