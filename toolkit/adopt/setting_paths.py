"""Which setting a declared value comes from, and settings by their path."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from toolkit.adopt.model import Difference
from toolkit.engine.property_path import PropertyPath

Key = str | int
SettingPath = tuple[Key, ...]
"""The keys and indices that lead to a setting."""
DEFAULT_TAGS = "aws:defaultTags"


def setting_of(difference: Difference, name: str, config: Mapping[str, Any], around: object) -> SettingPath:
    """Return the one setting that a declared value comes from; nothing if that cannot be told.

    It has the value and, in its own path, the property's name and the resource's; or else one of these two
    and the value is a text that stands nowhere else. Of several, it is the one that stands beside the name of
    what the property is a part of.

    Args:
        difference: The difference.
        name: The resource's logical name.
        config: The settings by key.
        around: What is declared of which the property is a part.
    """
    property_path = PropertyPath.of(difference.path)
    last = property_path.leaf
    same = [
        path
        for path, value in _places(config)
        if value == difference.declared and type(value) is type(difference.declared)
    ]
    if property_path.root in ("tags", "tagsAll"):
        of_all = property_path.root == "tagsAll"
        matches = [path for path in same if last in path and (path[0] == DEFAULT_TAGS) == of_all]
        return matches[0] if len(matches) == 1 else ()
    by_value = last == "bucket" or last.lower().endswith("name")
    of_it = [path for path in same if name in (str(key).rpartition(":")[2] for key in path)]
    if isinstance(around, Mapping) and around.get("name") and last != "name":
        beside = [path for path in of_it if _beside(config, path) == around["name"]]
        of_it = beside or of_it
    for matches in ([path for path in of_it if last in path], of_it, same if by_value else []):
        if len(matches) == 1 and (last in matches[0] or isinstance(difference.declared, str)):
            return matches[0]
    return ()


def whole(difference: Difference, holder: SettingPath) -> SettingPath:
    """Return the setting of the property itself, of one that is within it."""
    last = PropertyPath.of(difference.path).leaf
    return holder[: holder.index(last) + 1] if last in holder else holder


def value_at(value: Any, path: SettingPath) -> Any:  # noqa: ANN401 - any setting
    """Return the value that a path leads to."""
    for key in path:
        value = value[key]
    return value


def _beside(config: Any, path: SettingPath) -> object:  # noqa: ANN401 - any setting
    """Return the name that stands beside a setting; None if there is none."""
    around = value_at(config, path[:-1])
    return around.get("name") if isinstance(around, dict) else None


def _places(value: object, path: SettingPath = ()) -> Iterator[tuple[SettingPath, object]]:
    """Yield every list and plain value of the settings with the keys and indices that lead to it."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _places(part, (*path, key))
        return
    yield path, value
    for index, part in enumerate(value if isinstance(value, list) else ()):
        yield from _places(part, (*path, index))


def with_value(value: Any, path: Sequence[Key], new: object, *, whole: bool = False) -> Any:  # noqa: ANN401 - any setting
    """Return the part of the settings that a path leads through, with another value at its end.

    Mappings are given with the one key that changes; a list, and all that is in it, as a whole, since a
    person who pastes it puts it in the place of the former.
    """
    if not path:
        return new
    first, tail = path[0], path[1:]
    if isinstance(value, list):
        return [
            with_value(part, tail, new, whole=True) if index == first else part
            for index, part in enumerate(value)
        ]
    changed = {first: with_value(value.get(first), tail, new, whole=whole)}
    return {**value, **changed} if whole else changed
