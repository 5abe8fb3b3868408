"""The one console: standard output or error, with colours on a terminal only, and tables that fit it."""

import os
from collections.abc import Iterator

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

PIPE_WIDTH = 160
"""Columns of a table that goes into a pipe or a file."""


def console(*, stderr: bool = False, soft_wrap: bool = False) -> Console:
    """Return the console on standard output, or on standard error.

    A pipe takes no colours and is as wide as PIPE_WIDTH; with NO_COLOR (no-color.org) nothing is bold either.

    Args:
        stderr: Write to standard error.
        soft_wrap: Leave the wrapping of long lines to the terminal.
    """
    system = None if os.environ.get("NO_COLOR") else "auto"
    terminal = Console(stderr=stderr, soft_wrap=soft_wrap, highlight=False, color_system=system)
    if terminal.is_terminal:
        return terminal
    return Console(stderr=stderr, soft_wrap=soft_wrap, highlight=False, color_system=system, width=PIPE_WIDTH)


def printable(text: str) -> str:
    """Return text with escapes for what would break a line or cannot be written, such as controls."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
        for character in text
    )


def rendered(*content: Table | Text | str) -> str:
    """Return text as standard output takes it: tables as wide as that is, lines of text as long as they are.

    A table whose words would be broken is rendered as paragraphs instead.
    """
    terminal = console()
    with terminal.capture() as captured:
        for part in content:
            fitting = stacked(part) if isinstance(part, Table) and not fits(part, terminal) else part
            terminal.print(fitting, soft_wrap=not isinstance(fitting, Table), markup=False)
    return "\n".join(line.rstrip() for line in captured.get().splitlines()).strip("\n")


def fits(table: Table, terminal: Console) -> bool:
    """Check whether a table can be shown without breaking a word."""
    return Measurement.get(terminal, terminal.options.update(width=10**4), table).minimum <= terminal.width


def stacked(table: Table) -> Text:
    """Return a table as paragraphs: a row's first cells make the first line, up to one that has a name.

    The others follow, indented, each behind the name of its column; short ones share a line.
    """
    titles = [str(column.header) for column in table.columns]
    columns = [[_text(cell) for cell in column.cells] for column in table.columns]
    rows = zip(*columns, strict=True)
    return Text("\n").join(line for row in rows for line in _paragraph(titles, list(row)))


def _text(cell: object) -> Text:
    return cell if isinstance(cell, Text) else Text(str(cell))


def _paragraph(titles: list[str], cells: list[Text]) -> Iterator[Text]:
    first = next((index for index, title in enumerate(titles) if title), 0)
    yield Text(" ").join(cell for cell in cells[: first + 1] if cell.plain)
    for title, cell in zip(titles[first + 1 :], cells[first + 1 :], strict=True):
        for number, line in enumerate(cell.split() if cell.plain else []):
            yield Text.assemble("    ", f"{title}: " if number == 0 else "  ", line)
