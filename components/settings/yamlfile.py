"""YAML as people write it in a file of their own: what cannot be meant so is refused with a line."""

from collections.abc import Iterator

import yaml

DEEPEST = 20
"""Levels; what is read here has two or three."""


class UnreadableError(Exception):
    """A text was refused; the exception's text is one line, without the file."""


def read(text: str) -> object:
    """Give what a text holds.

    Args:
        text: One document of YAML.

    Raises:
        UnreadableError: It is no YAML, has a key twice, an alias, or more levels than anything has.
    """
    try:
        _plain(text)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        if root is not None and (twice := next(_twice(root, ""), None)):
            raise UnreadableError(twice)
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise UnreadableError(f"is not YAML: {' '.join(str(error).split())}") from None
    except ValueError:
        raise UnreadableError("is refused; a date or a number in it is none, write it in quotes") from None


def _plain(text: str) -> None:
    """Refuse what makes a small text large, or endless, once it is read."""
    levels = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            raise UnreadableError(f"line {line}: *{event.anchor} is refused; write the value itself there")
        levels += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if levels > DEEPEST:
            raise UnreadableError(f"line {line}: is refused; allowed are up to {DEEPEST} levels")


def _twice(node: yaml.Node, place: str) -> Iterator[str]:
    """Give a line for each key that stands twice, of which YAML would take the last."""
    if isinstance(node, yaml.SequenceNode):
        for number, one in enumerate(node.value):
            yield from _twice(one, f"{place}[{number}]")
    if isinstance(node, yaml.MappingNode):
        lines: dict[tuple[str, str], int] = {}
        for key, value in node.value:
            name, line = str(key.value), key.start_mark.line + 1
            inside = f"{place}.{name}" if place else name
            if first := lines.get((key.tag, name)):
                yield f"{inside}: is written twice, in lines {first} and {line}; keep one of them"
            lines[key.tag, name] = line
            yield from _twice(value, inside)
