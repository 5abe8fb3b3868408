"""The edit of settings or program with which a property does not differ, ready to paste."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from adopt import provider
from adopt.arguments import argument, python_name
from adopt.differences import declared, keys, live
from adopt.engine import UNKNOWN
from adopt.model import Difference
from adopt.report.values import shareable
from adopt.table_keys import TABLE, followed

_Key = str | int
_Path = tuple[_Key, ...]
_DEFAULT_TAGS = "aws:defaultTags"


@dataclass(frozen=True)
class Change:
    """A difference with what its mending needs.

    Attributes:
        one: The difference, with its cause.
        token: The type of its resource.
        step: The engine's step that it is of.
        filled: Whether the provider put the declared value there, and not the program.
    """

    one: Difference
    token: str
    step: Mapping[str, Any]
    filled: bool

    @property
    def name(self) -> str:
        """The logical name of its resource."""
        return self.one.urn.rpartition("::")[2]

    @property
    def first(self) -> str:
        """The argument that the property is in, or is."""
        return keys(self.one.path)[0]


def mended(change: Change, config: Mapping[str, Any], stack_file: str) -> tuple[str, str]:
    """Give the edit that mends a difference, and half a sentence that names where it is made.

    Args:
        change: The difference.
        config: The stack's settings by key.
        stack_file: What the settings' file is called.
    """
    one, name = change.one, change.name
    before = _before(change)
    if before:
        return "", before
    if one.cause in ("not read back", "default never read", "moves by itself"):
        return _of_unread(change)
    holder = _holder(one, name, config, declared(change.step, one.path.rpartition(".")[0]))
    if holder:
        return _of_setting(one, holder, config, stack_file)
    if one.cause == "default tags":
        return "", f"leave the tag out of {_DEFAULT_TAGS} until everything is adopted"
    return _of_program(change, live(change.step, change.first))


def _before(change: Change) -> str:
    """Give what is mended in place of a difference that no edit of its own mends; empty if one does."""
    one = change.one
    if one.cause == "only in the state":
        return f"give {change.name} the {one.path} in the program that its state has"
    if UNKNOWN in (one.declared, declared(change.step, change.first)):
        return "mend what it is computed from first: that is replaced or created too"
    if change.token == TABLE and change.first == "attributes":
        key = followed(change.step, one.live) or followed(change.step, one.declared)
        return f"mend {key} first: the attribute goes with it" if key else ""
    return ""


def _of_unread(change: Change) -> tuple[str, str]:
    """Mend what AWS does not tell or moves: ignore it, or leave it out, or agree that the state gets it."""
    unread = provider.unread(change.token, change.first) or provider.Unread()
    if unread.ignored or change.one.cause == "moves by itself":
        return _ignored(change)
    if unread.filled or change.filled:  # what the program does not say it cannot leave out
        entry = f"- urn: {change.one.urn}\n  change:\n    {change.first}: AWS does not tell it"
        return (
            f"# in the mapping\n{entry}",
            f"agree to {change.first} of {change.name} in the mapping, under change",
        )
    return _of_program(change, None)


def _ignored(change: Change) -> tuple[str, str]:
    where = f"ignore_changes of {change.name} in the program"
    edit = f'opts=pulumi.ResourceOptions(ignore_changes=["{change.first}"])'
    return f"# in the program, among the options of {change.name}\n{edit}", f"put {change.first} into {where}"


def _of_program(change: Change, value: object) -> tuple[str, str]:
    """Give the whole argument as it is live: a part of a dictionary or list cannot be pasted."""
    called, where = python_name(change.token, change.first), f"{change.name} in the program"
    if value is None or provider.off(change.token, change.first, value):
        head = f"# in the program, on {change.name}: as good as leaving it out"
        return f"{head}\n{called}=None", f"leave {called} of {where} out"
    if shareable(value) != value:
        return "", f"write the live one into {called} of {where}, as a secret"
    edit = argument(change.token, change.first, value)
    return f"# in the program, on {change.name}\n{edit}", f"write the live one into {called} of {where}"


def _of_setting(
    one: Difference, holder: _Path, config: Mapping[str, Any], stack_file: str
) -> tuple[str, str]:
    setting, out = ".".join(map(str, holder)), one.live in (None, "")
    edit = yaml.safe_dump(
        _edited(config, holder, one.declared if out else one.live), sort_keys=False
    ).rstrip()
    if out:
        return f"# {stack_file}, under config: leave this out\n{edit}", f"leave {setting} out of {stack_file}"
    return f"# {stack_file}, under config\n{edit}", f"write the live one into {setting} of {stack_file}"


def _holder(one: Difference, name: str, config: Mapping[str, Any], around: object) -> _Path:
    """Give the one setting that a declared value comes from; nothing if that cannot be told.

    It has the value and, in its own path, the property's name and the resource's; or else one of these two
    and the value is a text that stands nowhere else. Of several, it is the one that stands beside the name of
    what the property is a part of.

    Args:
        one: The difference.
        name: The resource's logical name.
        config: The settings by key.
        around: What is declared of which the property is a part.
    """
    leaf = keys(one.path)
    last = next((key for key in reversed(leaf) if not key.isdigit()), "")
    same = [
        path for path, value in _places(config) if value == one.declared and type(value) is type(one.declared)
    ]
    if leaf[0] in ("tags", "tagsAll"):
        of_all = leaf[0] == "tagsAll"
        found = [path for path in same if last in path and (path[0] == _DEFAULT_TAGS) == of_all]
        return found[0] if len(found) == 1 else ()
    named = last == "bucket" or last.lower().endswith("name")
    of_it = [path for path in same if name in (str(key).rpartition(":")[2] for key in path)]
    if isinstance(around, Mapping) and around.get("name") and last != "name":
        beside = [path for path in of_it if _beside(config, path) == around["name"]]
        of_it = beside or of_it
    for found in ([path for path in of_it if last in path], of_it, same if named else []):
        if len(found) == 1 and (last in found[0] or isinstance(one.declared, str)):
            return found[0]
    return ()


def _beside(config: Any, path: _Path) -> object:  # noqa: ANN401 - any setting
    """Give the name that stands beside a setting; None if there is none."""
    for key in path[:-1]:
        config = config[key]
    return config.get("name") if isinstance(config, dict) else None


def _places(value: object, path: _Path = ()) -> Iterator[tuple[_Path, object]]:
    """Give every list and plain value of the settings with the keys and indices that lead to it."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _places(one, (*path, key))
        return
    yield path, value
    for index, one in enumerate(value if isinstance(value, list) else ()):
        yield from _places(one, (*path, index))


def _edited(value: Any, path: Sequence[_Key], new: object, *, whole: bool = False) -> Any:  # noqa: ANN401 - any setting
    """Give the part of the settings that a path leads through, with another value at its end.

    Mappings are given with the one key that changes; a list, and all that is in it, as a whole, since a
    person who pastes it puts it in the place of the former.
    """
    if not path:
        return new
    first, rest = path[0], path[1:]
    if isinstance(value, list):
        return [
            _edited(one, rest, new, whole=True) if index == first else one for index, one in enumerate(value)
        ]
    changed = {first: _edited(value[first], rest, new, whole=whole)}
    return {**value, **changed} if whole else changed
