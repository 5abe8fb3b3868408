"""Which stack is meant, and whether this is its account."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from botocore.exceptions import BotoCoreError

from components.naming import Naming
from components.settings import Settings, SettingsError, read
from toolkit.aws.account import Account
from toolkit.aws.calls import OPERATIONS, AwsCalls, failed
from toolkit.aws.retries import TIMEOUTS, Waiting
from toolkit.errors import IDENTITY, UNABLE, CommandError

_DEFAULT = "production"


@dataclass(frozen=True)
class StackAccount(AwsCalls):
    """A stack, and calls to the account that it is in.

    Attributes:
        stack: The stack's name.
        folder: The project's folder.
        naming: Spells its ARNs; has account and region.
    """

    stack: str
    folder: Path
    naming: Naming


def chosen(stack: str | None, folder: Path) -> str:
    """Give the stack that is meant: the one named, that of PULUMI_STACK, the only one here, or production."""
    if stack or os.environ.get("PULUMI_STACK"):
        return stack or os.environ["PULUMI_STACK"]
    here = [path.name.split(".")[1] for path in folder.glob("Pulumi.*.yaml")]
    return here[0] if len(here) == 1 else _DEFAULT


def opened(
    stack: str | None, folder: Path, say: Callable[[str], None] = lambda _: None
) -> tuple[StackAccount, Settings]:
    """Give a stack's place and settings; nothing was asked of AWS but who we are.

    Args:
        stack: The stack's name; None for the default.
        folder: The project, where the stack's file lies.
        say: Gets a line when AWS has to be waited for.

    Raises:
        CommandError: The settings are refused, AWS does not answer, or the credentials do not fit.
    """
    name = chosen(stack, folder)
    try:
        settings = read(name, folder)
    except SettingsError as error:
        raise CommandError(UNABLE, str(error)) from error
    try:
        account = Account(settings.region, OPERATIONS, TIMEOUTS, Waiting(say))
    except BotoCoreError as error:  # a profile that is not there
        raise failed(type(error).__name__, "credentials", f"stack {name}", str(error)) from error
    place = StackAccount(account, name, folder, Naming(settings.region, settings.account))
    who = place.ask("sts", "get_caller_identity", "the caller")
    found, arn = str(who["Account"]), str(who["Arn"])
    if found != settings.account:
        raise CommandError(
            IDENTITY,
            f"this is account {found} ({arn}), stack {name} is in {settings.account}: "
            "sign in to the right one",
        )
    return place, settings
