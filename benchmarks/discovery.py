"""How near discovery of a large account comes to the time of its calls alone, and its memory meanwhile."""

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.measure import ROOT, seconds
from embedded.aws import server_process
from tests.support.faulty import Network, on_the_way, opened
from toolkit.aws.account import AT_ONCE

LATENCY = 0.02
_ROUNDS = 3
_PROJECT = "name: small\nruntime: {name: python, options: {virtualenv: .venv}}\n"
_STACK = "config: {aws:region: us-east-1, aws:allowedAccountIds: ['123456789012']}\n"
_PROGRAM = "import pulumi_aws as aws\naws.sqs.Queue('ours', name='somebody-elses-0')\n"
_REQUEST_KEY = re.compile(rb"(?i)^(?:\w+ \S+|x-amz-target:[^\r\n]*)", re.MULTILINE)


@dataclass(frozen=True)
class Discovery:
    """Medians of listing a whole account.

    Attributes:
        resources: Number of resources in the account, none of which is declared.
        calls: Number of calls.
        clients: Seconds until boto3 had created a client of each service.
        listing: Seconds of all listings after that.
        ideal: Seconds of waiting for the same calls alone, `AT_ONCE` at a time.
        peak: Peak of Python's memory, in bytes.
    """

    resources: int
    calls: int
    clients: float
    listing: float
    ideal: float
    peak: int


@dataclass
class ReplayingNetwork(Network):
    """A network that replays earlier answers, so that the time of the embedded AWS is not measured."""

    _answers: dict[tuple[bytes, ...], bytes] = field(default_factory=dict[tuple[bytes, ...], bytes])

    def _asked(self, sent: bytes) -> Generator[bytes]:
        head, _, body = sent.partition(b"\r\n\r\n")
        key = (*_REQUEST_KEY.findall(head), body)
        if key not in self._answers:
            self._answers[key] = b"".join(super()._asked(sent))
        yield self._answers[key]


@contextmanager
def crowded(count: int) -> Generator[Path]:
    """Yield the folder of an embedded AWS with a number of resources."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        record, log = home / "server.json", home / "server.log"
        command = ["-m", "benchmarks.crowd", str(count), "--record", str(record), "--log", str(log)]
        server = subprocess.Popen([sys.executable, *command], cwd=ROOT)
        try:
            server_process.wait_for_server(server, home)
            yield home
        finally:
            server.terminate()
            server.wait()


def _port(home: Path) -> int:
    return int(json.loads((home / "server.json").read_text())["port"])


def _read(measurement: str, port: int) -> Mapping[str, Any]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    result = subprocess.run(
        [sys.executable, "-m", "benchmarks.reading", measurement],
        check=True,
        cwd=ROOT,
        env={
            **inherited,
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
            "AWS_ACCESS_KEY_ID": "embedded",
            "AWS_SECRET_ACCESS_KEY": "embedded",
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(result.stdout)


def discovery(count: int) -> Discovery:
    """Measure discovery of an account with a number of undeclared resources.

    Raises:
        RuntimeError: Discovery did not find all of them, so its time is worthless.
    """
    with crowded(count) as home, opened(_port(home), ReplayingNetwork) as network:
        _read("time", network.port)  # which fills the network's answers
        network.delay(LATENCY)
        before = len(network.calls)
        rounds = [_read("time", network.port) for _ in range(_ROUNDS)]
        calls = (len(network.calls) - before) // _ROUNDS
        peak = _read("memory", network.port)["peak"]
    if {figures["count"] for figures in rounds} != {count}:
        raise RuntimeError(f"{rounds} found of {count} resources")
    clients, listing = (
        statistics.median(figures[part] for figures in rounds) for part in ("clients", "listing")
    )
    return Discovery(count, calls, clients, listing, calls * LATENCY / AT_ONCE, peak)


def step(count: int) -> float:
    """Return the seconds of `tms adopt discover` for one declared queue among a number of other resources."""
    with crowded(count) as home, on_the_way(home, ReplayingNetwork) as network:
        project = home / "project"
        project.mkdir()
        (project / "Pulumi.yaml").write_text(_PROJECT)
        (project / "Pulumi.local.yaml").write_text(_STACK)
        (project / "__main__.py").write_text(_PROGRAM)
        (project / ".venv").symlink_to(ROOT / ".venv")
        command = [str(ROOT / "tms"), "adopt", "discover", "--stack", "local"]
        environment = {**os.environ, "EMBEDDED": "1", "EMBEDDED_HOME": str(home)}
        seconds(command, environment, project)  # makes the stack, and lets moto load its services
        network.delay(LATENCY)
        return statistics.median(seconds(command, environment, project) for _ in range(_ROUNDS))
