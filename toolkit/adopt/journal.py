"""What imports did, one JSON object a line: it is read when one was killed, and to take the last one back."""

import json
import os
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from toolkit.adopt.model import MOVED
from toolkit.errors import CommandError


@dataclass
class ImportRun:
    """One import, as the journal has it.

    Attributes:
        backup: The name of the file with the state before it.
        rehearsal: The id of the rehearsal that it follows.
        ours: URNs of what it has begun to bring in.
        done: A hash of the state that it left; None if it never came to its end.
        undone: Whether it was taken back.
    """

    backup: str
    rehearsal: str
    ours: set[str] = field(default_factory=set[str])
    done: str | None = None
    undone: bool = False


class Journal:
    """The file; each entry is on the disk before the next thing happens."""

    def __init__(self, file: Path) -> None:
        """Name the file, which need not be there yet."""
        self.file = file

    def write(self, **fields: object) -> None:
        """Add an entry.

        Raises:
            CommandError: It cannot be written.
        """
        line = json.dumps({"time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), **fields})
        # A line that a full disk cut off must not take this one with it
        start = "" if self._whole() else "\n"
        try:
            with self.file.open("a", encoding="utf-8") as out:
                out.write(f"{start}{line}\n")
                out.flush()
                os.fsync(out.fileno())
        except OSError as error:
            raise CommandError(
                MOVED, f"{self.file} cannot be written ({error.strerror}): make room, then apply again"
            ) from error

    def _whole(self) -> bool:
        if not self.file.is_file() or not self.file.stat().st_size:
            return True
        with self.file.open("rb") as written:
            written.seek(-1, os.SEEK_END)
            return written.read(1) == b"\n"

    def runs(self) -> list[ImportRun]:
        """Return the imports in order; a line that was cut off tells of what did not happen any more."""
        runs: list[ImportRun] = []
        for entry in self._entries():
            event = entry.get("event")
            if event == "backup":
                runs.append(ImportRun(str(entry["file"]), str(entry.get("rehearsal"))))
            elif runs and event == "importing":
                runs[-1].ours |= set(entry["urns"])
            elif runs and event == "done":
                runs[-1].done = str(entry["state"])
            elif event == "undone":
                for run in runs:
                    run.undone |= run.backup == entry["file"]
        return runs

    def ours(self, rehearsal: str) -> Collection[str]:
        """Return the URNs that imports of one rehearsal have begun to bring in and nobody took back."""
        return set().union(
            *(run.ours for run in self.runs() if run.rehearsal == rehearsal and not run.undone)
        )

    def _entries(self) -> list[dict[str, Any]]:
        if not self.file.is_file():
            return []
        entries: list[dict[str, Any]] = []
        for line in self.file.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                entry = json.loads(line)
            except ValueError:
                continue
            if isinstance(entry, dict):
                entries.append(entry)
        return entries
