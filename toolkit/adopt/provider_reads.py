"""What the provider reads of live resources by their ids, through a preview of an import."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.engine.errors import one_line, reason
from toolkit.engine.events import EventLog, read_events
from toolkit.engine.stack import Engine
from toolkit.engine.urn import find_urn
from toolkit.errors import UNABLE, CommandError
from toolkit.progress import Progress

_NAME = "read"
_GONE = re.compile(r"does not exist|not found|NoSuch|NotFound|NonExistent", re.IGNORECASE)
_NOT_THERE = re.compile(r"resource '[^']*' does not exist")
"""What the engine itself says of an id that the provider read as gone, whatever the name in it."""
_REFUSED = re.compile(r"AccessDenied|not authorized|UnauthorizedOperation|Throttl|SlowDown", re.IGNORECASE)


@dataclass(frozen=True)
class ProviderReads:
    """What the provider read of some ids.

    Attributes:
        inputs: Live properties by import name.
        refused: Why an id could not be read, by import name.
    """

    inputs: dict[str, dict[str, Any]]
    refused: dict[str, str]


def read_all(
    engine: Engine, entries: Sequence[Mapping[str, Any]], work: Path, progress: Progress
) -> ProviderReads:
    """Read ids through the provider, all at once and without writing anything.

    A flat copy of the entries is imported in preview: on one level, so that no wrong id hides another.

    Args:
        engine: The stack.
        entries: Import entries with ids.
        work: A folder for the engine's files.
        progress: Gets the number of resources that have been read since the last time.

    Raises:
        CommandError: The engine could not begin.
    """
    flat = [
        {"type": entry["type"], "name": f"{_NAME}{index}", "id": entry["id"], "version": entry["version"]}
        for index, entry in enumerate(entries)
    ]
    file, log = work / "read.json", EventLog(work / "read.events", progress)
    file.write_text(json.dumps({"resources": flat}))
    log.file.unlink(missing_ok=True)
    options = ("--preview-only", "--json", "--generate-code=false")
    result = engine.run("import", "--file", str(file), *options, log=log)
    if not log.file.exists():
        raise CommandError(UNABLE, f"`pulumi import --preview-only` failed: {reason(result)}")
    return reads_of(log.file, [str(entry["name"]) for entry in entries])


def reads_of(log: Path, names: Sequence[str]) -> ProviderReads:
    """Return what an event log has of each read.

    Args:
        log: The log of an import's preview, whose entries are called `read0`, `read1` and so on.
        names: The import names of the entries, in that order.
    """
    reads = ProviderReads({}, {})
    for event in read_events(log):
        if event.res_outputs_event:
            step = event.res_outputs_event.metadata
            name = _import_name(step.urn, names)
            if name:
                reads.inputs[name] = dict((step.new.inputs if step.new else None) or {})
        diagnostic = event.diagnostic_event
        if diagnostic and diagnostic.severity == "error":
            name = _import_name(diagnostic.urn or "", names)
            if name:
                reads.refused[name] = one_line(diagnostic.message.replace("Preview failed:", ""))
    return reads


def means_absent(refusal: str) -> bool:
    """Check whether a refusal to read an id means that there is no such resource.

    A denial may quote any name, so that one that names what is not found does not mean it.
    """
    if _NOT_THERE.fullmatch(refusal.strip()):
        return True
    return bool(_GONE.search(refusal)) and not _REFUSED.search(refusal)


def _import_name(urn: str, names: Sequence[str]) -> str:
    """Return the import name of what the preview reads as one URN; empty for the stack and its providers."""
    parsed = find_urn(urn)
    index = parsed.name.removeprefix(_NAME) if parsed else ""
    return names[int(index)] if index.isdecimal() and int(index) < len(names) else ""
