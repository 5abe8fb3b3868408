"""`make stop`: end the embedded AWS of this checkout, and nothing else."""

import os
import sys

import psutil

from embedded.aws.server_process import home, running_server

GRACE_SECONDS = 10


def our_server(pid: object) -> psutil.Process | None:
    """Return the server's process, or None if the process id now belongs to another program."""
    try:
        process = psutil.Process(pid if isinstance(pid, int) else -1)
        return process if "embedded.aws.server" in process.cmdline() else None
    except (psutil.Error, ValueError):
        return None


def stop() -> str:
    """End the server and return a line that says what was done; it has `GRACE_SECONDS` to end by itself."""
    folder = home(dict(os.environ))
    record = running_server(folder)
    process = our_server(record["pid"]) if record else None
    if process is None:
        return "the embedded AWS is not running"
    process.terminate()
    try:
        process.wait(GRACE_SECONDS)
    except psutil.TimeoutExpired:
        process.kill()
    (folder / "server.json").unlink(missing_ok=True)
    return "the embedded AWS is stopped"


if __name__ == "__main__":
    sys.stderr.write(f"{stop()}\n")
