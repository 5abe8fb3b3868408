"""What the engine's event log says: what was read or imported, and what was refused and why."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from toolkit.progress import Progress


@dataclass(frozen=True)
class Read:
    """What the provider read of some ids.

    Attributes:
        inputs: Live properties by import name.
        refused: Why an id could not be read, by import name.
    """

    inputs: dict[str, dict[str, Any]]
    refused: dict[str, str]


_FIRST = b'"op":"import'
_LAST = (b'"summaryEvent":', b'"cancelEvent":')


@dataclass
class Log:
    """An event log that is read while the engine writes it: one JSON object a line.

    Attributes:
        file: Where the engine writes it.
        progress: Is told of each resource that has been read or imported.
    """

    file: Path
    progress: Progress
    _at: int = field(default=0, init=False)

    def stage(self) -> str:
        """Say whether the engine is before its work, at it, or behind it: `before`, `working`, `done`."""
        text = self.file.read_bytes() if self.file.exists() else b""
        if any(event in text for event in _LAST):
            return "done"
        return "working" if _FIRST in text else "before"

    def follow(self) -> None:
        """Tell of what is done since the last time; a line that is half written waits for the next."""
        if not self.file.exists():
            return
        with self.file.open("rb") as log:
            log.seek(self._at)
            text = log.read()
        whole = text[: text.rfind(b"\n") + 1]
        self._at += len(whole)
        done = sum(1 for line in whole.splitlines() if _done(json.loads(line)))
        if done:
            self.progress(done)


def _done(event: dict[str, Any]) -> bool:
    """Say whether an event ends the import of a resource; components and providers are not imported."""
    return str(event.get("resOutputsEvent", {}).get("metadata", {}).get("op")).startswith("import")


def _events(log: Path) -> Iterator[dict[str, Any]]:
    for line in log.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def reads(log: Path, names: Sequence[str]) -> Read:
    """Give what an event log says of each read.

    Args:
        log: The log of an import's preview, whose entries are called `read0`, `read1` and so on.
        names: What the entries stand for, in that order.
    """
    read = Read({}, {})
    for event in _events(log):
        if "resOutputsEvent" in event:
            state = event["resOutputsEvent"]["metadata"]
            index = state["urn"].rpartition("::read")[2]
            if index.isdigit():
                read.inputs[names[int(index)]] = (state.get("new") or {}).get("inputs", {})
        said = event.get("diagnosticEvent", {})
        index = str(said.get("urn", "")).rpartition("::read")[2]
        if said.get("severity") == "error" and index.isdigit():
            text = str(said["message"]).replace("Preview failed:", "").replace("error:", "")
            read.refused[names[int(index)]] = " ".join(text.split())
    return read
