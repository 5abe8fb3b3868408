"""YAML as people write it: what cannot be meant so is refused with a line."""

from collections.abc import Iterator

import yaml

DEEPEST = 20
"""Levels; what is read here has two or three."""


class UnreadableError(Exception):
    """A text was refused; the exception's text is one line, without the file."""


def read(text: str, *, aliases: bool = False) -> object:
    """Return what a text holds.

    Args:
        text: One document of YAML.
        aliases: Whether a value may stand for another one (`*name`).

    Raises:
        UnreadableError: It is no YAML, has a key twice, an alias where none may be, or too many levels.
    """
    try:
        _check_shape(text, aliases=aliases)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        if root is not None and (twice := next(_written_twice(root, "", []), None)):
            raise UnreadableError(twice)
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise UnreadableError(f"is not YAML: {' '.join(str(error).split())}") from None
    except ValueError:
        raise UnreadableError("is refused; a date or a number in it is none, write it in quotes") from None


def _check_shape(text: str, *, aliases: bool) -> None:
    """Refuse what makes a small text large, or endless, once it is read."""
    levels = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) and not aliases:
            raise UnreadableError(f"line {line}: *{event.anchor} is refused; write the value itself there")
        levels += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if levels > DEEPEST:
            raise UnreadableError(f"line {line}: is refused; allowed are up to {DEEPEST} levels")


def _written_twice(node: yaml.Node, path: str, visited: list[yaml.Node]) -> Iterator[str]:
    """Yield a line for each key that is written twice, of which YAML would take the last."""
    if any(node is former for former in visited):
        return  # an alias
    if isinstance(node, yaml.SequenceNode):
        visited.append(node)
        for number, entry in enumerate(node.value):
            yield from _written_twice(entry, f"{path}[{number}]", visited)
    if isinstance(node, yaml.MappingNode):
        visited.append(node)
        lines: dict[tuple[str, str], int] = {}
        for key, value in node.value:
            name, line = str(key.value), key.start_mark.line + 1
            inside = f"{path}.{name}" if path else name
            if first := lines.get((key.tag, name)):
                yield f"{inside}: is written twice, in lines {first} and {line}; keep one of them"
            lines[key.tag, name] = line
            yield from _written_twice(value, inside, visited)
