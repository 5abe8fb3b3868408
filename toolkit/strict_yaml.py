"""YAML files that people write, read so that nothing in them is lost without a word.

ruamel.yaml reads them by YAML 1.2, as the engine does, and refuses a key that stands twice in one mapping.
Every YAML file that the toolkit reads goes through here.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from toolkit.errors import UNABLE, CommandError


def read(file: Path) -> Any:  # noqa: ANN401 - YAML holds anything
    """Return the content of a YAML file; None for an empty one.

    Raises:
        CommandError: It cannot be read, is not YAML, or has a key twice in one mapping.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeError as error:
        raise CommandError(UNABLE, f"{file}: it is not YAML ({error})", "write it in UTF-8") from error
    return parse(text, str(file))


def parse(text: str, source: str) -> Any:  # noqa: ANN401 - YAML holds anything
    """Return the content of a YAML text.

    Args:
        text: One document.
        source: Where it comes from, as errors name it: a file, or a key of one.

    Raises:
        CommandError: It is not YAML, or has a key twice in one mapping.
    """
    yaml = YAML(typ="safe", pure=True)
    try:
        return yaml.load(text)
    except DuplicateKeyError as error:
        lines = "; ".join(
            f"{source}: {line}" for line in _duplicates(YAML(typ="safe", pure=True).compose(text))
        )
        raise CommandError(UNABLE, lines or f"{source}: {error.problem}") from error
    except (YAMLError, RecursionError, ValueError) as error:
        raise CommandError(UNABLE, f"{source}: {_reason(error)}: mend it, then run this again") from error


def _reason(error: Exception) -> str:
    if isinstance(error, MarkedYAMLError) and error.problem_mark:
        return f"line {error.problem_mark.line + 1}: it is not YAML ({error.problem})"
    return f"it is not YAML ({' '.join(str(error).split()) or type(error).__name__})"


def _duplicates(node: Node | None) -> Iterator[str]:
    """Yield a line for each key that stands twice in one mapping, with both lines of the text."""
    if isinstance(node, SequenceNode):
        for item in node.value:
            yield from _duplicates(item)
    if isinstance(node, MappingNode):
        lines: dict[str, int] = {}
        for key, value in node.value:
            name, line = str(key.value), key.start_mark.line + 1
            if name in lines:
                yield f"{name} stands twice in one entry, in lines {lines[name]} and {line}: keep one"
            lines[name] = line
            yield from _duplicates(value)
