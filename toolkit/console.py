"""Tables for a terminal that is too narrow for them: a paragraph for each row."""

from collections.abc import Iterator

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text


def fits(table: Table, console: Console) -> bool:
    """Say whether a table can be shown without breaking a word."""
    return Measurement.get(console, console.options.update(width=10**4), table).minimum <= console.width


def stacked(table: Table) -> Text:
    """Give a table as paragraphs: a row's first cells make the first line, up to one that has a name.

    The others follow, indented, each behind the name of its column; short ones share a line.
    """
    titles = [str(column.header) for column in table.columns]
    columns = [[_text(cell) for cell in column.cells] for column in table.columns]
    rows = zip(*columns, strict=True)
    return Text("\n").join(line for row in rows for line in _paragraph(titles, list(row)))


def _text(cell: object) -> Text:
    return cell if isinstance(cell, Text) else Text(str(cell))


def _paragraph(titles: list[str], cells: list[Text]) -> Iterator[Text]:
    first = next((at for at, title in enumerate(titles) if title), 0)
    yield Text(" ").join(cell for cell in cells[: first + 1] if cell.plain)
    for title, cell in zip(titles[first + 1 :], cells[first + 1 :], strict=True):
        for number, line in enumerate(cell.split() if cell.plain else []):
            yield Text.assemble("    ", f"{title}: " if number == 0 else "  ", line)
