"""The commands that read the program's `components`, which lie in its checkout and in no distribution."""

from collections.abc import Callable
from typing import Any

import typer

from toolkit.installation import needs_program

_COMMANDS = ("permissions", "report", "status", "logs", "access", "queues", "table")


def add_to(app: typer.Typer) -> None:
    """Add the commands; without `components` each ends with one line on where it works."""
    try:
        from toolkit.cli import operate, permissions, stack_report  # noqa: PLC0415 - not without `components`
    except ModuleNotFoundError as error:
        if error.name != "components":
            raise
        for name in _COMMANDS:
            app.command(name, hidden=True, context_settings={"ignore_unknown_options": True})(_absent(name))
        return
    for command in (
        *(permissions.permissions, stack_report.report),
        *(operate.status, operate.logs, operate.access, operate.queues, operate.table),
    ):
        app.command()(command)


def _absent(name: str) -> Callable[..., Any]:
    def command(_arguments: list[str] = typer.Argument(default_factory=list)) -> None:  # noqa: B008 - as typer has it
        raise needs_program(name)

    return command
