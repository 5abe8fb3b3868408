"""The permission matrix of a folder: of this checkout, or of a commit's files."""

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
    """Return the matrix that the code of a folder computes from the folder's stack file.

    Args:
        folder: A tree of this project.
        stack: Name of the stack, whose file is `Pulumi.<stack>.yaml`.

    Raises:
        CommandError: Its settings are invalid, or its code fails.
    """
    try:
        process = subprocess.run(
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
    lines = process.stderr.strip().splitlines()
    if process.returncode == 0:
        return read(process.stdout)
    if any(line.startswith("Traceback") for line in lines):
        raise CommandError(UNABLE, f"its code fails: {lines[-1]}", "mend that")
    raise CommandError(UNABLE, "\n".join(lines))


def without_account(cells: Iterable[Cell]) -> bool:
    """Return whether a matrix is of a stack whose file has no account yet."""
    return any(f":{NO_ACCOUNT}:" in arn for cell in cells for arn in cell.resources)


def read(text: str) -> tuple[Cell, ...]:
    """Return a matrix from the text that `components.matrix` prints.

    Raises:
        CommandError: The text has another form, as that of an older commit may have.
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


def _error(process: subprocess.CompletedProcess[bytes]) -> str:
    lines = process.stderr.decode(errors="replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else "it failed without a word"


def commit_of(ref: str, root: Path) -> str:
    """Return the full id of the commit that a ref names.

    Raises:
        CommandError: There is no repository, or no such commit in it.
    """
    inside = _git(root, "rev-parse", "--git-dir")
    if inside.returncode:
        raise CommandError(UNABLE, f"git says: {_error(inside)}", "run this in a clone")
    resolved = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    if resolved.returncode:
        raise CommandError(
            UNABLE, "git knows no such commit", "give a branch, a tag or an id, such as HEAD or origin/main"
        )
    return resolved.stdout.decode().strip()


def of_commit(ref: str, stack: str, root: Path) -> tuple[Cell, ...]:
    """Return the matrix that a commit's code computes from the commit's stack file.

    The files are in a temporary folder meanwhile; nothing is left behind, not in the repository either.

    Args:
        ref: A branch, a tag or an id.
        stack: Name of the stack.
        root: The project's folder, in a clone.

    Raises:
        CommandError: The commit is unknown, is older than the matrix, or cannot be computed.
    """
    commit = commit_of(ref, root)
    packed = _git(root, "archive", "--format=tar", commit)
    if packed.returncode:
        raise CommandError(UNABLE, f"git says: {_error(packed)}", "give a commit that has this folder")
    with tempfile.TemporaryDirectory(prefix="tms-permissions-") as folder:
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as files:
            members = [
                member for member in files if not (member.issym() or member.islnk())
            ]  # links lead out of the tree
            files.extractall(folder, members, filter="data")
        if not Path(folder, MODULE).exists():
            raise CommandError(
                UNABLE, f"it has no {MODULE}, so it is older than the matrix", "give a later commit"
            )
        return of_folder(Path(folder), stack)
