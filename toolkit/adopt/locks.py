"""Who else changes the stack: locks in the backend."""

import json
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from botocore.exceptions import BotoCoreError, ClientError
from pulumi.automation import StackSummary

from toolkit.adopt.model import MOVED
from toolkit.aws.account import Account
from toolkit.engine.stack import Engine
from toolkit.errors import CommandError

_LOCKS = ".pulumi/locks"


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
        for path in _paths(engine):
            for file in sorted((engine.folder / root / _LOCKS / path).glob("*.json")):
                raise locked(engine.stack, _holder(file))


def _paths(engine: Engine) -> tuple[str, str]:
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
    for path in _paths(engine):
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
