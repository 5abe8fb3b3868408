"""From AWS's names to Pulumi's and back, where only the spelling differs."""

from collections.abc import Iterable, Mapping
from typing import Any

from embedded.aws.plugin.values import Bag


def pick(source: Mapping[str, Any], names: Mapping[str, str]) -> Bag:
    """Return entries of a mapping under new names, without missing and null ones.

    Args:
        source: Where to pick from.
        names: The new name by the name in the source.

    Returns:
        The entries that are there and not null.
    """
    return {new: source[old] for old, new in names.items() if source.get(old) is not None}


def inverse(names: Mapping[str, str]) -> dict[str, str]:
    """Return a table of names with keys and values swapped.

    Args:
        names: The new name by the old one.

    Returns:
        The old name by the new one.
    """
    return {new: old for old, new in names.items()}


def tag_list(tags: Mapping[str, str], key: str = "Key", value: str = "Value") -> list[dict[str, str]]:
    """Return tags as a list of key and value, the form of most AWS calls.

    Args:
        tags: Values by key.
        key: The field that holds the key.
        value: The field that holds the value.

    Returns:
        One entry per tag.
    """
    return [{key: k, value: v} for k, v in tags.items()]


def tag_map(tags: Iterable[Mapping[str, str]], key: str = "Key", value: str = "Value") -> dict[str, str]:
    """Return tags as a mapping, the form of a resource.

    Args:
        tags: Entries as AWS gives them.
        key: The field that holds the key.
        value: The field that holds the value.

    Returns:
        Values by key.
    """
    return {tag[key]: tag[value] for tag in tags}
