"""The stack that a command works on, and the check that the caller is signed in to its account."""

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


def choose_stack(stack: str | None, folder: Path) -> str:
    """Return the stack: the argument, PULUMI_STACK, the only one with a file in the folder, or production."""
    if stack or os.environ.get("PULUMI_STACK"):
        return stack or os.environ["PULUMI_STACK"]
    stacks = [path.name.split(".")[1] for path in folder.glob("Pulumi.*.yaml")]
    return stacks[0] if len(stacks) == 1 else _DEFAULT


def open_stack(
    stack: str | None, folder: Path, notify: Callable[[str], None] = lambda _: None
) -> tuple[StackAccount, Settings]:
    """Return a stack's account and settings; the only call to AWS is `sts:GetCallerIdentity`.

    Args:
        stack: The stack's name; None for the default.
        folder: The project's folder, with the stack's file.
        notify: Called with a line when AWS has to be waited for.

    Raises:
        CommandError: The settings are invalid, AWS does not answer, or this is another account.
    """
    name = choose_stack(stack, folder)
    try:
        settings = read(name, folder)
    except SettingsError as error:
        raise CommandError(UNABLE, str(error)) from error
    try:
        account = Account(settings.region, OPERATIONS, TIMEOUTS, Waiting(notify))
    except BotoCoreError as error:  # a profile that is not there
        raise failed(type(error).__name__, "credentials", f"stack {name}", str(error)) from error
    aws = StackAccount(account, name, folder, Naming(settings.region, settings.account))
    caller = aws.ask("sts", "get_caller_identity", "the caller")
    account_id, arn = str(caller["Account"]), str(caller["Arn"])
    if account_id != settings.account:
        raise CommandError(
            IDENTITY,
            f"this is account {account_id} ({arn}), stack {name} is in {settings.account}: "
            "sign in to the right one",
        )
    return aws, settings
