"""The map of the code for docs/architecture.md: rooms, what each holds, and who imports whom."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOMS = ("components", "policy", "embedded", "toolkit", "stacks", "examples", "benchmarks", "tests")
"""Folders that hold code, from the lowest floor up; `tests` may import all others and is not drawn."""
_PACKAGES = {"tms_policies": "policy"}  # a package that is not called like its room
FLOORS = (
    ("what is declared, allowed, and played", ("components", "policy", "embedded")),
    ("the tools", ("toolkit",)),
    ("who uses them", ("stacks", "examples", "benchmarks")),
)


def rooms(root: Path) -> Iterator[str]:
    """Yield the lines of a diagram of the rooms, floor by floor, with an arrow for each import."""
    yield "flowchart BT"
    for number, (title, names) in enumerate(FLOORS):
        yield f'  subgraph floor{number}["{title}"]'
        yield from (f'    {name}["{name}/"]' for name in names)
        yield "  end"
    arrows = {(_room(file, root), target) for file in _files(root) for target in _targets(file)}
    yield from (f"  {source} --> {target}" for source, target in sorted(arrows) if source != target)


def toolkit(root: Path) -> Iterator[str]:
    """Yield the lines of a diagram of the toolkit's parts, with an arrow for each import."""
    yield "flowchart BT"
    parts = sorted(path.parent.name for path in (root / "toolkit").glob("*/__init__.py"))
    yield from (f'  {part}["{part}/"]' for part in parts)
    arrows = {
        (part, target)
        for part in parts
        for file in (root / "toolkit" / part).rglob("*.py")
        for target in _modules(file)
        if target in parts and target != part
    }
    yield from (f"  {source} --> {target}" for source, target in sorted(arrows))


def contents(root: Path) -> Iterator[str]:
    """Yield a table row per room and per part of the toolkit: its folder, and its docstring's first line."""
    yield "| folder | what is in it |"
    yield "|---|---|"
    parts = sorted(f"toolkit/{path.parent.name}" for path in (root / "toolkit").glob("*/__init__.py"))
    for folder in (*ROOMS[:-1], *parts):
        package = root / folder / ("tms_policies" if folder == "policy" else "") / "__init__.py"
        if package.is_file():
            docstring = ast.get_docstring(ast.parse(package.read_text(encoding="utf-8"))) or ""
            yield f"| `{folder}/` | {docstring.partition(chr(10))[0]} |"


def _files(root: Path) -> Iterator[Path]:
    for room in ROOMS[:-1]:
        yield from (root / room).rglob("*.py")
    yield root / "__main__.py"


def _room(file: Path, root: Path) -> str:
    parts = file.relative_to(root).parts
    return parts[0] if len(parts) > 1 else "components"  # the program is its components


def _imports(file: Path) -> Iterator[str]:
    """Yield the dotted names that a module imports; what comes from a package has the package before it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _targets(file: Path) -> Iterator[str]:
    for name in _imports(file):
        package = name.partition(".")[0]
        room = _PACKAGES.get(package, package)
        if room in ROOMS[:-1]:
            yield room


def _modules(file: Path) -> Iterator[str]:
    """Yield the parts of the toolkit that a module imports."""
    for name in _imports(file):
        package, _, module = name.partition(".")
        if package == "toolkit":
            yield module.partition(".")[0]
