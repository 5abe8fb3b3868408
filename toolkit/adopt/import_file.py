"""What a program declares and its state does not have, as the engine's preview and import file have it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.adopt.model import Target
from toolkit.engine.stack import Engine
from toolkit.engine.urn import Urn
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


def plan_imports(engine: Engine, work: Path) -> Planned:
    """Return what the program declares and the state does not have.

    Args:
        engine: The stack.
        work: A folder for the engine's import file.

    Raises:
        CommandError: The program fails or uses `import_`, or the import file is not complete.
    """
    file = work / "skeleton.json"
    file.unlink(missing_ok=True)
    steps = engine.preview("--import-file", str(file))
    importing = [step["urn"] for step in steps if step["op"].startswith("import")]
    if importing:
        # An update imports these and changes them in the same run: https://github.com/pulumi/docs/pull/18198
        raise CommandError(
            UNABLE,
            f"{importing[0]} is declared with import_, with which an update may change or replace "
            "what is live unseen: take import_ out of the program, and adopt again",
        )
    skeleton = json.loads(file.read_text()) if file.exists() else {}
    parents = dict(skeleton.get("nameTable") or {})
    states = [step["newState"] for step in steps if step["op"] == "create"]
    return Planned(targets(states, skeleton.get("resources") or [], parents), parents)


def targets(
    states: Sequence[Mapping[str, Any]], skeleton: Sequence[Mapping[str, Any]], parents: Mapping[str, str]
) -> list[Target]:
    """Pair planned states with import entries: by type, logical name and the name of the parent's entry.

    Raises:
        CommandError: A resource of a provider has no entry: it would be left out without a word.
    """
    entries = {
        (entry["type"], entry.get("logicalName") or entry["name"], entry.get("parent", "")): entry
        for entry in skeleton
    }
    names = {urn: name for name, urn in parents.items()}
    paired: list[Target] = []
    for state in states:
        name = Urn.parse(state["urn"]).name
        entry = entries.get((state["type"], name, names.get(state.get("parent", ""), "")))
        if entry is None and not state["type"].startswith("pulumi:"):
            raise CommandError(
                UNABLE, f"{state['urn']} is not in the engine's import file", "its parent is not known there"
            )
        if entry is None:  # the stack itself, and default providers
            continue
        names[state["urn"]] = entry["name"]
        uses = {key: tuple(urns or ()) for key, urns in (state.get("propertyDependencies") or {}).items()}
        paired.append(
            Target(
                urn=state["urn"],
                type=state["type"],
                name=name,
                inputs=state.get("inputs", {}),
                uses=uses,
                component=bool(entry.get("component")),
                protect=bool(state.get("protect")),
                retained=bool(state.get("retainOnDelete")),
                entry={key: value for key, value in entry.items() if key != "id"},
            )
        )
    return paired
