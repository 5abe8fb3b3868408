"""Count filler words among the names that the code stores and the parameters that it takes.

    python -m tests.support.names [FOLDER ...]

A filler word says nothing of what a name holds: a pronoun (`one`, `each`), or a bare participle (`found`, `given`,
`said`). A resource, a rule or a statement is called that. Exits with 1 above the limit, with the files that have most.
"""

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.support.engine import ROOT

LIMIT = 0.02
FILLERS = frozenset(
    [
        *(
            "one",
            "ones",
            "each",
            "every",
            "other",
            "others",
            "another",
            "both",
            "rest",
            "more",
            "mine",
            "ours",
            "own",
        ),
        *(
            "what",
            "who",
            "where",
            "there",
            "here",
            "this",
            "that",
            "it",
            "them",
            "at",
            "so",
            "such",
            "thing",
            "things",
        ),
        *(
            "found",
            "given",
            "said",
            "made",
            "known",
            "wanted",
            "told",
            "asked",
            "shown",
            "held",
            "kept",
            "put",
        ),
        *(
            "done",
            "taken",
            "left",
            "seen",
            "meant",
            "called",
            "named",
            "carried",
            "brought",
            "got",
            "gone",
            "felt",
        ),
        *(
            "place",
            "places",
            "spot",
            "shift",
            "words",
            "hands",
            "way",
            "ways",
            "stuff",
            "something",
            "anything",
        ),
        *(
            "tried",
            "opened",
            "answered",
            "heard",
            "begun",
            "lost",
            "set_",
            "drawn",
            "worn",
            "borne",
            "sought",
        ),
    ]
)


def stored(tree: ast.AST) -> Iterator[str]:
    """Yield each name that is assigned to, and each parameter; `self` and `cls` are not chosen by anybody."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg) and node.arg not in ("self", "cls"):
            yield node.arg


def files(folders: list[str]) -> list[Path]:
    """Return the tracked Python files below some folders; of the whole repository if there are none."""
    command = [
        "git",
        "-C",
        str(ROOT),
        "ls-files",
        "--",
        *(f"{folder.rstrip('/')}/*.py" for folder in folders),
    ]
    listed = subprocess.run(
        command if folders else [*command, "*.py"], check=True, capture_output=True, text=True
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def count(paths: list[Path]) -> tuple[int, dict[Path, Counter[str]]]:
    """Return how many names there are, and per file its filler words."""
    total, fillers = 0, dict[Path, Counter[str]]()
    for path in paths:
        names = list(stored(ast.parse(path.read_text(encoding="utf-8"))))
        total += len(names)
        fillers[path] = Counter(name for name in names if name.strip("_") in FILLERS)
    return total, fillers


def main(folders: list[str]) -> int:
    """Print the share of filler words, the words and the files that have most; return the exit code."""
    total, fillers = count(files(folders))
    words: Counter[str] = sum(fillers.values(), Counter[str]())
    share = words.total() / total if total else 0.0
    sys.stdout.write(
        f"{words.total()} of {total} names are filler words: {share:.1%} (at most {LIMIT:.0%})\n"
    )
    if share <= LIMIT:
        return 0
    sys.stdout.write(" ".join(f"{word} {number}" for word, number in words.most_common(12)) + "\n")
    for path, counter in sorted(fillers.items(), key=lambda item: -item[1].total())[:20]:
        sys.stdout.write(f"{counter.total():5} {path.relative_to(ROOT)}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
