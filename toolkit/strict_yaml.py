"""A file of decisions as a person writes it: what cannot be meant so is refused by its line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from toolkit.errors import UNABLE, CommandError


def read(file: Path) -> Any:  # noqa: ANN401 - YAML holds anything
    """Give what a file holds.

    Raises:
        CommandError: It is not YAML, or has a key twice in one entry, of which YAML would take the last.
    """
    try:
        text = file.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        twice = "; ".join(f"{file}: {one}" for one in _twice(root)) if root is not None else ""
        found = yaml.safe_load(text)
    except (yaml.YAMLError, UnicodeError, RecursionError, ValueError) as error:
        raise CommandError(UNABLE, f"{file}: {_words(error)}: mend it, then run this again") from error
    if twice:
        raise CommandError(UNABLE, twice)
    return found


def _words(error: Exception) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return f"line {error.problem_mark.line + 1}: it is not YAML ({error.problem})"
    return f"it is not YAML ({' '.join(str(error).split()) or type(error).__name__})"


def _twice(node: yaml.Node) -> Iterator[str]:
    if isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _twice(one)
    if isinstance(node, yaml.MappingNode):
        lines: dict[str, int] = {}
        for key, value in node.value:
            name, line = str(key.value), key.start_mark.line + 1
            if name in lines:
                yield f"{name} stands twice in one entry, in lines {lines[name]} and {line}: keep one"
            lines[name] = line
            yield from _twice(value)
