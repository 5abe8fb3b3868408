"""Where engine, pack and project are: beside this package in a checkout, else on PATH and installed."""

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

from tms_policies.pack_folder import write
from toolkit.errors import UNABLE, CommandError

ROOT = Path(__file__).resolve().parents[1]


def in_checkout() -> bool:
    """Return whether this package lies in a checkout, with `./pulumiw` beside it."""
    return (ROOT / "pulumiw").is_file()


def engine_command(root: Path = ROOT) -> str:
    """Return the command that runs the engine: `./pulumiw` of a checkout, else the `pulumi` on PATH.

    Args:
        root: The folder that `./pulumiw` is looked for in.

    Raises:
        CommandError: There is neither, or the embedded AWS is asked for, which only `./pulumiw` starts.
    """
    launcher = root / "pulumiw"
    if launcher.is_file():
        return str(launcher)
    refuse_embedded(os.environ.get("EMBEDDED", ""))
    installed = shutil.which("pulumi")
    if installed is None:
        raise CommandError(
            UNABLE, "no `pulumi` is on PATH", "install it (https://www.pulumi.com/docs/install)"
        )
    return installed


def refuse_embedded(value: str) -> None:
    """Check that EMBEDDED asks for nothing outside a checkout.

    Raises:
        CommandError: It does.
    """
    if value not in ("", "0", "false") and not in_checkout():
        raise CommandError(
            UNABLE, f"EMBEDDED={value} works in a checkout only, by `./tms`", "unset it to reach AWS"
        )


def pack_folder(beside: Path) -> Path:
    """Return the pack's folder: that of a checkout, else one that runs the installed pack.

    Args:
        beside: Where it is in a checkout.
    """
    return beside if beside.is_dir() else _written()


@cache
def _written() -> Path:
    """Write the folder for as long as this process lives."""
    folder = Path(tempfile.mkdtemp(prefix="tms-policies-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    write(folder)
    return folder


def project_folder() -> Path:
    """Return the folder of the project: the checkout, else the current folder."""
    return ROOT if in_checkout() else Path.cwd()


def needs_program(command: str) -> CommandError:
    """Return why a command that reads the program's `components` does not work here."""
    message = f"`tms {command}` reads the program's `components`, which are not here"
    return CommandError(UNABLE, message, f"run `./tms {command}` in its checkout")
