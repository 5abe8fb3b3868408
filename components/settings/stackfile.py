"""Settings of a stack straight from its file, for tools that run beside the program and not inside it."""

from pathlib import Path
from typing import Any

import yaml

from components.settings.load import SettingsError, assemble
from components.settings.models import Settings

ACCOUNTS = "aws:allowedAccountIds"
NOT_YET = "SET-THE-ACCOUNT-ID"
"""What stands for the account in a stack file until somebody writes it."""


def read(stack: str, folder: Path, stand_in: str | None = None) -> Settings:
    """Give the settings of a stack as its file has them.

    Args:
        stack: The stack's name.
        folder: The project, where `Pulumi.<stack>.yaml` and `deployment/` lie.
        stand_in: An account for a file that has none yet, for whoever asks no account.

    Raises:
        SettingsError: There is no such file, it is no mapping with `config`, it has encrypted values, or
            its settings are refused; one line per problem.
    """
    file = f"Pulumi.{stack}.yaml"
    try:
        content: Any = yaml.safe_load((folder / file).read_text(encoding="utf-8"))
    except FileNotFoundError:
        known = sorted(path.name.split(".")[1] for path in folder.glob("Pulumi.*.yaml"))
        raise SettingsError(
            [f"{file}: there is no such file; stacks here: {', '.join(known) or 'none'}"]
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingsError([f"{file}: is not YAML: {' '.join(str(error).split())}"]) from None
    config: Any = content.get("config") if isinstance(content, dict) else None
    if not isinstance(config, dict):
        raise SettingsError([f"{file}: config: is missing; write the stack's settings under it"])
    sealed = [key for key, value in config.items() if isinstance(value, dict) and set(value) == {"secure"}]
    if sealed:
        raise SettingsError(
            [f"{file}: {key}: is encrypted; only the program itself can read it" for key in sealed]
        )
    if stand_in is not None and config.get(ACCOUNTS) == [NOT_YET]:
        config = {**config, ACCOUNTS: [stand_in]}
    return assemble(config, file, folder)
