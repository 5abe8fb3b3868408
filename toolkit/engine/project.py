"""Pulumi.yaml and the stack files of a project, as the engine reads them."""

from pathlib import Path
from typing import Any

from toolkit import strict_yaml
from toolkit.errors import UNABLE, CommandError


def stack_file(folder: Path, stack: str) -> Path:
    """Return the file with the settings of a stack."""
    return folder / f"Pulumi.{stack}.yaml"


def read_project(folder: Path) -> dict[str, Any]:
    """Return the content of Pulumi.yaml.

    Raises:
        CommandError: It is not YAML, has a key twice, or is not a mapping.
    """
    return _mapping(folder / "Pulumi.yaml")


def read_settings(folder: Path, stack: str) -> dict[str, Any]:
    """Return the settings of a stack file by key, secrets as they stand there; none without a file.

    Raises:
        CommandError: It is not YAML, has a key twice, or is not a mapping.
    """
    file = stack_file(folder, stack)
    return dict(_mapping(file).get("config") or {}) if file.exists() else {}


def _mapping(file: Path) -> dict[str, Any]:
    content = strict_yaml.read(file) or {}
    if not isinstance(content, dict) or not isinstance(content.get("config") or {}, dict):
        raise CommandError(UNABLE, f"{file} must be a mapping, with config in it another one")
    return content
