"""The report of an adoption: a self-contained page, and the same content in Markdown."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from toolkit.adopt.report import page, text


def write_atomically(file: Path, content: str) -> Path:
    """Write a file beside and move it into place: a reader never sees half of a report."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        beside.write_text(content, encoding="utf-8", newline="\n")
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
    return file


def write(folder: Path, report: Mapping[str, Any]) -> tuple[Path, Path]:
    """Write `report.html` and `report.md`; each is replaced atomically.

    Args:
        folder: Target; created if it does not exist.
        report: The results of a step, as `adopt.report.groups.grouped` takes them.

    Returns:
        The files of the page and of the Markdown.

    Raises:
        OSError: The folder cannot be written.
    """
    html, markdown = page.html(report), text.markdown(report)
    folder.mkdir(parents=True, exist_ok=True)
    return write_atomically(folder / "report.html", html), write_atomically(folder / "report.md", markdown)
