"""A network that fails on demand, between whoever speaks to the fake AWS and the fake AWS.

    with on_the_way(home) as network:
        network.throttle(every=3)
        ...                         # run the tool, the engine: all go through
        network.heal()
    assert network.calls[0].operation == "GetCallerIdentity"

Nothing is changed on the way: requests and answers pass byte for byte, unless a fault was asked for.
"""

import json
import re
import socket
import socketserver
import struct
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.support import wire

_CHUNK = 65536
_GIVES_WAY = 3
_RESET = struct.pack("ii", 1, 0)
"""SO_LINGER on, for no time: closing sends a reset, as a broken connection shows itself."""


@dataclass(frozen=True)
class Call:
    """One call that came by.

    Attributes:
        service: boto3's name of the service; empty for what is no call of AWS.
        region: The region that it was signed for.
        operation: The operation, such as `ListQueues`.
        started: When it came, in seconds of `time.monotonic()`.
        seconds: How long it took until the whole answer was handed on.
        in_flight: How many calls there were at once, this one included, when it came.
        fault: What was done to it: `throttled`, `denied`, `cut`, or nothing.
    """

    service: str
    region: str
    operation: str
    started: float
    seconds: float
    in_flight: int
    fault: str


@dataclass(frozen=True)
class _Faults:
    """What goes wrong at the moment; all counts begin when it does."""

    throttle_every: int = 0
    cut_every: int = 0
    cut_after: int | None = None
    cut_until: int | None = None
    latency: float = 0
    denied: frozenset[str] = frozenset()

    def of(self, request: wire.Request, number: int) -> str:
        """Name what happens to the call of a number, which counts from 1."""
        if self._gone(number):
            return "cut"
        if not request.service:
            return ""
        if self.denied & {request.service, f"{request.service}:{request.operation}"}:
            return "denied"
        # A third attempt is let through: this is load, which backing off gets past, and no outage
        if self.throttle_every and number % self.throttle_every == 0 and request.attempt < _GIVES_WAY:
            return "throttled"
        return "cut" if self.cut_every and number % self.cut_every == 0 else ""

    def _gone(self, number: int) -> bool:
        after, until = self.cut_after, self.cut_until
        return after is not None and number > after and (until is None or number <= until)


@dataclass
class Network:
    """The way to a fake AWS, with its faults and its record.

    One fault is on at a time, with or without latency: each method that sets one ends the other and lets the
    counting begin anew.

    Attributes:
        upstream: Port of the fake AWS on loopback.
        port: Port on which it is reached through this network, once it is open.
    """

    upstream: int
    port: int = 0
    _ended: list[Call] = field(default_factory=list[Call])
    _faults: _Faults = _Faults()
    _counted: int = 0
    _in_flight: int = 0
    _lock: threading.Condition = field(default_factory=threading.Condition)

    @property
    def calls(self) -> list[Call]:
        """All calls so far, in the order in which they ended.

        An answer is with the client a moment before its call is noted, so that is waited for, a second at most.
        """
        with self._lock:
            self._lock.wait_for(lambda: not self._in_flight, timeout=1)
            return list(self._ended)

    def throttle(self, every: int) -> None:
        """Answer every so manieth call as its service does when there are too many, but for third attempts."""
        self._set(_Faults(throttle_every=every, latency=self._faults.latency))

    def deny(self, *actions: str) -> None:
        """Refuse services (`sqs`) or operations (`iam:ListRoles`) as one without the permission is refused."""
        self._set(_Faults(denied=frozenset(actions), latency=self._faults.latency))

    def cut(self, *, every: int = 0, after: int | None = None, length: int | None = None) -> None:
        """Break connections: in the middle of every so manieth answer, or without an answer from a call on.

        Args:
            every: Every so manieth answer ends in its middle.
            after: So many calls pass, all later ones are broken off.
            length: After so many that were broken off the network is there again; never if it is left out.
        """
        last = None if after is None or length is None else after + length
        self._set(_Faults(cut_every=every, cut_after=after, cut_until=last, latency=self._faults.latency))

    def delay(self, seconds: float) -> None:
        """Let each call take so much longer; it goes on until it is set to 0."""
        with self._lock:
            self._faults = replace(self._faults, latency=seconds)

    def heal(self) -> None:
        """End every fault and the latency."""
        self._set(_Faults())

    @property
    def counted(self) -> int:
        """Calls since the last fault was set or ended."""
        return self._counted

    def operations(self) -> set[str]:
        """Give every operation that was called, as `sqs:ListQueues`."""
        return {f"{one.service}:{one.operation}" for one in self.calls if one.service}

    def peak(self) -> int:
        """Give the largest number of calls at once."""
        return max((one.in_flight for one in self.calls), default=0)

    def _set(self, faults: _Faults) -> None:
        with self._lock:
            self._faults, self._counted = faults, 0

    def carry(self, client: socket.socket) -> None:
        """Carry one request and its answer; the fake AWS ends a connection after each."""
        head, body = _request(client)
        if not head:  # somebody who only looked whether anybody listens
            return
        request = wire.recognise(head, body)
        started = time.monotonic()
        with self._lock:
            self._counted += 1
            self._in_flight += 1
            in_flight, faults = self._in_flight, self._faults
            fault = faults.of(request, self._counted)
        time.sleep(faults.latency)
        try:
            self._answer(client, request, head + body, fault)
        finally:
            taken = time.monotonic() - started
            with self._lock:
                self._in_flight -= 1
                self._lock.notify_all()
                self._ended.append(
                    Call(
                        *(request.service, request.region, request.operation),
                        *(started, taken, in_flight, fault),
                    )
                )

    def _answer(self, client: socket.socket, request: wire.Request, sent: bytes, fault: str) -> None:
        """Hand on the answer, a refusal instead of it, or half of it."""
        if fault == "throttled":
            client.sendall(wire.throttled(request))
        elif fault == "denied":
            client.sendall(wire.denied(request))
        elif fault == "cut":
            whole = b"" if self._faults.cut_after is not None else b"".join(self._asked(sent))
            client.sendall(whole[: len(whole) // 2])
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            client.close()
        else:
            for piece in self._asked(sent):
                client.sendall(piece)

    def _asked(self, sent: bytes) -> Generator[bytes]:
        with socket.create_connection(("127.0.0.1", self.upstream)) as server:
            server.sendall(sent)
            while piece := server.recv(_CHUNK):
                yield piece


def _request(client: socket.socket) -> tuple[bytes, bytes]:
    """Read one request: its head with the line and the headers, and its body as it stands on the wire."""
    held = b""
    while b"\r\n\r\n" not in held:
        piece = client.recv(_CHUNK)
        if not piece:
            return b"", b""
        held += piece
    head, _, body = held.partition(b"\r\n\r\n")
    head += b"\r\n\r\n"
    if re.search(rb"(?im)^expect: *100-continue\r\n", head):  # answered here, so not asked for again
        client.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        head = re.sub(rb"(?im)^expect: *100-continue\r\n", b"", head)
    length = re.search(rb"(?im)^content-length: *(\d+)", head)
    chunked = re.search(rb"(?im)^transfer-encoding: *chunked", head)
    wanted = int(length[1]) if length else 0
    while len(body) < wanted or (chunked and not body.endswith(b"0\r\n\r\n")):
        piece = client.recv(_CHUNK)
        if not piece:
            break
        body += piece
    return head, body


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, network: Network) -> None:
        self.network = network
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        assert isinstance(self.server, _Server)
        with suppress(OSError):  # who asked has gone
            self.server.network.carry(self.request)


@contextmanager
def opened(upstream: int, kind: type[Network] = Network) -> Generator[Network]:
    """Open a network in front of what listens on a port of loopback; it is closed at the end."""
    network = kind(upstream)
    with _Server(network) as server:
        network.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield network
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def on_the_way(home: Path, kind: type[Network] = Network) -> Generator[Network]:
    """Open a network in front of a box's fake AWS, and lead there whoever looks the box up meanwhile.

    The tool, `./pulumiw` and so the provider plugin know the fake AWS from one place, the record in the box's
    folder, and look it up at each start. So the port is changed there: their own ways of finding the address,
    and of refusing any that is not on loopback, stay as they are. The server itself reads of the record only
    whether it still names its process.
    """
    record = home / "server.json"
    before = record.read_text()
    held = json.loads(before)
    with opened(held["port"], kind) as network:
        _write(record, json.dumps({**held, "port": network.port}))
        try:
            yield network
        finally:
            _write(record, before)


def _write(record: Path, text: str) -> None:
    fresh = record.with_suffix(".fresh")
    fresh.write_text(text)
    fresh.replace(record)  # in one step, as the server that looks at it would end at half a record
