"""The embedded AWS's server process: one moto server per checkout, and the environment that reaches it.

Everything lives in one folder (`.embedded/`, or where EMBEDDED_HOME points): the server's record and log, the
state backend, the engine's home with the provider plugin, and the copies of stack files that embedded runs
use. The first command that needs the server starts it; it outlives the command, as an AWS account would, and
`make stop` ends it. The server keeps its resources in memory. A new server starts empty, so the state that
described the former one is then set aside, not deleted.
"""

import json
import os
import socket
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


class ServerProcessError(Exception):
    """The embedded AWS cannot be used; the message is one line with the next step."""


def home(environment: dict[str, str]) -> Path:
    """Return the folder of the embedded AWS: EMBEDDED_HOME, or `.embedded/` of this checkout."""
    return Path(environment.get("EMBEDDED_HOME") or ROOT / ".embedded").absolute()


def running_server(folder: Path) -> dict[str, object] | None:
    """Return the record `{"pid", "port", "started"}` of the server, or None if it does not answer."""
    try:
        record = json.loads((folder / "server.json").read_text())
        os.kill(record["pid"], 0)
        socket.create_connection(("127.0.0.1", record["port"]), timeout=2).close()
    except (OSError, ValueError, KeyError):
        return None
    return record


def set_state_aside(folder: Path) -> None:
    """Move the state of a server that has ended out of the way, and print where it is."""
    state = folder / "state"
    if not any(state.glob(".pulumi/stacks/*/*.json")):
        return
    aside = folder / "set-aside" / time.strftime("%Y-%m-%dT%H%M%S")
    aside.parent.mkdir(exist_ok=True)
    state.rename(aside)
    print(f"pulumiw: the embedded AWS starts empty; the former state is in {aside}", file=sys.stderr)


def wait_for_server(server: subprocess.Popen[bytes], folder: Path) -> dict[str, object]:
    """Return the record of a server that was just started, once it answers.

    Raises:
        ServerProcessError: The server ended, or did not answer within `START_SECONDS`; the message holds the
            end of its log.
    """
    log = folder / "server.log"
    deadline = time.monotonic() + START_SECONDS
    while (record := running_server(folder)) is None:
        if server.poll() is not None or time.monotonic() > deadline:
            tail = log.read_text()[-400:].strip() if log.exists() else "it left no log"
            raise ServerProcessError(f"the embedded AWS did not start: {tail}; see {log}")
        time.sleep(0.05)
    return record


def start(folder: Path) -> dict[str, object]:
    """Start the server unless it runs already, and return its record once it answers.

    Raises:
        ServerProcessError: The server ended, or did not answer within `START_SECONDS`; the message holds the
            end of its log.
    """
    from filelock import FileLock

    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "server.lock"):
        running = running_server(folder)
        if running is not None:
            return running
        set_state_aside(folder)
        record, log = folder / "server.json", folder / "server.log"
        record.unlink(missing_ok=True)
        command = [
            sys.executable,
            "-P",
            "-m",
            "embedded.aws.server",
            "--record",
            str(record),
            "--log",
            str(log),
        ]
        server = subprocess.Popen(
            command,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            return wait_for_server(server, folder)
        except BaseException:
            server.terminate()
            server.wait()
            raise


def install_plugin(folder: Path) -> None:
    """Install the provider plugin where the engine looks for the published one of the SDK's version."""
    version = metadata.version("pulumi-aws")
    executable = folder / "pulumi" / "plugins" / f"resource-aws-v{version}" / "pulumi-resource-aws"
    starter = f'#!/bin/sh\nexec "{ROOT}/embedded/aws/bin/pulumi-resource-aws" "$@"\n'
    if executable.exists() and executable.read_text() == starter:
        return
    executable.parent.mkdir(parents=True, exist_ok=True)
    fresh = executable.with_suffix(f".{os.getpid()}")
    fresh.write_text(starter)
    fresh.chmod(0o755)
    fresh.rename(executable)


def engine_environment(folder: Path, port: object, inherited: dict[str, str]) -> dict[str, str]:
    """Return the environment of an embedded run, without the caller's AWS identity, backend and token.

    Args:
        folder: The folder of the embedded AWS.
        port: The port of its server on 127.0.0.1.
        inherited: The caller's environment.
    """
    passed_on = {
        name: value
        for name, value in inherited.items()
        if not name.startswith("AWS_")
        and name not in ("PULUMI_ACCESS_TOKEN", "PULUMI_CONFIG_PASSPHRASE_FILE")
    }
    return {
        **passed_on,
        "PATH": f"{ROOT / '.venv' / 'bin'}{os.pathsep}{inherited.get('PATH', os.defpath)}",
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "embedded",
        "AWS_SECRET_ACCESS_KEY": "embedded",
        "AWS_REGION": inherited.get("AWS_REGION", "us-east-1"),
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": "127.0.0.1,localhost",
        "PULUMI_BACKEND_URL": f"file://{folder / 'state'}",
        "PULUMI_CONFIG_PASSPHRASE": "embedded",
        "PULUMI_HOME": str(folder / "pulumi"),
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
    }


def prepare_environment(engine: str, inherited: dict[str, str], arguments: list[str]) -> dict[str, str]:
    """Start the server, install the plugin, create a new stack, and return the engine's environment.

    Args:
        engine: Path of the `pulumi` executable, used to create a stack on first use.
        inherited: The caller's environment.
        arguments: The engine's command line, from which project and stack are read.

    Raises:
        ServerProcessError: The server does not start, or the stack cannot be created.
    """
    from embedded.aws import stacks

    folder = home(inherited)
    record = running_server(folder) or start(folder)
    (folder / "state").mkdir(parents=True, exist_ok=True)
    install_plugin(folder)
    environment = engine_environment(folder, record["port"], inherited)
    return stacks.ready(engine, folder, environment, arguments)
