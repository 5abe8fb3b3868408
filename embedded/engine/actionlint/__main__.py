"""Run actionlint on the workflows of this checkout, building it on first use (some seconds).

`go.mod` pins the version and `go.sum` the hash of every module; another pin gives another place.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from embedded.engine.build import TOOLS, find_go, module_environment
from embedded.engine.environment import StepError
from embedded.engine.launcher import LaunchError

MODULE = Path(__file__).parent
PACKAGE = "github.com/rhysd/actionlint/cmd/actionlint"


def ensure() -> Path:
    """Return the built actionlint.

    Raises:
        StepError: Fetching the modules or compiling failed; the compiler's last lines are in the message.
    """
    pins = (MODULE / "go.mod").read_bytes() + (MODULE / "go.sum").read_bytes()
    tool = TOOLS / "actionlint" / hashlib.sha256(pins).hexdigest()[:12] / "actionlint"
    if tool.exists():
        return tool
    tool.parent.mkdir(parents=True, exist_ok=True)
    unfinished = tool.with_suffix(f".{os.getpid()}")
    flags = ("-trimpath", "-buildvcs=false", "-ldflags", "-s -w")
    built = subprocess.run(
        [find_go(), "build", *flags, "-o", str(unfinished), PACKAGE],
        cwd=MODULE,
        env=module_environment(),
        check=False,
        capture_output=True,
        text=True,
    )
    if built.returncode:
        raise StepError(f"building actionlint failed: {built.stderr.strip()[-600:]}")
    unfinished.rename(tool)
    return tool


if __name__ == "__main__":
    try:
        command = [str(ensure()), *sys.argv[1:]]
    except (StepError, LaunchError) as error:
        sys.exit(f"actionlint: {error}")
    os.execv(command[0], command)  # noqa: S606 - becoming it keeps its output and exit code
