"""A stack that is based on another one: its file has what differs, and the other stack's file has the rest.

The rule, for the keys of this project (`aws:*` is read by the provider itself, so each file has its own):
mappings are laid over each other key by key, anything else replaces what the base has; a key of null inside a
mapping leaves out what the base has there. A section that is `{}` or empty is as if it were not written.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from components.settings import yamlfile
from components.settings.refusals import HIDDEN, display, printable

PROJECT = "trade-matching-system"
BASED_ON = f"{PROJECT}:basedOn"
_STACK_FILES = "Pulumi.*.yaml"


class SettingsError(Exception):
    """Settings were refused.

    Attributes:
        lines: One line per refused value: file, key, value, what is allowed.
    """

    def __init__(self, lines: list[str]) -> None:
        """Keep the lines; the exception's text is all of them."""
        self.lines = [printable(line) for line in lines]
        super().__init__("\n".join(self.lines))


@dataclass(frozen=True, slots=True)
class StackConfig:
    """The config of a stack, with what it takes from its base.

    Attributes:
        values: The config by full key, as it is in force.
        file: The stack file.
        secrets: Keys whose values are encrypted in the file.
        base: The file of the stack that it is based on; empty without one.
        written: What stands in the stack file itself, by full key.
    """

    values: Mapping[str, Any]
    file: str
    secrets: Collection[str] = ()
    base: str = ""
    written: Mapping[str, Any] | None = None

    def file_of(self, key: str) -> str:
        """Return the file in which a value is written, or would be: `PROJECT:section.entry.key[0]`."""
        stands_here = self.written is None or not key.startswith(f"{PROJECT}:") or _has(self.written, key)
        return self.file if stands_here or not self.base else self.base


def _has(value: object, key: str) -> bool:
    """Check whether a value has a key, or has something else than a mapping on the way to it."""
    if not isinstance(value, dict):
        return True
    if not key:
        return False
    for name, inner in value.items():
        after = key.removeprefix(str(name))
        if key.startswith(str(name)) and after[:1] in ("", ".", "["):
            return not after or _has(inner, after.removeprefix("."))
    return False


def decoded(value: object) -> object:
    """Return a structured config value as what it was in YAML; config carries those as JSON texts."""
    if not isinstance(value, str):
        return value
    try:
        content = json.loads(value)
    except (ValueError, RecursionError):
        return value
    return content if isinstance(content, (dict, list)) else value


def overlaid(base: object, over: object) -> object:
    """Return a value with another one laid over it, as the rule of this module says."""
    if not isinstance(base, dict) or not isinstance(over, dict):
        return over
    merged = {**base, **{key: overlaid(base.get(key), value) for key, value in over.items()}}
    return {key: value for key, value in merged.items() if value is not None}


def file_config(file: str, folder: Path) -> dict[str, Any]:
    """Return what stands under `config` in a stack file.

    Raises:
        SettingsError: There is no such file, it has a key twice, it is no mapping with `config`, or it has
            encrypted values; one line each.
    """
    try:
        content = yamlfile.read((folder / file).read_text(encoding="utf-8"), aliases=True)
    except FileNotFoundError:
        stacks = ", ".join(_stacks(folder)) or "none"
        raise SettingsError([f"{file}: there is no such file; stacks here: {stacks}"]) from None
    except UnicodeDecodeError as error:
        raise SettingsError([f"{file}: is not YAML: {error}"]) from None
    except yamlfile.UnreadableError as error:
        raise SettingsError([f"{file}: {error}"]) from None
    config: Any = content.get("config") if isinstance(content, dict) else None
    if not isinstance(config, dict):
        raise SettingsError([f"{file}: config: is missing; write the stack's settings under it"])
    sealed = [key for key, value in config.items() if isinstance(value, dict) and set(value) == {"secure"}]
    if sealed:
        raise SettingsError(
            [f"{file}: {key}: is encrypted; only the program itself can read it" for key in sealed]
        )
    return config


def _stacks(folder: Path) -> list[str]:
    return sorted(path.name.split(".")[1] for path in folder.glob(_STACK_FILES))


def derived(
    config: Mapping[str, Any],
    file: str,
    folder: Path,
    secrets: Collection[str] = (),
    *,
    by_engine: bool = False,
) -> StackConfig:
    """Return a stack's config with what it takes from the stack that it is based on, if there is one.

    Args:
        config: All config of the stack by full key, structured values as JSON texts or as they are.
        file: The stack file.
        folder: The project, where the stack files lie.
        secrets: Keys whose values are encrypted in the file.
        by_engine: Whether the engine read the config. It sorts mappings by their keys, so the base is sorted
            too: a stack that takes a section from its base registers the same as one that writes it out.

    Raises:
        SettingsError: The base does not exist, is based on another one itself, or cannot be read.
    """
    stack = config.get(BASED_ON, "")
    written = {key: decoded(value) for key, value in config.items() if key != BASED_ON}
    if stack == "":
        return StackConfig(written, file, secrets)
    stacks = [name for name in _stacks(folder) if f"Pulumi.{name}.yaml" != file]
    if stack not in stacks:
        value = HIDDEN if BASED_ON in secrets else display(stack)
        allowed = f"is refused; allowed is another stack of this project: {', '.join(stacks) or 'none'}"
        raise SettingsError([f"{file}: {BASED_ON}: {value} {allowed}"])
    base_file = f"Pulumi.{stack}.yaml"
    base = file_config(base_file, folder)
    if BASED_ON in base:
        refused = f"{display(stack)} is refused; it is based on another stack itself, name that one"
        raise SettingsError([f"{file}: {BASED_ON}: {refused}"])
    inherited = {key: value for key, value in base.items() if str(key).startswith(f"{PROJECT}:")}
    differing = {key: value for key, value in written.items() if value not in ("", {}, None)}
    values = {
        **inherited,
        **{key: overlaid(inherited.get(key), value) for key, value in differing.items()},
    }
    ordered = {key: _by_key(value) if by_engine else value for key, value in values.items()}
    return StackConfig(ordered, file, secrets, base_file, differing)


def _by_key(value: object) -> object:
    """Return a value whose mappings are sorted by their keys, as the engine hands them to a program."""
    if isinstance(value, dict):
        return {key: _by_key(value[key]) for key in sorted(value, key=str)}
    return [_by_key(item) for item in value] if isinstance(value, list) else value
