"""Write docs/architecture.md, diagrams of system and code: `python -m toolkit.permissions.architecture`.

The flow comes from the permission matrix: a line is what an agent may read, write, take or send. What each
component holds comes from the URNs of the production stack, recorded by an engine test.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from components.matrix import Cell
from toolkit.engine.urn import Urn
from toolkit.permissions import code_map
from toolkit.permissions.source import of_folder

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "docs" / "architecture.md"
STACK = "local"
_URNS = ROOT / "tests" / "engine" / "production.urns"
_OWN = "tradematching:index:"
_TAKES = frozenset(
    ["s3:GetObject", "sqs:ReceiveMessage", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"]
)
_GIVES = frozenset(["s3:PutObject", "sqs:SendMessage", "dynamodb:PutItem", "dynamodb:UpdateItem"])
_CALLS = "agent"
_SHAPES = {"prefix": ("[/", "/]"), "queue": ("([", "])"), "table": ("[(", ")]"), "agent": ("{{", "}}")}
_TITLES = {"prefix": "documents bucket"}
_HEAD = """# Architecture

Written by `make docs`: the flow from the permission matrix ([permissions.md](permissions.md)), the components
from the recorded URNs of the production stack. Every resource belongs to a component, every component to
`platform`, and `components/platform.py` puts them together.

`Pulumi.<stack>.yaml` → `components/settings/` (typed, checked) → `components/platform.py` → one component
→ AWS resource → engine → `policy/` sees its inputs → provider. Nothing flows back: a component never
reads config, a rule never reads settings, no name comes from a resource's output.

## The way of a trade

Prefixes of the documents bucket are slanted, queues rounded, tables are drums, agents hexagons. An arrow is
the way of the data: what an agent may read points at it, what it may write points away; between agents it is
a call. Names are logical.
"""
_COMPONENTS = """
## Components

What each component declares in production, with how many of it. The network is switched on by a setting and
is not there.
"""
_CODE = """## The code

Eight folders hold code, on three floors. An arrow points at what is imported, as the files' own import
statements say; none points up, and `make check` holds that. `tests/` imports all of them and is not drawn.
"""
_TOOLKIT = """### Inside the toolkit

The command line hands on to what does the work; all of that stands on one client of the engine (`engine`)
and one way to AWS (`aws`).
"""


def page() -> str:
    """Return the page as Markdown."""
    cells = of_folder(ROOT, STACK)
    urns = [Urn.parse(line) for line in _URNS.read_text(encoding="utf-8").splitlines() if line]
    parts = "".join(f"\n### {name}\n\n{_fenced(lines)}" for name, lines in _components(urns))
    system = _HEAD + "\n" + _fenced(_flow(cells)) + _COMPONENTS + "\n" + _fenced(_overview(urns)) + parts
    rooms, toolkit = _fenced(code_map.rooms(ROOT)), _fenced(code_map.toolkit(ROOT))
    contents = "\n".join(code_map.contents(ROOT)) + "\n"
    return f"{system}\n{_CODE}\n{rooms}\n{_TOOLKIT}\n{toolkit}\n{contents}"


def _fenced(lines: Iterator[str]) -> str:
    return "```mermaid\n" + "\n".join(lines) + "\n```\n"


def _flow(cells: Sequence[Cell]) -> Iterator[str]:
    """Yield the lines of a flow chart: what agents read from and write to."""
    yield "flowchart LR"
    drawn_cells = [cell for cell in cells if cell.kind in _SHAPES and cell.target != cell.agent]
    nodes = dict.fromkeys((cell.kind, cell.target) for cell in drawn_cells)
    nodes |= dict.fromkeys((_CALLS, cell.agent) for cell in drawn_cells)
    for kind, (begin, end) in _SHAPES.items():
        yield f'  subgraph {kind}s["{_TITLES.get(kind, kind + "s")}"]'
        yield from (
            f'    {_id(kind, name)}{begin}"{name}"{end}' for node_kind, name in nodes if node_kind == kind
        )
        yield "  end"
    actions_by_edge: dict[tuple[str, str], set[str]] = {}
    for cell in drawn_cells:
        pair = (_id(_CALLS, cell.agent), _id(cell.kind, cell.target))
        actions_by_edge.setdefault(pair, set()).update(cell.actions)
    for (agent, node), actions in actions_by_edge.items():
        arrow = _arrow(actions)
        yield f"  {node} --> {agent}" if arrow == "takes" else f"  {agent} {arrow} {node}"


def takes_and_gives(actions: set[str]) -> tuple[bool, bool]:
    """Return whether actions take data from a resource, and whether they give data to it."""
    return bool(actions & _TAKES), bool(actions & _GIVES)


def _arrow(actions: set[str]) -> str:
    takes, gives = takes_and_gives(actions)
    if takes and gives:
        return "<-->"
    return "takes" if takes else "-->"


def _overview(urns: Sequence[Urn]) -> Iterator[str]:
    """Yield the lines of a tree of components, with the number of resources of each."""
    counts = Counter(component(urn) for urn in urns if ":index:" not in urn.type)
    yield "flowchart TD"
    yield '  platform["platform"]'
    for name, count in sorted(counts.items()):
        if name:
            yield f'  platform --> {name.lower()}["{name}: {count}"]'


def _components(urns: Sequence[Urn]) -> Iterator[tuple[str, Iterator[str]]]:
    names = sorted({component(urn) for urn in urns} - {"", "Platform"})
    for name in names:
        counts = Counter(urn.type for urn in urns if component(urn) == name and _OWN not in urn.type)
        yield name, _tree(name, counts)


def _tree(name: str, counts: Counter[str]) -> Iterator[str]:
    yield "flowchart LR"
    yield f'  top["{name}"]'
    for index, (kind, count) in enumerate(sorted(counts.items())):
        _, module, title = kind.split(":")
        yield f'  top --> r{index}["{count} x {module.partition("/")[0]} {title}"]'


def component(urn: Urn) -> str:
    """Return the component below the platform in the chain of parents of a resource."""
    types = (*urn.parent_types, urn.type)
    chain = [token.removeprefix(_OWN) for token in types if token.startswith(_OWN)]
    return chain[1] if len(chain) > 1 else (chain[0] if chain else "")


def _id(kind: str, name: str) -> str:
    return f"{kind}_{name.replace('-', '_')}"


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
