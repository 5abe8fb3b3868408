"""What is looked at before any work: the account, the region, and what a killed run left."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import botocore.session

from toolkit import strict_yaml
from toolkit.adopt.model import MOVED
from toolkit.aws.account import Account
from toolkit.engine.stack import Engine
from toolkit.errors import IDENTITY, UNABLE, CommandError

_ACCOUNT = re.compile(r"\d{12}")


def there(engine: Engine) -> None:
    """Raise unless the folder has the program and the stack.

    Raises:
        CommandError: It has not; the message says what there is.
    """
    folder = engine.folder
    if not (folder / "Pulumi.yaml").is_file():
        raise CommandError(UNABLE, f"{folder} has no Pulumi.yaml: run this in the folder of the program")
    whole = "aws:region" in (engine.project().get("config") or {})  # then a stack needs no file of its own
    if engine.stack_file.parent != folder or not (whole or engine.stack_file.is_file()):
        names = sorted(file.name.split(".")[1] for file in folder.glob("Pulumi.*.yaml"))
        listing = f"the stacks there are {', '.join(names)}" if names else "there is none yet"
        raise CommandError(
            UNABLE, f"--stack {engine.stack}: {folder} has no Pulumi.{engine.stack}.yaml", f"{listing}"
        )


def _declared(engine: Engine, key: str) -> object:
    """Return a setting of the stack file, or of Pulumi.yaml, without asking anybody."""
    default = (engine.project().get("config") or {}).get(key)
    default = default.get("value", default.get("default")) if isinstance(default, dict) else default
    return engine.settings().get(key, default)


def declared_region(engine: Engine) -> str:
    """Return `aws:region` of the stack file, or of Pulumi.yaml, without asking anybody.

    Raises:
        CommandError: It is in neither.
    """
    region = _declared(engine, "aws:region")
    if not isinstance(region, str):
        raise CommandError(
            UNABLE,
            f"{engine.stack_file.name}: aws:region is missing, or no text: write the region of the live "
            "resources there, then run this again",
        )
    return region


def allowed_account(engine: Engine, account: Account) -> str:
    """Return the account that we are in, which must be one of the stack's `aws:allowedAccountIds`.

    Raises:
        CommandError: It is not, or the stack names none; nothing was asked of AWS but who we are.
    """
    declared = _declared(engine, "aws:allowedAccountIds")
    if isinstance(declared, str) and declared.startswith("["):
        declared = strict_yaml.parse(declared, f"{engine.stack_file.name}: aws:allowedAccountIds")
    allowed = [str(account_id) for account_id in declared] if isinstance(declared, list) else []
    invalid = [account_id for account_id in allowed if not _ACCOUNT.fullmatch(account_id)]
    defect = f"has {invalid[0]}" if invalid else "is missing"
    if invalid or not allowed:
        raise CommandError(
            UNABLE,
            f"{engine.stack_file.name}: aws:allowedAccountIds {defect}",
            "allowed are ids of 12 digits, in "
            "quotes: write that of the account that is adopted there, then run this again",
        )
    number, arn = account.identity()
    if number not in allowed:
        raise CommandError(
            IDENTITY,
            f"this is account {number} ({arn}), aws:allowedAccountIds of {engine.stack_file.name} has "
            f"{', '.join(allowed)}: sign in to the right one",
        )
    return number


def same_region(region: str, environment: Mapping[str, str], file: str) -> None:
    """Raise unless whoever names a region names the stack's.

    Raises:
        CommandError: The environment or the profile names another; nothing was asked of AWS yet.
    """
    for source, region_of_source in _regions(environment):
        if region_of_source != region:
            raise CommandError(
                IDENTITY,
                f"{source} is {region_of_source}, and aws:region of {file} is {region}: sign in to {region}, "
                f"or adopt with the stack of {region_of_source}",
            )


def _regions(environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        if environment.get(name):
            yield name, environment[name]
    session = botocore.session.Session()
    profile = session.profile or "default"
    region = session.full_config.get("profiles", {}).get(profile, {}).get("region")
    if region:
        yield f"the region of profile {profile}", region


def settled(stack: str, operations: Iterable[Mapping[str, Any]]) -> list[str]:
    """Raise unless no killed run left an operation open; those of an import end when it is run again.

    Returns:
        Warnings.

    Raises:
        CommandError: There is another; the message names it with the command that clears it.
    """
    open_operations = [
        (str(operation.get("type")), str((operation.get("resource") or {}).get("urn", "")))
        for operation in operations
    ]
    for kind, urn in open_operations:
        if kind != "importing":
            asks = ", which asks for the id of what was made" if kind == "creating" else ""
            raise CommandError(
                MOVED,
                f"a run was killed while {kind} {urn}, and whether AWS did it is not known: look there, "
                f"then `pulumi refresh --stack {stack}` clears it{asks}",
                "then run this again",
            )
    return (
        [f"an import of {len(open_operations)} was cut short: `apply` again ends it"]
        if open_operations
        else []
    )
