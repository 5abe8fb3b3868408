"""Settings of a stack straight from its file, for tools that run beside the program and not inside it."""

from pathlib import Path

from components.settings.derived import StackConfig, derived, file_config
from components.settings.draft import ACCOUNTS
from components.settings.load import assemble
from components.settings.settings import Settings

NOT_YET = "SET-THE-ACCOUNT-ID"
"""What stands for the account in a stack file until somebody writes it."""


def config_of(stack: str, folder: Path) -> StackConfig:
    """Return the config of a stack as its file has it, with what it takes from the stack that it is based on.

    Args:
        stack: The stack's name.
        folder: The project, where the stack files lie.

    Raises:
        SettingsError: There is no such file, or it or its base cannot be read; one line per reason.
    """
    file = f"Pulumi.{stack}.yaml"
    return derived(file_config(file, folder), file, folder)


def read(stack: str, folder: Path, stand_in: str | None = None) -> Settings:
    """Return the settings of a stack as its file has them.

    Args:
        stack: The stack's name.
        folder: The project, where the stack files and `deployment/` lie.
        stand_in: An account for a file that has none yet, for whoever asks no account.

    Raises:
        SettingsError: There is no such file, it has a key twice, it is no mapping with `config`, it has
            encrypted values, or its settings are refused; one line per reason.
    """
    file = f"Pulumi.{stack}.yaml"
    config = file_config(file, folder)
    if stand_in is not None and config.get(ACCOUNTS) == [NOT_YET]:
        config = {**config, ACCOUNTS: [stand_in]}
    return assemble(config, file, folder)
