"""Markdown (GitHub's) from text in which no value can become markup or break a table."""

import re
from collections.abc import Iterable, Sequence

_SPECIAL = re.compile(r"[\\`*\[\]<>~$]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
# What would open a heading, a list or a rule at the start of a line
_OPENS = re.compile(r"^([#+=-]|\d+(?=[.)]))")
_SIMPLE = re.compile(r"[^`|\\\n\t]+")


def code(text: str) -> str:
    """Return a text as code on one line, safe in a cell: what backticks cannot hold becomes entities."""
    if not text:
        return ""
    if _SIMPLE.fullmatch(text) and text.strip() == text:
        return f"`{text}`"
    inert = re.sub(
        r"[^\w ]|_", lambda match: f"&#{ord(match[0])};", text.replace("\t", " " * 4), flags=re.ASCII
    )
    return f"<code>{inert.replace('&#10;', '<br>')}</code>"


def prose(text: str) -> str:
    """Return a text as prose on one line, safe in a cell, a list and a heading."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    safe = (_OPENS.sub(_escaped_start, _SPECIAL.sub(r"\\\g<0>", line)) for line in lines)
    return "<br>".join(safe).replace("|", "&#124;")


def _escaped_start(match: re.Match[str]) -> str:
    return f"{match[0]}\\" if match[0].isdigit() else f"\\{match[0]}"


def fence(text: str, kind: str = "") -> str:
    """Return a block of code; its fence is longer than any in the text."""
    ticks = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text)), 3)
    return f"{ticks}{kind}\n{text}\n{ticks}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of cells that are Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def folded_block(title: str, content: str, *, folded: bool) -> str:
    """Return a content below a title that opens it if it is folded."""
    return f"<details><summary>{title}</summary>\n\n{content}\n\n</details>" if folded else content
