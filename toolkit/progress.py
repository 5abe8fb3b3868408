"""How far a long step is: a bar on a terminal, nothing anywhere else."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

Progress = Callable[[int], None]
"""Is told how many more are done."""


class Bars:
    """Bars on a console, which go away when what they show has ended."""

    def __init__(self, console: Console | None = None) -> None:
        """Show bars on a console; without one, or on one that is no terminal, show none."""
        self._console = console if console is not None and console.is_interactive else None

    @contextmanager
    def bar(self, title: str, total: int) -> Generator[Progress]:
        """Show how many of a total are done."""
        if self._console is None:
            yield lambda _more: None
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Bar(*columns, console=self._console, transient=True) as shown:
            task = shown.add_task(title, total=total)
            yield lambda more: shown.advance(task, more)
