"""checkov, installed in an environment of its own on first use: what it needs and what we need do not agree."""

import subprocess
import sys
from pathlib import Path

from filelock import FileLock

from tests.support.engine import ROOT

LOCKED = Path(__file__).with_name("requirements.txt")


def command() -> str:
    """Give the command, as pinned; the environment is made anew when the pins change."""
    home, uv = ROOT / ".tools" / "peers", str(ROOT / ".tools" / "uv" / "bin" / "uv")
    stamp = home / "installed"
    with FileLock(f"{home}.lock"):
        if not stamp.exists() or stamp.read_text() != LOCKED.read_text():
            subprocess.run(
                [uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(home)], check=True
            )
            sync = [
                uv,
                "pip",
                "sync",
                "--quiet",
                "--require-hashes",
                "--python",
                str(home / "bin" / "python"),
            ]
            subprocess.run([*sync, str(LOCKED)], check=True)
            stamp.write_text(LOCKED.read_text())
    return str(home / "bin" / "checkov")
