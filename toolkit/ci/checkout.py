"""The commit that a job works on."""

import subprocess

from toolkit.errors import UNABLE, CommandError
from toolkit.installation import project_folder


def commit() -> str:
    """Return the commit that is checked out.

    Raises:
        CommandError: The files here are not that commit's.
    """
    changed = _git("status", "--porcelain", "--untracked-files=no")
    if changed:
        raise CommandError(
            UNABLE, f"{changed.split()[1]} differs from the commit: plan and deploy a clean checkout"
        )
    return _git("rev-parse", "HEAD")


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(project_folder()), *arguments]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        raise CommandError(UNABLE, f"git {arguments[0]} failed: {result.stderr.strip()}")
    return result.stdout.strip()
