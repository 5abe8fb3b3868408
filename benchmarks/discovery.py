"""How near discovery of a large account comes to the time of its calls alone, and what it holds meanwhile."""

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
_ASKED = re.compile(rb"(?i)^(?:\w+ \S+|x-amz-target:[^\r\n]*)", re.MULTILINE)


@dataclass(frozen=True)
class Discovery:
    """What it takes to list a whole account, as medians of some rounds.

    Attributes:
        resources: How many resources there are, none of which is declared.
        calls: How many calls were made.
        clients: Seconds until boto3 had made a client of each service.
        listing: Seconds that all listings took after that.
        ideal: Seconds that nothing but waiting for the same calls takes, so many at once.
        peak: Bytes that Python held at most.
    """

    resources: int
    calls: int
    clients: float
    listing: float
    ideal: float
    peak: int


@dataclass
class Remembering(Network):
    """A network that knows what was answered before, so that a fake AWS costs no time of its own."""

    _answers: dict[tuple[bytes, ...], bytes] = field(default_factory=dict[tuple[bytes, ...], bytes])

    def _asked(self, sent: bytes) -> Generator[bytes]:
        head, _, body = sent.partition(b"\r\n\r\n")
        asked = (*_ASKED.findall(head), body)
        if asked not in self._answers:
            self._answers[asked] = b"".join(super()._asked(sent))
        yield self._answers[asked]


@contextmanager
def crowded(count: int) -> Generator[Path]:
    """Give the folder of an embedded AWS that holds so many resources."""
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


def _read(what: str, port: int) -> Mapping[str, Any]:
    away = {name: one for name, one in os.environ.items() if not name.startswith("AWS_")}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.reading", what],
        check=True,
        cwd=ROOT,
        env={
            **away,
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
            "AWS_ACCESS_KEY_ID": "embedded",
            "AWS_SECRET_ACCESS_KEY": "embedded",
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout)


def discovery(count: int) -> Discovery:
    """Read an account with so many resources that nothing declares.

    Raises:
        RuntimeError: Not all of them were found: the time of something else says nothing.
    """
    with crowded(count) as home, opened(_port(home), Remembering) as network:
        _read("time", network.port)  # which fills the network's memory
        network.delay(LATENCY)
        before = len(network.calls)
        rounds = [_read("time", network.port) for _ in range(_ROUNDS)]
        calls = (len(network.calls) - before) // _ROUNDS
        peak = _read("memory", network.port)["peak"]
    if {one["found"] for one in rounds} != {count}:
        raise RuntimeError(f"{rounds} found of {count} resources")
    clients, listing = (statistics.median(one[part] for one in rounds) for part in ("clients", "listing"))
    return Discovery(count, calls, clients, listing, calls * LATENCY / AT_ONCE, peak)


def step(count: int) -> float:
    """Give the seconds of `tms adopt discover` for one queue that is declared, beside so many others."""
    with crowded(count) as home, on_the_way(home, Remembering) as network:
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
