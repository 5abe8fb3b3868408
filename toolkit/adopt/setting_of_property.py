"""The settings of a stack as a person writes them, and the edit with which a property does not differ."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from toolkit.adopt.model import Difference
from toolkit.engine.property_path import PropertyPath
from toolkit.engine.stack import Engine
from toolkit.engine.urn import Urn

_Key = str | int
_Path = tuple[_Key, ...]
DEFAULT_TAGS = "aws:defaultTags"


@dataclass(frozen=True)
class Written:
    """A stack's settings.

    Attributes:
        file: What their file is called.
        config: What is in force, by key: what stands in the file, and what it takes from its base.
        described: What the project says of each key.
        base: The file of the stack that it is based on, by `basedOn`; empty without one.
        differing: With a base: what stands in the file itself.
    """

    file: str
    config: Mapping[str, Any] = field(default_factory=dict[str, Any])
    described: Mapping[str, str] = field(default_factory=dict[str, str])
    base: str = ""
    differing: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def file_of(self, setting: _Path) -> str:
        """Return the file in which a setting is written, or would be."""
        value: Any = self.differing
        for key in setting:
            if not isinstance(value, dict):
                return self.file
            if key not in value:
                return self.base or self.file
            value = value[key]
        return self.file

    def edit(self, difference: Difference, around: object) -> tuple[str, str] | None:
        """Return the edit of a setting that mends a difference, and half a sentence that names it.

        Args:
            difference: The difference.
            around: What is declared of which the property is a part.
        """
        name = Urn.parse(difference.urn).name
        holder, out = _holder(difference, name, self.config, around), difference.live in (None, "")
        if holder and out:  # all of it: a key without its name is half a setting
            holder = _whole(difference, holder)
        holder = holder or self._left_out(difference, name)
        if not holder:
            return None
        setting, file = ".".join(map(str, holder)), self.file_of(holder)
        edited = _edited(self.config, holder, _at(self.config, holder) if out else difference.live)
        edit = yaml.safe_dump(edited, sort_keys=False).rstrip()
        if out:
            head = f"# {file}, under config: leave this out"
            return f"{head}\n{edit}", f"leave {setting} out of {file}"
        return f"# {file}, under config\n{edit}", f"write the live one into {setting} of {file}"

    def setting(self, difference: Difference) -> str:
        """Return the setting of a declared value, with its keys and its file; empty if unknown."""
        holder = _holder(difference, Urn.parse(difference.urn).name, self.config, None)
        return f"{'.'.join(map(str, holder))} of {self.file_of(holder)}" if holder else ""

    def _left_out(self, difference: Difference, name: str) -> _Path:
        """Return the setting of a resource that is not written, where the project's description names it."""
        path = PropertyPath.of(difference.path)
        root = path.root if path.steps[1:] in ((), ("enabled",)) else ""
        # What is declared has a default; what is not may be written in another form, as a key with its type
        if (
            not root
            or not isinstance(difference.live, (str, int))
            or type(difference.live) is not type(difference.declared)
        ):
            return ()
        word = re.compile(rf"(?<![\w.]){re.escape(root)}(?!\w)")
        candidates: list[_Path] = []
        for key, value in self.config.items():
            holders = {(key,): value} if key.rpartition(":")[2] == name else {}
            holders |= {(key, name): value[name]} if isinstance(value, dict) and name in value else {}
            if word.search(self.described.get(key, "")):
                candidates += [
                    (*keys, root)
                    for keys, difference in holders.items()
                    if isinstance(difference, dict) and root not in difference
                ]
        return candidates[0] if len(candidates) == 1 else ()


def based_on(base: Mapping[str, Any], config: Mapping[str, Any], project: str) -> dict[str, Any]:
    """Return the settings of a stack that is based on another one.

    Settings of the project are laid over the base's: mappings key by key, with null to leave a key out;
    anything else replaces what the base has. Settings of providers and of the engine are the stack's own.
    """
    inherited = {key: value for key, value in base.items() if key.startswith(f"{project}:")}
    written = {key: value for key, value in config.items() if key != f"{project}:basedOn"}
    return {**inherited, **{key: _laid_over(inherited.get(key), value) for key, value in written.items()}}


def _laid_over(base: Any, over: Any) -> Any:  # noqa: ANN401 - any setting
    if not isinstance(base, dict) or not isinstance(over, dict):
        return over
    merged = {**base, **{key: _laid_over(base.get(key), value) for key, value in over.items()}}
    return {key: value for key, value in merged.items() if value is not None}


def settings_of(engine: Engine) -> Written:
    """Return the settings of a stack with what the project says of each of them."""
    project = engine.project()
    described = {
        key if ":" in key else f"{project['name']}:{key}": str(entry["description"])
        for key, entry in (project.get("config") or {}).items()
        if isinstance(entry, dict) and "description" in entry
    }
    config, name = engine.settings(), str(project["name"])
    base = engine.settings_of(str(config.get(f"{name}:basedOn")))
    if base is None:
        return Written(engine.stack_file.name, config, described)
    file, inherited = base
    return Written(engine.stack_file.name, based_on(inherited, config, name), described, file, config)


def _holder(difference: Difference, name: str, config: Mapping[str, Any], around: object) -> _Path:
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


def _whole(difference: Difference, holder: _Path) -> _Path:
    """Return the setting of the property itself, of one that is within it."""
    last = PropertyPath.of(difference.path).leaf
    return holder[: holder.index(last) + 1] if last in holder else holder


def _at(value: Any, path: _Path) -> Any:  # noqa: ANN401 - any setting
    for key in path:
        value = value[key]
    return value


def _beside(config: Any, path: _Path) -> object:  # noqa: ANN401 - any setting
    """Return the name that stands beside a setting; None if there is none."""
    around = _at(config, path[:-1])
    return around.get("name") if isinstance(around, dict) else None


def _places(value: object, path: _Path = ()) -> Iterator[tuple[_Path, object]]:
    """Yield every list and plain value of the settings with the keys and indices that lead to it."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _places(part, (*path, key))
        return
    yield path, value
    for index, part in enumerate(value if isinstance(value, list) else ()):
        yield from _places(part, (*path, index))


def _edited(value: Any, path: Sequence[_Key], new: object, *, whole: bool = False) -> Any:  # noqa: ANN401 - any setting
    """Return the part of the settings that a path leads through, with another value at its end.

    Mappings are given with the one key that changes; a list, and all that is in it, as a whole, since a
    person who pastes it puts it in the place of the former.
    """
    if not path:
        return new
    first, tail = path[0], path[1:]
    if isinstance(value, list):
        return [
            _edited(part, tail, new, whole=True) if index == first else part
            for index, part in enumerate(value)
        ]
    changed = {first: _edited(value.get(first), tail, new, whole=whole)}
    return {**value, **changed} if whole else changed
