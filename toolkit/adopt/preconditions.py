"""What is looked at before any work: the region, who else changes the stack, and what a killed run left."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import botocore.session
from botocore.exceptions import BotoCoreError, ClientError
from pulumi.automation import StackSummary

from toolkit import strict_yaml
from toolkit.adopt.model import MOVED
from toolkit.aws.account import Account
from toolkit.engine.stack import Engine
from toolkit.errors import IDENTITY, UNABLE, CommandError

_LOCKS = ".pulumi/locks"
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


def locked(stack: str, holder: str) -> CommandError:
    """Return how a step ends while somebody else changes the stack, and what clears a dead lock."""
    return CommandError(
        MOVED,
        f"the stack is locked, {holder}: wait for that run",
        f"if it was killed and nobody works on it, "
        f"`pulumi cancel --stack {stack}` clears it, then run this again",
    )


def unlocked(engine: Engine, backend: str, stacks: Iterable[StackSummary]) -> None:
    """Raise unless nobody else is changing the stack, as a file backend or Pulumi Cloud tells.

    Args:
        engine: The stack.
        backend: The backend's URL.
        stacks: What the backend says of its stacks.

    Raises:
        CommandError: Somebody is; the message says who and since when, as far as that is known.
    """
    if any(stack.update_in_progress for stack in stacks if engine.own(stack.name)):
        raise locked(engine.stack, f"by an update that {backend} has in progress")
    if backend.startswith("file://"):
        root = Path(urlsplit(backend).netloc + urlsplit(backend).path).expanduser()
        for path in _places(engine):
            for file in sorted((engine.folder / root / _LOCKS / path).glob("*.json")):
                raise locked(engine.stack, _holder(file))


def _places(engine: Engine) -> tuple[str, str]:
    """Return where the engine keeps a stack's locks, in backends with and without projects."""
    return f"organization/{engine.project()['name']}/{engine.stack}", engine.stack


def _holder(file: Path) -> str:
    """Return who holds a lock, as the engine wrote it; a file that is half written tells nothing."""
    try:
        lock = json.loads(file.read_text(encoding="utf-8"))
        holder = f"{lock['username']}@{lock['hostname']} (pid {lock['pid']}) since {lock['timestamp']}"
    except (OSError, ValueError, LookupError, TypeError):
        holder = f"whoever wrote {file}"
    return f"by {holder}"


def unlocked_in_s3(engine: Engine, backend: str, account: Account) -> list[str]:
    """Raise unless a state in S3 has no lock; warn where that may not be listed.

    Raises:
        CommandError: It has one; its content is data, so it is known by when it was written only.
    """
    url = urlsplit(backend)
    if url.scheme != "s3":
        return []
    for path in _places(engine):
        prefix = "/".join(part for part in (url.path.strip("/"), _LOCKS, path, "") if part)
        try:
            pages = list(account.pages("s3", "list_objects_v2", Bucket=url.netloc, Prefix=f"{prefix}/"))
        except (ClientError, BotoCoreError) as error:
            reason = str(error).splitlines()[0]
            return [
                f"whether the stack is locked is not known: s3:ListBucket of {url.netloc} failed ({reason})"
            ]
        for part in (entry for page in pages for entry in page.get("Contents", ())):
            raise locked(engine.stack, f"by {part['Key']} of {url.netloc} since {part['LastModified']}")
    return []


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
