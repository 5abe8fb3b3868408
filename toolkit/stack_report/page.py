"""Write the page."""

from pathlib import Path

from toolkit.adopt.report import write_atomically
from toolkit.adopt.report.page import template
from toolkit.stack_report.context import Sources, page_context


def write(file: Path, sources: Sources) -> Path:
    """Write the page atomically, and return its file.

    Raises:
        CommandError: A saved file is malformed, or settings or matrix cannot be computed.
        OSError: The file cannot be written.
    """
    return write_atomically(file, template(Path(__file__).parent).render(view=page_context(sources)))
