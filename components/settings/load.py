"""Read stack config into `Settings`, or report everything that is wrong with it at once."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import pulumi
from pydantic import BaseModel, ValidationError

from components.settings import declarations, refusals
from components.settings.derived import BASED_ON, PROJECT, SettingsError, StackConfig, derived
from components.settings.draft import ACCOUNTS, REGION
from components.settings.settings import Settings

SECTIONS = [
    field.alias or name
    for name, field in Settings.model_fields.items()
    if name not in ("region", "account", "declarations")
]
"""The keys of a stack file, without the project's name."""
REQUIRED = [
    field.alias or name
    for name, field in Settings.model_fields.items()
    if field.is_required() and (field.alias or name) in SECTIONS
]
_MAPPINGS = ("tables", "queues", "agents", "tags")
_MISSING = ": is missing; write it"


def parse(config: Mapping[str, Any], file: str, secrets: Collection[str] = ()) -> Settings:
    """Return the settings that a config holds.

    Args:
        config: All config of the stack by full key, structured values as JSON texts or as they are.
        file: The stack file, as it appears in every line of an error.
        secrets: Keys whose values are encrypted in the file.

    Raises:
        SettingsError: Anything is missing, unknown, of the wrong type, out of range or contradictory.
    """
    return _parsed(derived({**config, BASED_ON: ""}, file, Path(), secrets))


def _parsed(config: StackConfig) -> Settings:
    sections, lines = sections_of(config, PROJECT, SECTIONS)
    written = {
        name: value
        for name, value in sections.items()
        if value not in ("", {})
        or (name in _MAPPINGS and value == {})  # what is left out is {} in the engine
    }
    try:
        settings = Settings.model_validate(written)
    except ValidationError as failure:
        raise SettingsError([*lines, *lines_of(failure, Settings, config, PROJECT)]) from None
    if lines:
        raise SettingsError(lines)
    return settings


def sections_of(config: StackConfig, project: str, known: list[str]) -> tuple[dict[str, Any], list[str]]:
    """Return what a model of a project's stack file is validated with, and a line for each unknown key.

    Args:
        config: The stack's config.
        project: The project, whose name stands before its keys.
        known: The keys that it has.
    """
    keys = {key: str(key).partition(":") for key in config.values}
    sections = {
        name: config.values[key]
        for key, (namespace, _, name) in keys.items()
        if namespace == project and name in known
    }
    lines = [
        f"{config.file_of(key)}: {key}: {refusals.suggestion(name, known)}"
        for key, (namespace, _, name) in keys.items()
        if namespace == project and name not in known
    ]
    return {**sections, **{key: config.values.get(key) for key in (REGION, ACCOUNTS)}}, lines


def lines_of(
    failure: ValidationError,
    model: type[BaseModel],
    config: StackConfig,
    project: str,
    page: str = "Pulumi.yaml",
) -> list[str]:
    """Return one line per refused value of a stack file, which names the file that it is written in.

    Args:
        failure: The errors.
        model: The model of the stack file.
        config: The stack's config.
        project: The project, whose name stands before its keys.
        page: Where a missing key is described.
    """
    lines: list[str] = []
    hidden = refusals.entries(failure, model, secret=True)
    for (key, line), (_, without_value) in zip(refusals.entries(failure, model), hidden, strict=True):
        prefix = "" if key.startswith("aws:") else f"{project}:"
        section = f"{prefix}{key.partition('.')[0].partition('[')[0]}"
        text = without_value if section in config.secrets else line
        described = f" (see {page})" if section == f"{prefix}{key}" and text.endswith(_MISSING) else ""
        lines.append(f"{config.file_of(prefix + key)}: {prefix}{text}{described}")
    return lines


def assemble(
    config: Mapping[str, Any],
    file: str,
    folder: Path,
    secrets: Collection[str] = (),
    *,
    by_engine: bool = False,
) -> Settings:
    """Return the settings that a config, its base and the agents' own declarations hold together.

    Args:
        config: As for `parse`; it may name the stack that it is based on.
        file: As for `parse`.
        folder: The project, in which stack files and `deployment/` lie.
        secrets: As for `parse`.
        by_engine: Whether the engine read the config, which sorts mappings by their keys.

    Raises:
        SettingsError: As for `parse`, or a declaration is missing, wrong, or contradicts the stack.
    """
    whole = derived(config, file, folder, secrets, by_engine=by_engine)
    agents = whole.values.get(f"{PROJECT}:agents")
    declared, lines = declarations.read_all(agents if isinstance(agents, dict) else {}, folder)
    try:
        settings = _parsed(whole)
    except SettingsError as error:
        raise SettingsError([*error.lines, *lines]) from None
    lines += declarations.against_stack(settings, declared)
    if lines:
        raise SettingsError(lines)
    return settings.model_copy(update={"declarations": declared})


def load() -> Settings:
    """Return the settings of the running stack; the engine has refused a key that its file has twice.

    Raises:
        pulumi.RunError: Settings were refused; every refusal was logged as a line of its own by then.
    """
    config, secrets = running_config()
    try:
        return assemble(config, f"Pulumi.{pulumi.get_stack()}.yaml", Path.cwd(), secrets, by_engine=True)
    except SettingsError as error:
        raise logged(error) from None


def running_config() -> tuple[dict[str, Any], set[str]]:
    """Return all config of the running stack, and the keys of it that are encrypted."""
    from pulumi.runtime import config  # noqa: PLC0415 pulumi.runtime.config is a module only by import

    values = {**config.get_config_env(), **config.CONFIG.get()}
    return values, {key for key in values if config.is_config_secret(key)}


def logged(error: SettingsError) -> pulumi.RunError:
    """Log all lines of an error but the last, and return what ends the program with that one."""
    for line in error.lines[:-1]:
        pulumi.log.error(line)
    return pulumi.RunError(error.lines[-1])
