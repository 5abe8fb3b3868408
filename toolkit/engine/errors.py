"""Why the engine failed, in one line; what a program raised goes before what the engine says of it."""

import json
import re
import subprocess
from collections.abc import Iterable, Sequence
from typing import Any

_ERROR = "error: "
_FRAME = re.compile(r'File "([^"]*)", line (\d+)')
_EXCEPTION = re.compile(r"[\w.]+(: |$)")
_RAISED = "info#err"
"""As the engine marks what a program writes to standard error, a refusal of its settings among it."""


def reason(result: subprocess.CompletedProcess[str]) -> str:
    """Give the first thing that is wrong, and how many there are of what the program refused.

    Args:
        result: What a command of the engine gave; with `--json` its diagnostics are in the one document.
    """
    document = _document(result.stdout)
    said = document.get("diagnostics") or []
    raised = _lines(one["message"] for one in said if one.get("severity") == _RAISED)
    refused = _lines(one["message"] for one in said if one.get("severity") == "error")
    told = _told(raised)
    if told:
        return f"{told[0]}{f' (the first of {len(told)})' if len(told) > 1 else ''}"
    rest = [refused, _lines([result.stderr]), _lines([] if document else [result.stdout])]
    errors = [one for lines in rest for one in lines if one.startswith(_ERROR)]
    every = [*errors, *(one for lines in rest for one in lines)]
    return every[0].removeprefix(_ERROR) if every else f"exit code {result.returncode}"


def from_brace(text: str) -> str:
    """Give the document of an output that may begin with other lines."""
    return text[text.index("{") :] if "{" in text else "{}"


def _document(text: str) -> dict[str, Any]:
    try:
        return dict(json.loads(from_brace(text)))
    except ValueError:
        return {}


def _lines(texts: Iterable[str]) -> list[str]:
    return [line.strip() for text in texts for line in text.splitlines() if line.strip()]


def _told(lines: Sequence[str]) -> list[str]:
    """Give what a program said is wrong; of a traceback its last line, with the place where it was raised."""
    frames = [(number, found) for number, line in enumerate(lines) if (found := _FRAME.match(line))]
    if not frames:
        return [one.removeprefix(_ERROR) for one in lines if one.startswith(_ERROR)] or list(lines)
    number, frame = frames[-1]
    after = [one for one in lines[number + 1 :] if _EXCEPTION.match(one)]
    return [f"{after[-1]} ({frame[1]}:{frame[2]})"] if after else []
