"""A copy of this project in a repository of its own, to be edited."""

import shutil
import subprocess
from pathlib import Path

from tests.support.engine import ROOT

_MADE = (".git", ".venv", ".tools", ".embedded", ".adopt", ".*_cache", "__pycache__", ".hypothesis")
BARE = ("tests", "docs")
_WHO = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")


class Project:
    """A copy with the environment of this checkout, committed as it is."""

    def __init__(self, folder: Path, without: tuple[str, ...] = BARE) -> None:
        """Copy everything but tests and pages, or but something else."""
        self.folder = folder
        shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*_MADE, *without))
        self.git("init", "--quiet", "--initial-branch", "main")
        self.commit()
        for name in (".venv", ".tools"):
            (folder / name).symlink_to((ROOT / name).resolve())

    def git(self, *arguments: str) -> str:
        """Run git and give what it said."""
        command = ["git", "-C", str(self.folder), *_WHO, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def edit(self, file: str, old: str, new: str) -> None:
        """Put a text in the place of another, which must be there."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} does not have {old!r} any more"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def commit(self) -> str:
        """Commit everything but the environment, and give the commit's id."""
        self.git("add", "--all", ".")
        self.git("rm", "--quiet", "--cached", "--ignore-unmatch", ".venv", ".tools")
        self.git("commit", "--quiet", "--allow-empty", "--message", "as it is")
        return self.git("rev-parse", "HEAD").strip()

    def restore(self, commit: str) -> None:
        """Put every file back to how it was committed."""
        self.git("reset", "--quiet", "--hard", commit)
