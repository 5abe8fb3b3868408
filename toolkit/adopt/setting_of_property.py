"""The settings of a stack as a person writes them, and the edit with which a property does not differ."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from toolkit.adopt.model import Difference
from toolkit.adopt.setting_paths import SettingPath, setting_of, value_at, whole, with_value
from toolkit.engine.property_path import PropertyPath
from toolkit.engine.stack import Engine
from toolkit.engine.urn import Urn


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

    def file_of(self, setting: SettingPath) -> str:
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
        holder, out = setting_of(difference, name, self.config, around), difference.live in (None, "")
        if holder and out:  # all of it: a key without its name is half a setting
            holder = whole(difference, holder)
        holder = holder or self._left_out(difference, name)
        if not holder:
            return None
        setting, file = ".".join(map(str, holder)), self.file_of(holder)
        edited = with_value(self.config, holder, value_at(self.config, holder) if out else difference.live)
        edit = yaml.safe_dump(edited, sort_keys=False).rstrip()
        if out:
            head = f"# {file}, under config: leave this out"
            return f"{head}\n{edit}", f"leave {setting} out of {file}"
        return f"# {file}, under config\n{edit}", f"write the live one into {setting} of {file}"

    def setting(self, difference: Difference) -> str:
        """Return the setting of a declared value, with its keys and its file; empty if unknown."""
        holder = setting_of(difference, Urn.parse(difference.urn).name, self.config, None)
        return f"{'.'.join(map(str, holder))} of {self.file_of(holder)}" if holder else ""

    def _left_out(self, difference: Difference, name: str) -> SettingPath:
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
        candidates: list[SettingPath] = []
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
