"""How a command speaks: its result on standard output, why it ends on standard error."""

import json
import sys
from collections.abc import Sequence
from contextvars import ContextVar
from typing import Any

from rich.console import Console
from rich.text import Text

from toolkit import console

_STOPS = "STOP "  # as toolkit/adopt/render.py begins what must not happen
_DOCUMENT = frozenset(["access", "adopt", "permissions", "queues", "report", "status", "table"])
"""Commands that give one document with `--json`."""
_LINES = frozenset(["logs"])
"""Commands that give an object to a line with `--json`."""
_TOLD: ContextVar[bool] = ContextVar("told", default=False)


def begin() -> None:
    """Begin a command: nothing is said yet."""
    _TOLD.set(False)


def say(content: Any, text: str, *, as_json: bool) -> None:  # noqa: ANN401 - what JSON takes
    """Give the result, as one document or as lines; on a terminal what must not happen is bold and red."""
    _TOLD.set(True)
    if as_json:
        give(json.dumps(content, indent=1, default=str))
        return
    terminal = console.console(soft_wrap=True)
    for line in text.splitlines():
        terminal.print(Text(line, style="bold red" if line.startswith(_STOPS) else ""))


def give(text: str) -> None:
    """Give the whole result as it is."""
    _TOLD.set(True)
    sys.stdout.write(f"{text}\n")


def end(code: int, lines: Sequence[str], arguments: Sequence[str]) -> int:
    """Say why a command ends with a code, and give the code.

    Args:
        code: The exit code.
        lines: Why, for standard error.
        arguments: The command line. A command with `--json` gives one document on standard output, however it
            ends: this one, unless its result was given before. After lines of JSON it is one more.
    """
    sys.stderr.writelines(f"tms: {line}\n" for line in lines)
    command = arguments[0] if arguments and "--json" in arguments else ""
    error = {"error": {"code": code, "message": "\n".join(lines)}}
    if command in _LINES:
        give(json.dumps(error))
    elif command in _DOCUMENT and not _TOLD.get():
        say(error, "", as_json=True)
    return code


def note(text: str) -> None:
    """Say something beside the result."""
    sys.stderr.write(f"{text}\n")


def watched(*, as_json: bool) -> Console | None:
    """Give the terminal on which a person watches, if one does."""
    return None if as_json or not sys.stderr.isatty() else console.console(stderr=True, soft_wrap=True)
