"""Where protection is switched off: in the repository's own files, or in the environment of the run."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

FLAG = "--ignore-protect"
VARIABLE = "PULUMI_OPTION_IGNORE_PROTECT"
DEPLOYING = (".ci", ".github", "Makefile", "*.sh", "pulumiw")
"""What runs the engine on a stack; an adoption's rehearsals use the flag on states that are thrown away."""


def ignoring(root: Path, environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Return each place that switches protection off, as `file:line`, or the variable that does.

    Args:
        root: A folder in a git repository; elsewhere only the environment is looked at.
        environment: The environment of the run.
    """
    positions = [VARIABLE] if environment.get(VARIABLE, "").lower() not in ("", "0", "false") else []
    listed = subprocess.run(
        ["git", "grep", "--untracked", "-nIF", "-e", FLAG, "--", *DEPLOYING],  # noqa: S607 - git of the PATH
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    for line in listed.stdout.splitlines():
        file, number, _ = line.split(":", 2)
        positions.append(f"{file}:{number}")
    return tuple(positions)
