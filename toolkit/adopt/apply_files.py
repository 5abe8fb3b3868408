"""The files of an import in `.adopt/<stack>/`: its lock, its journal, and the state from before it."""

import json
import os
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from toolkit.adopt.journal import Journal
from toolkit.adopt.model import MOVED
from toolkit.adopt.workflow import Adoption
from toolkit.errors import CommandError


@contextmanager
def alone(adoption: Adoption) -> Generator[None]:
    """Hold the lock of the stack's files.

    Raises:
        CommandError: Another apply has it.
    """
    adoption.work.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(adoption.work / "apply.lock", timeout=0):
            yield
    except Timeout as error:
        raise CommandError(
            MOVED, f"another apply of {adoption.engine.stack} is running: wait for it"
        ) from error


def journal_of(adoption: Adoption) -> Journal:
    """Return the journal of the stack's imports."""
    return Journal(adoption.work / "journal.jsonl")


def back_up(adoption: Adoption, state: Mapping[str, Any]) -> Path:
    """Write a state into a new file, for its owner only; return the file once it is on the disk."""
    stamp = time.strftime("%Y%m%dT%H%M%S", time.gmtime())
    file = adoption.work / f"backup-{stamp}-{os.getpid()}.json"
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        json.dump(state, out)
        out.flush()
        os.fsync(out.fileno())
    return file


def backed_up(file: Path) -> list[dict[str, Any]]:
    """Return the resources of a backup.

    Raises:
        CommandError: It is not there or not whole.
    """
    try:
        return json.loads(file.read_text(encoding="utf-8"))["deployment"].get("resources") or []
    except (OSError, ValueError, LookupError) as error:
        raise CommandError(
            MOVED, f"{file} cannot be read as a state ({error}): there is nothing to put back"
        ) from error
