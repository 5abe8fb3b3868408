"""What can be judged: a state file, a stack's state, a program's preview.

Each function gives what was judged and the engine's run over it, or says in one line why there is none.
"""

import json
from pathlib import Path
from typing import cast

from toolkit.errors import UNABLE, CommandError
from toolkit.policy_check import pack_run
from toolkit.policy_check.report import Subject


def _check_export(path: Path) -> None:
    """Return what is wrong with a file that is no state export, which the engine does in its own terms only.

    Raises:
        CommandError: The file cannot be read or holds something else.
    """
    how = "give a file that `./pulumiw stack export --file FILE` wrote"
    try:
        read = json.loads(path.read_bytes())
    except OSError as error:
        raise CommandError(UNABLE, f"--state {path}: {error.strerror}", f"{how}") from error
    except (ValueError, RecursionError) as error:
        raise CommandError(UNABLE, f"--state {path} is not JSON ({error})", f"{how}") from error
    if not isinstance(read, dict) or not isinstance(cast("dict[str, object]", read).get("deployment"), dict):
        raise CommandError(
            UNABLE, f"--state {path} holds no stack export: the key `deployment` is missing", f"{how}"
        )


def state(path: Path, config: tuple[str, ...]) -> tuple[Subject, pack_run.PackRun]:
    """Judge a state export.

    Raises:
        CommandError: The file is no state export, or the engine refuses it.
    """
    _check_export(path)
    run = pack_run.run("policy", "analyze", "--file", str(path.absolute()), *config)
    if not run.finished:
        raise CommandError(
            UNABLE, f"--state {path}: {run.reason}", "export the state anew, or mend what is named"
        )
    return Subject("state", str(path), str(path)), run


def stack(name: str, config: tuple[str, ...]) -> tuple[Subject, pack_run.PackRun]:
    """Judge the recorded state of a stack of the project in the current folder.

    Raises:
        CommandError: There is no such stack, or its state cannot be read.
    """
    run = pack_run.run("policy", "analyze", "--stack", name, *config)
    if not run.finished:
        how = "run this in the project's folder, with a stack that `./pulumiw stack ls` lists"
        raise CommandError(UNABLE, f"--stack {name}: {run.reason}", f"{how}")
    files = (Path(f"Pulumi.{name}.yaml"), Path("Pulumi.yaml"))
    return Subject("stack", name, next((str(file) for file in files if file.is_file()), "")), run


def program(folder: Path, stack: str | None, config: tuple[str, ...]) -> tuple[Subject, pack_run.PackRun]:
    """Judge what a program declares, by a preview of it.

    Raises:
        CommandError: The preview ended before every rule had seen every resource.
    """
    options = f"--program {folder}" + (f" --stack {stack}" if stack else "")
    if not folder.is_dir():
        raise CommandError(
            UNABLE, f"{options}: no such folder", "give the folder of a Pulumi program, with a Pulumi.yaml"
        )
    chosen = ("--stack", stack) if stack else ()
    run = pack_run.run("-C", str(folder.absolute()), "preview", *chosen, *config)
    if not run.judged:
        how = f"mend that until `./pulumiw -C {folder} preview` runs through, then check again"
        raise CommandError(UNABLE, f"{options} was not judged to its end: {run.reason}", f"{how}")
    return Subject("program", str(folder), str(folder / "Pulumi.yaml")), run
