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
    """One thing on the map, with the corner that it begins at."""

    kind: str
    name: str
    x: int
    y: int
    width: int = _WIDTH
    height: int = _HEIGHT


@dataclass(frozen=True, slots=True)
class Way:
    """One arrow.

    Attributes:
        path: An SVG path, from the agent to the thing.
        begins: Whether it has a head at the agent, which takes from the thing.
        ends: Whether it has a head at the thing, which the agent gives to.
        names: Both, for what is shown of one of them.
        title: What it says.
    """

    path: str
    begins: bool
    ends: bool
    names: tuple[str, str]
    title: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole map, in a box of this size."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    ways: tuple[Way, ...]


def drawn(cells: Sequence[Cell]) -> Chart:
    """Draw what agents work with; what belongs to an agent alone, as its logs, is left out."""
    shown = [one for one in cells if one.kind in _COLUMNS and one.target != one.agent]
    things = dict.fromkeys((one.kind, one.target) for one in shown if one.kind != "agent")
    agents = dict.fromkeys(("agent", name) for one in shown for name in (one.agent, *_called(one)))
    columns = [[one for one in (*things, *agents) if _COLUMNS[one[0]] == number] for number in range(3)]
    columns[0].sort(key=lambda one: one[0] != "prefix")
    rows = max((len(one) for one in columns), default=0)
    nodes = {
        (kind, name): Node(kind, name, 10 + number * (_WIDTH + _GAP), _top(index, len(column), rows))
        for number, column in enumerate(columns)
        for index, (kind, name) in enumerate(column)
    }
    width = 3 * _WIDTH + 2 * _GAP + 20
    return Chart(width, rows * _STEP + 20, tuple(nodes.values()), tuple(_ways(shown, nodes)))


def _called(cell: Cell) -> tuple[str, ...]:
    return (cell.target,) if cell.kind == "agent" else ()


def _top(index: int, count: int, rows: int) -> int:
    """Spread a column over the whole height."""
    return round(10 + (index + 0.5) * rows * _STEP / count - _HEIGHT / 2)


def _ways(shown: Iterable[Cell], nodes: dict[tuple[str, str], Node]) -> Iterable[Way]:
    actions: dict[tuple[str, str, str], set[str]] = {}
    for one in shown:
        actions.setdefault((one.agent, one.kind, one.target), set()).update(one.actions)
    for (agent, kind, target), given in actions.items():
        begins, ends = takes_and_gives(given)
        here, there = nodes["agent", agent], nodes[kind, target]
        said = f"{agent} may {', '.join(sorted(given))} on {target}"
        yield Way(_path(here, there), begins, ends or not begins, (agent, target), said)


def _path(here: Node, there: Node) -> str:
    y, to = here.y + here.height // 2, there.y + there.height // 2
    if there.x == here.x:
        x = here.x + here.width
        return f"M{x} {y} C{x + _BULGE} {y} {x + _BULGE} {to} {x} {to}"
    right = there.x > here.x
    x, end = (here.x + here.width, there.x) if right else (here.x, there.x + there.width)
    middle = (x + end) // 2
    return f"M{x} {y} C{middle} {y} {middle} {to} {end} {to}"
