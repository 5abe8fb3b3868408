"""`./tms`: the groups of commands, and how an error looks: one line, exit code 2, never a traceback."""

import io
import sys
import tempfile
import traceback

import typer
from typer.main import get_command

from toolkit.cli import adopt, ci, of_program, output, policy, pull_request
from toolkit.errors import CommandError

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.add_typer(policy.group, name="policy")
app.add_typer(adopt.group, name="adopt")
app.add_typer(ci.group, name="pipeline")
app.command()(pull_request.preview_summary)
of_program.add_to(app)


@app.callback()
def about() -> None:
    """Tools around the trade-matching infrastructure."""


def main() -> int:
    """Run one command and give its exit code."""
    for stream in (sys.stdout, sys.stderr):  # a terminal that lacks a sign shows another, not a traceback
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    output.begin()
    try:
        return get_command(app).main(prog_name="tms", standalone_mode=False) or 0
    except typer.TyperException as error:
        message = error.format_message().rstrip(".").replace("Value error, ", "")
        # A group without a command has shown its help instead
        return _ended(2, [f"{message}; --help says what is allowed"] if message else [])
    except CommandError as error:
        return _ended(error.exit_code, str(error).splitlines())
    except OSError as error:
        return _ended(2, [f"{error}: make room, or let it be read and written, then run this again"])
    except Exception as error:  # noqa: BLE001 - whatever else is wrong is this program's own fault
        return _ended(1 if sys.argv[1:2] == ["adopt"] else 2, [_own_fault(error)])


def _own_fault(error: Exception) -> str:
    """Keep the traceback of a fault of this program, and say where it is."""
    with tempfile.NamedTemporaryFile("w", prefix="tms-fault-", suffix=".txt", delete=False) as out:
        out.write("".join(traceback.format_exception(error)))
    words = " ".join(str(error).split())
    return (
        f"a fault of this program ({type(error).__name__}: {words}); nothing more was done. "
        f"The traceback is in {out.name}: report it with that"
    )


def _ended(code: int, lines: list[str]) -> int:
    return output.end(code, lines, sys.argv[1:])
