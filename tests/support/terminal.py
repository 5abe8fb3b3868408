"""A command on a pseudo-terminal, as a person sees it."""

import os
import pty
import subprocess
from collections.abc import Mapping
from pathlib import Path


def on_a_terminal(command: list[str], folder: Path, environment: Mapping[str, str]) -> tuple[int, str]:
    """Run a command whose output goes to a terminal; give its exit code and all that it wrote there."""
    outer, inner = pty.openpty()
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=inner, stderr=inner
    ) as process:
        os.close(inner)
        parts: list[bytes] = []
        try:
            while part := os.read(outer, 65536):
                parts.append(part)
        except OSError:  # Linux's way to say that nobody writes there any more
            pass
        finally:
            os.close(outer)
    return process.returncode, b"".join(parts).decode()
