"""What is looked at before any work: the region, who else changes the stack, and what a killed run left."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import botocore.session
import yaml
from botocore.exceptions import BotoCoreError, ClientError
from pulumi.automation import StackSummary

from toolkit.adopt.model import IDENTITY, MOVED
from toolkit.aws.account import Account
from toolkit.engine.stack import Engine
from toolkit.errors import UNABLE, CommandError

_LOCKS = ".pulumi/locks"
_ACCOUNT = re.compile(r"\d{12}")


def there(engine: Engine) -> None:
    """Demand that the folder has the program and the stack.

    Raises:
        CommandError: It has not; the message says what there is.
    """
    folder = engine.folder
    if not (folder / "Pulumi.yaml").is_file():
        raise CommandError(UNABLE, f"{folder} has no Pulumi.yaml: run this in the folder of the program")
    whole = "aws:region" in (engine.project().get("config") or {})  # then a stack needs no file of its own
    if engine.stack_file.parent != folder or not (whole or engine.stack_file.is_file()):
        every = sorted(one.name.split(".")[1] for one in folder.glob("Pulumi.*.yaml"))
        known = f"the stacks there are {', '.join(every)}" if every else "there is none yet"
        raise CommandError(
            UNABLE, f"--stack {engine.stack}: {folder} has no Pulumi.{engine.stack}.yaml", f"{known}"
        )


def _declared(engine: Engine, key: str) -> object:
    """Give a setting of the stack file, or of Pulumi.yaml, without asking anybody."""
    default = (engine.project().get("config") or {}).get(key)
    default = default.get("value", default.get("default")) if isinstance(default, dict) else default
    return engine.settings().get(key, default)


def declared_region(engine: Engine) -> str:
    """Give `aws:region` of the stack file, or of Pulumi.yaml, without asking anybody.

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
    """Give the account that we are in, which must be one of the stack's `aws:allowedAccountIds`.

    Raises:
        CommandError: It is not, or the stack names none; nothing was asked of AWS but who we are.
    """
    given = _declared(engine, "aws:allowedAccountIds")
    if isinstance(given, str) and given.startswith("["):
        given = yaml.safe_load(given)
    allowed = [str(one) for one in given] if isinstance(given, list) else []
    other = [one for one in allowed if not _ACCOUNT.fullmatch(one)]
    found = f"has {other[0]}" if other else "is missing"
    if other or not allowed:
        raise CommandError(
            UNABLE,
            f"{engine.stack_file.name}: aws:allowedAccountIds {found}",
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
    """Demand that whoever names a region names the stack's.

    Raises:
        CommandError: The environment or the profile names another; nothing was asked of AWS yet.
    """
    for source, other in _regions(environment):
        if other != region:
            raise CommandError(
                IDENTITY,
                f"{source} is {other}, and aws:region of {file} is {region}: sign in to {region}, "
                f"or adopt with the stack of {other}",
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


def locked(stack: str, who: str) -> CommandError:
    """Give how a step ends while somebody else changes the stack, and what clears a dead lock."""
    return CommandError(
        MOVED,
        f"the stack is locked, {who}: wait for that run",
        f"if it was killed and nobody works on it, "
        f"`pulumi cancel --stack {stack}` clears it, then run this again",
    )


def unlocked(engine: Engine, backend: str, stacks: Iterable[StackSummary]) -> None:
    """Demand that nobody else is changing the stack, as a file backend or Pulumi Cloud tells.

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
        for place in _places(engine):
            for file in sorted((engine.folder / root / _LOCKS / place).glob("*.json")):
                raise locked(engine.stack, _holder(file))


def _places(engine: Engine) -> tuple[str, str]:
    """Give where the engine keeps a stack's locks, in backends with and without projects."""
    return f"organization/{engine.project()['name']}/{engine.stack}", engine.stack


def _holder(file: Path) -> str:
    """Say who holds a lock, as the engine wrote it; a file that is half written tells nothing."""
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        who = f"{said['username']}@{said['hostname']} (pid {said['pid']}) since {said['timestamp']}"
    except (OSError, ValueError, LookupError, TypeError):
        who = f"whoever wrote {file}"
    return f"by {who}"


def unlocked_in_s3(engine: Engine, backend: str, account: Account) -> list[str]:
    """Demand that a state in S3 has no lock; warn where that may not be listed.

    Raises:
        CommandError: It has one; its content is data, so it is known by when it was written only.
    """
    url = urlsplit(backend)
    if url.scheme != "s3":
        return []
    for place in _places(engine):
        prefix = "/".join(one for one in (url.path.strip("/"), _LOCKS, place, "") if one)
        try:
            pages = list(account.pages("s3", "list_objects_v2", Bucket=url.netloc, Prefix=f"{prefix}/"))
        except (ClientError, BotoCoreError) as error:
            words = str(error).splitlines()[0]
            return [
                f"whether the stack is locked is not known: s3:ListBucket of {url.netloc} failed ({words})"
            ]
        for one in (each for page in pages for each in page.get("Contents", ())):
            raise locked(engine.stack, f"by {one['Key']} of {url.netloc} since {one['LastModified']}")
    return []


def settled(stack: str, operations: Iterable[Mapping[str, Any]]) -> list[str]:
    """Demand that no killed run left an operation open; those of an import end when it is run again.

    Returns:
        Warnings.

    Raises:
        CommandError: There is another; the message names it with the command that clears it.
    """
    every = [(str(one.get("type")), str((one.get("resource") or {}).get("urn", ""))) for one in operations]
    for kind, urn in every:
        if kind != "importing":
            asks = ", which asks for the id of what was made" if kind == "creating" else ""
            raise CommandError(
                MOVED,
                f"a run was killed while {kind} {urn}, and whether AWS did it is not known: look there, "
                f"then `pulumi refresh --stack {stack}` clears it{asks}",
                "then run this again",
            )
    return [f"an import of {len(every)} was cut short: `apply` again ends it"] if every else []
