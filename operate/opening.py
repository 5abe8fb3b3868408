"""Which stack is meant, and whether this is its account."""

import os
from pathlib import Path

from adopt.live import Account
from adopt.model import IDENTITY, USAGE, Stop
from components.naming import Naming
from components.settings import Settings, SettingsError, read
from operate.asking import ALSO, Place

_DEFAULT = "production"


def chosen(stack: str | None, folder: Path) -> str:
    """Give the stack that is meant: the one named, that of PULUMI_STACK, the only one here, or production."""
    if stack or os.environ.get("PULUMI_STACK"):
        return stack or os.environ["PULUMI_STACK"]
    here = [path.name.split(".")[1] for path in folder.glob("Pulumi.*.yaml")]
    return here[0] if len(here) == 1 else _DEFAULT


def opened(stack: str | None, folder: Path) -> tuple[Place, Settings]:
    """Give a stack's place and settings; nothing was asked of AWS but who we are.

    Args:
        stack: The stack's name; None for the default.
        folder: The project, where the stack's file lies.

    Raises:
        Stop: The settings are refused, there are no credentials, or they are of another account.
    """
    name = chosen(stack, folder)
    try:
        settings = read(name, folder)
    except SettingsError as error:
        raise Stop(USAGE, str(error)) from error
    account = Account(settings.region, ALSO)
    found, arn = account.identity()
    if found != settings.account:
        raise Stop(
            IDENTITY,
            f"this is account {found} ({arn}), stack {name} is in {settings.account}: "
            "sign in to the right one",
        )
    return Place(name, folder, Naming(settings.region, settings.account), account), settings
