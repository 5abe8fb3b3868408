"""The engine's events, typed: of `--json` on standard output, of a file, and of an event log while it grows.

`pulumi.automation` has a class for each kind of event but the summaries of policy packs, and leaves the
severity out of a policy event. Both are added here. An operation that it does not know counts as an update.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self, cast

from pulumi.automation import DiffKind, EngineEvent, OpType

from toolkit.progress import Progress

Stage = Literal["before", "working", "done"]
_READ = (
    "cancelEvent",
    "diagnosticEvent",
    "policyEvent",
    "resOpFailedEvent",
    "resOutputsEvent",
    "resourcePreEvent",
    "summaryEvent",
)
_STEPS = ("resourcePreEvent", "resOutputsEvent", "resOpFailedEvent")
_PACK_SUMMARIES = ("policyAnalyzeSummaryEvent", "policyAnalyzeStackSummaryEvent")
_OUTCOMES = ("passed", "failed", "disabled", "notApplicable")
_OPERATIONS = frozenset(operation.value for operation in OpType)
_DIFF_KINDS = frozenset(kind.value for kind in DiffKind)


@dataclass(frozen=True, slots=True)
class PackSummary:
    """What a policy pack reports when it has seen a resource, or last of all the stack.

    Attributes:
        pack: The pack's name.
        rules: Ids of the rules that gave a result, whichever it is.
        stack: Whether it is about the whole stack.
    """

    pack: str
    rules: frozenset[str]
    stack: bool


class Event(EngineEvent):
    """One event of the engine; of its fields exactly one is set.

    Attributes:
        pack_summary: What a policy pack reports at its end.
        severity: The severity of a policy event; empty where the pack names none.
        summarized: Whether it is the summary, with which the engine ends.
    """

    pack_summary: PackSummary | None = None
    severity: str = ""
    summarized: bool = False

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Return an event of its JSON object, which has one key that ends in `Event`."""
        events = {key: value for key, value in data.items() if key in _READ}
        for key in _STEPS:
            if key in events:
                events[key] = {**events[key], "metadata": _understood(events[key].get("metadata") or {})}
        event = cast("Self", super().from_json(events))
        event.severity = str((data.get("policyEvent") or {}).get("severity") or "")
        event.summarized = "summaryEvent" in data
        event.pack_summary = _pack_summary(data)
        return event

    @property
    def importing(self) -> bool:
        """Whether it is about a resource that is imported."""
        step = self.resource_pre_event or self.res_outputs_event
        return step is not None and step.metadata.op in (OpType.IMPORT, OpType.IMPORT_REPLACEMENT)


def _understood(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Return a step in terms that `pulumi.automation` knows; it refuses any other."""
    operation = metadata.get("op")
    details: dict[str, Any] = {}
    for path, detail in (metadata.get("detailedDiff") or {}).items():
        kind = (detail or {}).get("diffKind")
        details[path] = {**(detail or {}), "diffKind": kind if kind in _DIFF_KINDS else DiffKind.UPDATE.value}
    return {
        **metadata,
        "op": operation if operation in _OPERATIONS else OpType.UPDATE.value,
        "detailedDiff": details,
    }


def _pack_summary(data: Mapping[str, Any]) -> PackSummary | None:
    for key in _PACK_SUMMARIES:
        if key in data:
            summary: Mapping[str, Any] = data[key] or {}
            rules = frozenset(rule for outcome in _OUTCOMES for rule in summary.get(outcome) or ())
            return PackSummary(str(summary.get("policyPackName", "")), rules, "Stack" in key)
    return None


def objects(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects among lines; a wrapper or a plugin may print others between them."""
    for line in lines:
        try:
            value = json.loads(line)
        except ValueError:
            continue
        if isinstance(value, dict):
            yield cast("dict[str, Any]", value)


def events_of(text: str) -> tuple[Event, ...]:
    """Return the events in a text, one a line; lines that are none are left out."""
    lines = text.split("\n")  # not splitlines: a message may hold a line separator of Unicode
    return tuple(
        Event.from_json(data) for data in objects(lines) if any(key.endswith("Event") for key in data)
    )


def read_events(file: Path) -> tuple[Event, ...]:
    """Return the events of a file.

    Raises:
        OSError: The file cannot be read.
    """
    return events_of(file.read_text(encoding="utf-8", errors="replace"))


class EventLog:
    """An event log that is read while the engine writes it."""

    def __init__(self, file: Path, progress: Progress) -> None:
        """Follow a log.

        Args:
            file: Where the engine writes it; it need not be there yet.
            progress: Gets the number of resources that have been read or imported since the last time.
        """
        self.file = file
        self._progress = progress
        self._position = 0
        self._stage: Stage = "before"

    def follow(self) -> None:
        """Read the events since the last time and report the progress; half a line waits for its end."""
        if not self.file.exists():
            return
        with self.file.open("rb") as log:
            log.seek(self._position)
            text = log.read()
        text = text[: text.rfind(b"\n") + 1]
        self._position += len(text)
        count = 0
        for event in events_of(text.decode("utf-8", errors="replace")):
            if event.importing:
                self._stage = "working" if self._stage == "before" else self._stage
                count += event.res_outputs_event is not None
            if event.summarized or event.cancel_event:
                self._stage = "done"
        if count:
            self._progress(count)

    def stage(self) -> Stage:
        """Return whether the engine has not begun to import, is importing, or has finished."""
        self.follow()
        return self._stage
