"""What can be judged: a state file, a stack's state, a program's preview.

Each function gives what was judged and the engine's run over it, or says in one line why there is none.
"""

import json
from pathlib import Path
from typing import cast

from judging import engine
from judging.model import InputError, Subject


def _document(path: Path) -> dict[str, object]:
    """Read a state export, as far as it takes to say what is wrong with a file that is none.

    Raises:
        InputError: The file cannot be read or holds something else.
    """
    how = "give a file that `./pulumiw stack export --file FILE` wrote"
    try:
        read = json.loads(path.read_bytes())
    except OSError as error:
        raise InputError(f"--state {path}: {error.strerror}; {how}") from error
    except ValueError as error:
        raise InputError(f"--state {path} is not JSON ({error}); {how}") from error
    if not isinstance(read, dict) or not isinstance(cast("dict[str, object]", read).get("deployment"), dict):
        raise InputError(f"--state {path} holds no stack export: the key `deployment` is missing; {how}")
    return cast("dict[str, object]", read)


def state(path: Path, config: tuple[str, ...]) -> tuple[Subject, engine.Run]:
    """Judge a state export.

    Raises:
        InputError: The file is no state export, or the engine refuses it.
    """
    document = _document(path)
    run = engine.run("policy", "analyze", "--file", str(path.absolute()), *config)
    empty = not cast("dict[str, object]", document["deployment"]).get("resources")
    if not run.has("summaryEvent") and not empty:
        raise InputError(f"--state {path}: {run.reason}; export the state anew and check that")
    return Subject("state", str(path), str(path)), run
