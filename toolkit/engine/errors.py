"""Why the engine failed, in one line: all of the reason, up to a limit that says where the rest is.

What a program raised goes before what the engine says of it.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from pulumi.automation import CommandResult, DiagnosticEvent

from toolkit.engine.events import events_of

LIMIT = 2_000
"""Characters of a reason."""
_ERROR = "error: "
_RAISED = "info#err"
"""The severity of what a program writes to standard error, a refusal of its settings among it."""
_FRAME = re.compile(r'\s*File "([^"]*)"(?:, line (\d+))?')
_EXCEPTION = re.compile(r"[\w.]+(: |$)")
_HEADINGS = (
    "Diagnostics:",
    "Preview failed:",
    "Program failed with an unhandled exception:",
    "preview failed",
    "update failed",
    "validating policy config",
)
"""Lines that say only that something failed; what failed is in another line."""


def reason(result: CommandResult) -> str:
    """Return why a command of the engine failed.

    Args:
        result: Its output. With `--json` diagnostics are in the one document, or in the stream of events.
    """
    document = _document(result.stdout)
    diagnostics = [
        (str(entry.get("severity", "")), str(entry.get("message", "")))
        for entry in document.get("diagnostics") or ()
    ]
    events = events_of(result.stdout)
    diagnostics += _pairs(event.diagnostic_event for event in events if event.diagnostic_event)
    printed = "" if document or events else result.stdout
    for lines in (_diagnosed(diagnostics), _printed(result.stderr), _printed(printed)):
        if lines:
            return joined(lines)
    return f"exit code {result.code}"


def reason_of(diagnostics: Iterable[DiagnosticEvent], code: int) -> str:
    """Return why a run failed whose events were read.

    Args:
        diagnostics: What the engine and the program said.
        code: The exit code of the engine.
    """
    return joined(_diagnosed(_pairs(diagnostics))) or f"exit code {code}"


def joined(lines: Sequence[str]) -> str:
    """Return lines as one, up to LIMIT characters; what is left out is counted, with how to see it."""
    parts: list[str] = []
    for line in dict.fromkeys(lines):
        if parts and sum(len(text) + 2 for text in parts) + len(line) > LIMIT:
            break
        parts.append(line if len(line) <= LIMIT else f"{line[:LIMIT]}...")
    hidden = len(dict.fromkeys(lines)) - len(parts)
    note = [f"and {hidden} more, which `./pulumiw preview` lists"] if hidden else []
    return "; ".join([*(line.rstrip(";") for line in parts), *note])


def message_lines(text: str) -> list[str]:
    """Return the lines of a message that say what is wrong, without its headings."""
    stripped = (line.strip().removeprefix(_ERROR).strip() for line in text.splitlines())
    return [line for line in stripped if line and line not in _HEADINGS]


def one_line(text: str) -> str:
    """Return a message as one line, without its headings."""
    return " ".join(message_lines(text))


def from_brace(text: str) -> str:
    """Return the document of an output that may begin with other lines."""
    return text[text.index("{") :] if "{" in text else "{}"


def _document(text: str) -> dict[str, Any]:
    try:
        return dict(json.loads(from_brace(text)))
    except ValueError:
        return {}


def _pairs(diagnostics: Iterable[DiagnosticEvent]) -> list[tuple[str, str]]:
    return [(diagnostic.severity, diagnostic.message) for diagnostic in diagnostics]


def _diagnosed(diagnostics: Sequence[tuple[str, str]]) -> list[str]:
    raised = [message for severity, message in diagnostics if severity == _RAISED]
    refused = [message for severity, message in diagnostics if severity == "error"]
    return _raised([line for text in raised for line in text.splitlines() if line.strip()]) or [
        line for text in refused if (line := one_line(text))
    ]


def _raised(lines: Sequence[str]) -> list[str]:
    """Return what a program wrote of an error; of a traceback the exception, with the line that raised it."""
    frames = [(number, frame) for number, line in enumerate(lines) if (frame := _FRAME.match(line))]
    if not frames:
        errors = [number for number, line in enumerate(lines) if line.startswith(_ERROR)]
        return _left(lines[errors[0] :] if errors else lines)
    number, frame = frames[-1]
    exception = [line.strip() for line in lines[number + 1 :] if not line[0].isspace()]
    start = next((index for index, line in enumerate(exception) if _EXCEPTION.match(line)), None)
    if start is None:
        return []
    position = f" ({frame[1]}:{frame[2]})" if frame[2] else ""
    return [f"{exception[start]}{position}", *exception[start + 1 :]]


def _left(lines: Iterable[str]) -> list[str]:
    """Return the lines that begin at the margin: what is indented goes on with the line before."""
    margin = (line.removeprefix(_ERROR).strip() for line in lines if not line[0].isspace())
    return [line for line in margin if line and line not in _HEADINGS]


def _printed(text: str) -> list[str]:
    """Return the errors of what the engine printed; without one every line but warnings and headings."""
    lines = [line.strip() for line in text.splitlines()]
    errors = [line for line in lines if line.startswith(_ERROR)]
    return message_lines("\n".join(errors or [line for line in lines if not line.startswith("warning: ")]))
