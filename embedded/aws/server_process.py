"""An AWS in a box: one moto server per checkout and an engine environment that can reach nothing else.

Everything lives in one folder (`.embedded/`, or where EMBEDDED_HOME says): the server's record and log,
the state backend, the engine's home with the provider plugin, and the copies of stack files that
embedded runs use. The box is started by the first command that needs it and outlives the command, as an
AWS account would; `make stop` ends it. Its content is in memory: a new server starts empty, so the state
that described the former one is set aside then, not deleted.
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


class BoxError(Exception):
    """The embedded AWS cannot be used; the message is one line and says what to do."""


def home(environment: dict[str, str]) -> Path:
    """Give the box's folder."""
    return Path(environment.get("EMBEDDED_HOME") or ROOT / ".embedded").absolute()


def answering(folder: Path) -> dict[str, object] | None:
    """Give the record `{"pid", "port", "started"}` of the box's server if that server answers."""
    try:
        record = json.loads((folder / "server.json").read_text())
        os.kill(record["pid"], 0)
        socket.create_connection(("127.0.0.1", record["port"]), timeout=2).close()
    except (OSError, ValueError, KeyError):
        return None
    return record


def set_state_aside(folder: Path) -> None:
    """Move the state of a server that is gone out of the way, and say where it is."""
    state = folder / "state"
    if not any(state.glob(".pulumi/stacks/*/*.json")):
        return
    aside = folder / "set-aside" / time.strftime("%Y-%m-%dT%H%M%S")
    aside.parent.mkdir(exist_ok=True)
    state.rename(aside)
    print(f"pulumiw: the embedded AWS starts empty; the former state is in {aside}", file=sys.stderr)


def wait_until_answering(server: subprocess.Popen[bytes], folder: Path) -> dict[str, object]:
    """Give the record of a server that was just started.

    Raises:
        BoxError: It ended, or did not answer in time; the message holds the end of its log.
    """
    log = folder / "server.log"
    deadline = time.monotonic() + START_SECONDS
    while (record := answering(folder)) is None:
        if server.poll() is not None or time.monotonic() > deadline:
            tail = log.read_text()[-400:].strip() if log.exists() else "it left no log"
            raise BoxError(f"the embedded AWS did not start: {tail}; see {log}")
        time.sleep(0.05)
    return record


def start(folder: Path) -> dict[str, object]:
    """Start the server unless it runs, and wait until it answers.

    Raises:
        BoxError: It ended or did not answer in time; the message holds the end of its log.
    """
    from filelock import FileLock

    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "server.lock"):
        running = answering(folder)
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
            return wait_until_answering(server, folder)
        except BaseException:
            server.terminate()
            server.wait()
            raise


def install_plugin(folder: Path) -> None:
    """Put the provider plugin where the engine looks for the published one of the SDK's version."""
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
    """Give the environment of an embedded run: no AWS identity, no backend, no token of the caller's."""
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


def enter(engine: str, inherited: dict[str, str], arguments: list[str]) -> dict[str, str]:
    """Start what an embedded run needs and give the environment for the engine.

    Args:
        engine: Path of the `pulumi` executable, used to create a stack on first use.
        inherited: The caller's environment.
        arguments: The engine's command line, read to know project and stack.

    Raises:
        BoxError: The server or the stack could not be had.
    """
    from embedded.aws import stacks

    folder = home(inherited)
    record = answering(folder) or start(folder)
    (folder / "state").mkdir(parents=True, exist_ok=True)
    install_plugin(folder)
    environment = engine_environment(folder, record["port"], inherited)
    return stacks.ready(engine, folder, environment, arguments)
