"""What a command prints: its result on standard output, errors and notes on standard error."""

import json
import sys
from collections.abc import Sequence
from contextvars import ContextVar
from typing import Any

from rich.console import Console
from rich.text import Text

from toolkit import console

_BLOCKER = "STOP "  # as toolkit/adopt/render.py begins what must not happen
_DOCUMENT = frozenset(["access", "adopt", "permissions", "queues", "report", "status", "table"])
"""Commands that print one document with `--json`."""
_LINES = frozenset(["logs"])
"""Commands that print one object per line with `--json`."""
_WRITTEN: ContextVar[bool] = ContextVar("written", default=False)


def begin() -> None:
    """Begin a command: nothing is written yet."""
    _WRITTEN.set(False)


def write(content: Any, text: str, *, as_json: bool) -> None:  # noqa: ANN401 - what JSON takes
    """Write the result, as one document or as lines; on a terminal blockers are bold and red."""
    _WRITTEN.set(True)
    if as_json:
        write_text(json.dumps(content, indent=1, default=str))
        return
    terminal = console.console(soft_wrap=True)
    for line in text.splitlines():
        terminal.print(Text(line, style="bold red" if line.startswith(_BLOCKER) else ""))


def write_text(text: str) -> None:
    """Write the whole result as it is."""
    _WRITTEN.set(True)
    sys.stdout.write(f"{text}\n")


def end(code: int, lines: Sequence[str], arguments: Sequence[str]) -> int:
    """Write why a command ends with an exit code, and return the code.

    Args:
        code: The exit code.
        lines: Why, for standard error.
        arguments: The command line. A command with `--json` prints one document on standard output, however
            it ends: the error, unless its result is already written. After lines of JSON it is one more line.
    """
    sys.stderr.writelines(f"tms: {line}\n" for line in lines)
    command = arguments[0] if arguments and "--json" in arguments else ""
    error = {"error": {"code": code, "message": "\n".join(lines)}}
    if command in _LINES:
        write_text(json.dumps(error))
    elif command in _DOCUMENT and not _WRITTEN.get():
        write(error, "", as_json=True)
    return code


def note(text: str) -> None:
    """Write a note to standard error."""
    sys.stderr.write(f"{text}\n")


def progress_console(*, as_json: bool) -> Console | None:
    """Return the terminal on which a person watches; None if nobody does."""
    return None if as_json or not sys.stderr.isatty() else console.console(stderr=True, soft_wrap=True)
