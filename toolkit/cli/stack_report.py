"""`tms report`: one page about a stack, for people."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.output import write as write_result
from toolkit.engine import run
from toolkit.errors import UNABLE, CommandError
from toolkit.pull_request.summary import summarize
from toolkit.stack_report.context import Sources
from toolkit.stack_report.page import write

ROOT = Path(__file__).resolve().parents[2]


def report(
    *,
    stack: Annotated[
        str, typer.Option(metavar="NAME", help="The stack; with --events it is that of the preview.")
    ] = "local",
    events: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A preview's event stream; without it a preview is made now."),
    ] = None,
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The pack's configuration that the preview ran with.")
    ] = None,
    drift: Annotated[
        Path, typer.Option(metavar="FOLDER", help="Where `tms pipeline drift` wrote what it found.")
    ] = Path("drift"),
    output: Annotated[Path, typer.Option(metavar="FILE", help="The page.")] = Path("report.html"),
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")] = False,
) -> None:
    """Write one HTML page: map, resources with their protection, permissions, policy, adoption and drift.

    It needs no other file and no network. What no command has looked for yet is shown as unknown, with the
    command that looks.

    Exit code 0: written, whatever the page says. 2: it could not be written, and one line says why.
    """
    if not output.absolute().parent.is_dir():
        raise CommandError(
            UNABLE, f"--output {output}: {output.parent} is no folder", "make it, or name another"
        )
    with tempfile.TemporaryDirectory() as folder:
        stream = events or run.preview(stack, Path(folder))
        sources = Sources(summarize(stream, config=config), ROOT, drift)
    file = write(output, sources)
    write_result({"html": str(file)}, str(file), as_json=as_json)
