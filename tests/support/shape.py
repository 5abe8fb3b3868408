"""Measure the shape of the code against its limits: `python -m tests.support.shape`.

Prints a row per measure and exits with 1 if one is beyond its limit. Complexity is ruff's to hold, imports are
import-linter's.
"""

import ast
import re
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support import names
from tests.support.engine import ROOT

SHIPPED = ["components", "policy", "embedded", "toolkit", "stacks", "examples", "benchmarks"]
_VERB = re.compile(r"^(?:Give|Say|Tell|Know|Whatever|Which|Who|How)\b")
"""A docstring of a function that begins so does not say what the function does."""


@dataclass(frozen=True)
class Measure:
    """One measure.

    Attributes:
        title: What is measured.
        value: What it is.
        limit: What it may be at most.
        offenders: Where it is more, worst first.
    """

    title: str
    value: float
    limit: float
    offenders: tuple[str, ...] = ()


def measures() -> Iterator[Measure]:
    """Yield every measure of the shipped code."""
    paths = names.files(SHIPPED)
    trees = {path.relative_to(ROOT): ast.parse(path.read_text(encoding="utf-8")) for path in paths}
    sizes = {path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in trees}
    yield _largest("lines of a module, at most", {str(path): size for path, size in sizes.items()}, 200)
    yield Measure("lines of a module, median", statistics.median(sizes.values()), 100)
    functions = {
        f"{path}:{node.lineno} {node.name}": node for path, tree in trees.items() for node in _functions(tree)
    }
    lengths = {where: (node.end_lineno or 0) - node.lineno + 1 for where, node in functions.items()}
    yield _largest("lines of a function, at most", lengths, 60)
    untyped = tuple(where for where, node in functions.items() if not _typed(node))
    yield Measure("functions without types", len(untyped), 0, untyped)
    wordy = tuple(where for where, node in functions.items() if _VERB.match(ast.get_docstring(node) or ""))
    yield Measure("docstrings of functions that do not say what it does", len(wordy), 0, wordy)
    twins = tuple(_twins(trees))
    yield Measure("public classes of one name in one package", len(twins), 0, twins)
    total, fillers = names.count(paths)
    share = 100 * sum(counter.total() for counter in fillers.values()) / total
    yield Measure("filler words among names, percent", round(share, 1), 100 * names.LIMIT)


def _largest(title: str, sizes: dict[str, int], limit: int) -> Measure:
    beyond = sorted((place for place, size in sizes.items() if size > limit), key=lambda place: -sizes[place])
    return Measure(title, max(sizes.values()), limit, tuple(f"{place} ({sizes[place]})" for place in beyond))


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


def _typed(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    parameters = function.args
    taken = [*parameters.posonlyargs, *parameters.args, *parameters.kwonlyargs]
    taken += [star for star in (parameters.vararg, parameters.kwarg) if star]
    return function.returns is not None and all(
        parameter.annotation or parameter.arg in ("self", "cls") for parameter in taken
    )


def _twins(trees: dict[Path, ast.Module]) -> Iterator[str]:
    """Yield each name of public classes that two modules of one top-level folder define."""
    places: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for path, tree in trees.items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[path.parts[0], node.name].append(str(path))
    for (_, name), modules in sorted(places.items()):
        if len(modules) > 1:
            yield f"{name}: {', '.join(modules)}"


def main() -> int:
    """Print the table, and what is beyond a limit; return the exit code."""
    table = list(measures())
    for measure in table:
        sys.stdout.write(f"{measure.title:55} {measure.value:8g} {measure.limit:8g}\n")
    beyond = [measure for measure in table if measure.value > measure.limit]
    for measure in beyond:
        sys.stdout.write(f"\n{measure.title}: {measure.value:g}, must be {measure.limit:g} at most\n")
        sys.stdout.writelines(f"  {offender}\n" for offender in measure.offenders[:40])
    return 1 if beyond else 0


if __name__ == "__main__":
    sys.exit(main())
