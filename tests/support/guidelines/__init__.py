"""The system's AWS guidelines, kept as they were given, and which row of docs/guidelines.md holds what they say.

`rows.yaml` has each statement in the guidelines' order: a bullet, a paragraph, or a block of code. One that asks for
several things has a row for each of its parts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
_LABEL = re.compile(r"\*\*[^*]*:\*\*|\*\*[^*]*\*\*:")


@dataclass(frozen=True)
class Statement:
    """Something that the guidelines say.

    Attributes:
        section: The headings above it.
        text: The line, or the block of code.
    """

    section: str
    text: str


def statements() -> Iterator[Statement]:
    """Give all that the guidelines say, in order; headings and bold labels say nothing."""
    lines = (HERE / "aws-infrastructure-guidelines.md").read_text(encoding="utf-8").split("---\n", 2)[2]
    section, topic, block = "", "", None
    for line in lines.splitlines():
        if line.startswith("```"):
            if block is not None:
                yield Statement(f"{section} / {topic}".removesuffix(" / "), "\n".join(block))
            block = [] if block is None else None
        elif block is not None:
            block.append(line)
        elif line.startswith("## "):
            section, topic = line.removeprefix("## "), ""
        elif line.startswith("### "):
            topic = line.removeprefix("### ")
        elif line and not line.startswith("# ") and not _LABEL.fullmatch(line):
            yield Statement(f"{section} / {topic}".removesuffix(" / "), line)


def rows() -> list[tuple[Statement, str, str]]:
    """Give statement, part (empty for a whole statement) and the requirement of the row that holds it."""
    content: list[dict[str, Any]] = yaml.safe_load((HERE / "rows.yaml").read_text(encoding="utf-8"))
    found: list[tuple[Statement, str, str]] = []
    for one in content:
        held = one["row"]
        parts = held if isinstance(held, dict) else {"": held}
        said = Statement(one["section"], one["says"].rstrip("\n"))
        found += [(said, str(part), str(row)) for part, row in parts.items()]
    return found
