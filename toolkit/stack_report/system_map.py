"""The system's map: prefixes and queues on the left, agents in the middle, tables on the right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from components.matrix import Cell
from toolkit.permissions.architecture import takes_and_gives

_COLUMNS = {"prefix": 0, "queue": 0, "agent": 1, "table": 2}
_WIDTH, _HEIGHT, _STEP, _GAP = 190, 26, 36, 250
_BULGE = 70


@dataclass(frozen=True, slots=True)
class Node:
    """A box on the map, with its upper left corner."""

    kind: str
    name: str
    x: int
    y: int
    width: int = _WIDTH
    height: int = _HEIGHT


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow.

    Attributes:
        path: An SVG path, from the agent to the target.
        at_agent: Whether it has a head at the agent, which takes data from the target.
        at_target: Whether it has a head at the target, which the agent gives data to.
        names: Agent and target, so that pointing at either highlights the arrow.
        title: Its tooltip.
    """

    path: str
    at_agent: bool
    at_target: bool
    names: tuple[str, str]
    title: str


@dataclass(frozen=True, slots=True)
class SystemMap:
    """The whole map, with its size in pixels."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def system_map(cells: Sequence[Cell]) -> SystemMap:
    """Return the map of what agents work with, without what belongs to a single agent, such as its logs."""
    mapped_cells = [cell for cell in cells if cell.kind in _COLUMNS and cell.target != cell.agent]
    targets = dict.fromkeys((cell.kind, cell.target) for cell in mapped_cells if cell.kind != "agent")
    agents = dict.fromkeys(
        ("agent", name) for cell in mapped_cells for name in (cell.agent, *_called_agents(cell))
    )
    columns = [[node for node in (*targets, *agents) if _COLUMNS[node[0]] == number] for number in range(3)]
    columns[0].sort(key=lambda node: node[0] != "prefix")
    rows = max((len(column) for column in columns), default=0)
    nodes = {
        (kind, name): Node(kind, name, 10 + number * (_WIDTH + _GAP), _top(index, len(column), rows))
        for number, column in enumerate(columns)
        for index, (kind, name) in enumerate(column)
    }
    width = 3 * _WIDTH + 2 * _GAP + 20
    return SystemMap(width, rows * _STEP + 20, tuple(nodes.values()), tuple(_edges(mapped_cells, nodes)))


def _called_agents(cell: Cell) -> tuple[str, ...]:
    return (cell.target,) if cell.kind == "agent" else ()


def _top(index: int, count: int, rows: int) -> int:
    """Return the top of a box, so that a column spreads over the whole height."""
    return round(10 + (index + 0.5) * rows * _STEP / count - _HEIGHT / 2)


def _edges(mapped_cells: Iterable[Cell], nodes: dict[tuple[str, str], Node]) -> Iterable[Edge]:
    actions: dict[tuple[str, str, str], set[str]] = {}
    for cell in mapped_cells:
        actions.setdefault((cell.agent, cell.kind, cell.target), set()).update(cell.actions)
    for (agent, kind, target), granted in actions.items():
        takes, gives = takes_and_gives(granted)
        agent_node, target_node = nodes["agent", agent], nodes[kind, target]
        title = f"{agent} may {', '.join(sorted(granted))} on {target}"
        yield Edge(_path(agent_node, target_node), takes, gives or not takes, (agent, target), title)


def _path(start: Node, finish: Node) -> str:
    y, to = start.y + start.height // 2, finish.y + finish.height // 2
    if finish.x == start.x:
        x = start.x + start.width
        return f"M{x} {y} C{x + _BULGE} {y} {x + _BULGE} {to} {x} {to}"
    right = finish.x > start.x
    x, end = (start.x + start.width, finish.x) if right else (start.x, finish.x + finish.width)
    middle = (x + end) // 2
    return f"M{x} {y} C{middle} {y} {middle} {to} {end} {to}"
