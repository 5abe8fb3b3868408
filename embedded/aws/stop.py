"""`make stop`: end the embedded AWS of this checkout, and nothing else."""

import os
import signal
import subprocess
import sys
import time

from embedded.aws.box import answering, home

GRACE_SECONDS = 10


def is_our_server(pid: int) -> bool:
    """Tell whether a process is a server of ours, so that a reused process id is left alone."""
    command = ["ps", "-ww", "-p", str(pid), "-o", "command="]
    shown = subprocess.run(command, check=False, capture_output=True, text=True)
    return "embedded.aws.server" in shown.stdout


def stop() -> str:
    """End the server and say what was done; it gets `GRACE_SECONDS` to leave by itself."""
    folder = home(dict(os.environ))
    record = answering(folder)
    pid = record["pid"] if record else None
    if not isinstance(pid, int) or not is_our_server(pid):
        return "the embedded AWS is not running"
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    while is_our_server(pid):
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.05)
    (folder / "server.json").unlink(missing_ok=True)
    return "the embedded AWS is stopped"


if __name__ == "__main__":
    sys.stderr.write(f"{stop()}\n")
