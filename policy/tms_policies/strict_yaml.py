"""The pack's one reader of YAML: a key that stands twice in a mapping is refused, with its line.

Plain YAML loaders keep the last of two equal keys without a word, so that half of a file is not in force.
"""

from collections.abc import Iterator
from typing import Any

import yaml


class YamlError(ValueError):
    """The text cannot be read; the message begins with the line, where there is one."""


def root_of(text: str) -> yaml.Node | None:
    """Return the document as nodes, which know their lines; None if the text is empty.

    Raises:
        YamlError: The text is not YAML.
    """
    try:
        return yaml.compose(text, yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        raise YamlError(f"line {mark.line + 1} is not YAML" if mark else "it is not YAML") from error


def repeated_keys(root: yaml.Node | None) -> Iterator[tuple[int, str]]:
    """Yield the line and the text of each key that stands a second time in its mapping."""
    pending, visited = [root] if root else [], set[int]()
    while pending:
        node = pending.pop()
        if id(node) in visited:  # by an alias
            continue
        visited.add(id(node))
        if isinstance(node, yaml.MappingNode):
            keys: set[tuple[str, str]] = set()
            for key, value in node.value:
                if isinstance(key, yaml.ScalarNode):
                    if (key.tag, key.value) in keys:
                        yield key.start_mark.line + 1, key.value
                    keys.add((key.tag, key.value))
                pending.append(value)
        elif isinstance(node, yaml.SequenceNode):
            pending.extend(node.value)


def load(text: str) -> Any:  # noqa: ANN401 - YAML holds anything
    """Return the document's values.

    Raises:
        YamlError: The text is not YAML, or a key stands twice in a mapping.
    """
    root = root_of(text)
    if repeated := min(repeated_keys(root), default=None):
        line, key = repeated
        raise YamlError(f"line {line} has the key {key!r} a second time; keep one of them")
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_document(root) if root else None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise YamlError("it is not YAML") from error
    finally:
        loader.dispose()
