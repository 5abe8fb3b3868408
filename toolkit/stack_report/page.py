"""The page itself."""

from pathlib import Path

from toolkit.adopt.report import put
from toolkit.adopt.report.page import template
from toolkit.stack_report.context import Sources, gathered


def write(file: Path, given: Sources) -> Path:
    """Write the page; it is there as a whole or as it was.

    Raises:
        CommandError: A file that it is made of is not what it should be.
        OSError: It cannot be written.
    """
    return put(file, template(Path(__file__).parent).render(view=gathered(given)))
