"""The permission matrix of a tree of files: of this checkout, or of a commit as it was."""

import io
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from components.matrix import NO_ACCOUNT, Cell
from toolkit.errors import UNABLE, CommandError

MODULE = Path("components") / "matrix.py"
_SECONDS = 120


def of_folder(folder: Path, stack: str) -> tuple[Cell, ...]:
    """Give the matrix that the code of a folder makes of the folder's stack file.

    Args:
        folder: A tree of this project.
        stack: Name of the stack, whose file is `Pulumi.<stack>.yaml`.

    Raises:
        CommandError: Its settings are refused, or its code fails.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-B", "-m", "components.matrix", stack],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(folder)},
            check=False,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise CommandError(UNABLE, f"its code took more than {_SECONDS} s", "mend that") from None
    said = done.stderr.strip().splitlines()
    if done.returncode == 0:
        return read(done.stdout)
    if any(line.startswith("Traceback") for line in said):
        raise CommandError(UNABLE, f"its code fails: {said[-1]}", "mend that")
    raise CommandError(UNABLE, "\n".join(said))


def without_account(cells: Iterable[Cell]) -> bool:
    """Say whether a matrix is of a stack whose file has no account yet."""
    return any(f":{NO_ACCOUNT}:" in arn for cell in cells for arn in cell.resources)


def read(text: str) -> tuple[Cell, ...]:
    """Read a matrix as `components.matrix` prints it.

    Raises:
        CommandError: It has another form, which that of another commit may have.
    """
    try:
        return TypeAdapter(tuple[Cell, ...]).validate_json(text)
    except ValidationError:
        raise CommandError(
            UNABLE, "its matrix has another form than today's", "compare with a later commit"
        ) from None


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", "-C", str(root), *arguments],  # noqa: S607 - the git that the caller works with
            check=False,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=_SECONDS,
        )
    except FileNotFoundError:
        raise CommandError(UNABLE, "git is not on PATH", "install it") from None
    except subprocess.TimeoutExpired:
        raise CommandError(UNABLE, f"git took more than {_SECONDS} s", "try it by hand") from None


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else "it failed without a word"


def commit_of(ref: str, root: Path) -> str:
    """Give the full id of the commit that a ref names.

    Raises:
        CommandError: There is no repository, or no such commit in it.
    """
    inside = _git(root, "rev-parse", "--git-dir")
    if inside.returncode:
        raise CommandError(UNABLE, f"git says: {_said(inside)}", "run this in a clone")
    found = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    if found.returncode:
        raise CommandError(
            UNABLE, "git knows no such commit", "give a branch, a tag or an id, such as HEAD or origin/main"
        )
    return found.stdout.decode().strip()


def of_commit(ref: str, stack: str, root: Path) -> tuple[Cell, ...]:
    """Give the matrix that a commit's own code makes of its own stack file.

    The files lie in a temporary folder meanwhile; nothing is left behind, in the repository neither.

    Args:
        ref: What git knows the commit by.
        stack: Name of the stack.
        root: The project's folder, in a clone.

    Raises:
        CommandError: The commit is unknown, is older than the matrix, or cannot be computed.
    """
    commit = commit_of(ref, root)
    packed = _git(root, "archive", "--format=tar", commit)
    if packed.returncode:
        raise CommandError(UNABLE, f"git says: {_said(packed)}", "give a commit that has this folder")
    with tempfile.TemporaryDirectory(prefix="tms-permissions-") as folder:
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as files:
            kept = [one for one in files if not (one.issym() or one.islnk())]  # links lead out of the tree
            files.extractall(folder, kept, filter="data")
        if not Path(folder, MODULE).exists():
            raise CommandError(
                UNABLE, f"it has no {MODULE}, so it is older than the matrix", "give a later commit"
            )
        return of_folder(Path(folder), stack)
