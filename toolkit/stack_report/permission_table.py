"""The table of permissions: agents as columns, resources as rows, warmer the more an agent may change."""

from collections.abc import Sequence
from typing import Any

from components.matrix import Cell
from toolkit.permissions.architecture import takes_and_gives
from toolkit.permissions.reference import row, verbs

_WRITING = ("Create", "Put", "Update")


def permission_table(cells: Sequence[Cell]) -> dict[str, Any]:
    """Return the agents, and a row per resource: its kind, its name, and verbs and warmth per agent."""
    agents = list(dict.fromkeys(cell.agent for cell in cells))
    return {
        "agents": agents,
        "rows": [_heat(cells, agents, kind_and_target) for kind_and_target in dict.fromkeys(map(row, cells))],
    }


def _heat(
    cells: Sequence[Cell], agents: Sequence[str], kind_and_target: tuple[str, str]
) -> tuple[str, str, list[Any]]:
    heat_cells: list[dict[str, Any]] = []
    for agent in agents:
        agent_cells = [cell for cell in cells if cell.agent == agent and row(cell) == kind_and_target]
        actions = [action for cell in agent_cells for action in cell.actions]
        warmth = _warmth(actions)
        reasons = "; ".join(dict.fromkeys(cell.reason for cell in agent_cells))
        heat_cells.append(
            {"verbs": verbs(actions), "warmth": warmth, "title": f"{', '.join(actions)}: {reasons}"}
        )
    return (*kind_and_target, heat_cells)


def _warmth(actions: Sequence[str]) -> int:
    """Return 0 without actions, 1 if they take data, 2 if they give data, 3 for both."""
    takes, gives = takes_and_gives(set(actions))
    if not takes and not gives:  # actions of the runtime itself: their verbs decide
        writing = [action.partition(":")[2].startswith(_WRITING) for action in actions]
        takes, gives = not all(writing), any(writing)
    return (takes + 2 * gives) if actions else 0
