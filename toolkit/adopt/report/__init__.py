"""The report of an adoption, for people: one self-contained page, and the same in Markdown."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from toolkit.adopt.report import page, text


def put(file: Path, content: str) -> Path:
    """Write beside and move into place: a reader never sees half of a report."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        beside.write_text(content, encoding="utf-8", newline="\n")
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
    return file


def write(folder: Path, report: Mapping[str, Any]) -> tuple[Path, Path]:
    """Write `report.html` and `report.md`; either is there as a whole or as it was.

    Args:
        folder: Where to; made when it is not there.
        report: What a step found, as `adopt.report.groups.grouped` takes it.

    Returns:
        The files of the page and of the Markdown.

    Raises:
        OSError: The folder cannot be written.
    """
    html, markdown = page.html(report), text.markdown(report)
    folder.mkdir(parents=True, exist_ok=True)
    return put(folder / "report.html", html), put(folder / "report.md", markdown)
