"""Stop a test that starts a process, listens, or connects: the interpreter's audit events name every such call."""

import multiprocessing.util
import sys
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from typing import NoReturn
from unittest import mock

import grpc
import pytest

_PROCESSES = frozenset(
    [
        "os.exec",
        "os.fork",
        "os.forkpty",
        "os.posix_spawn",
        "os.spawn",
        "os.system",
        "pty.spawn",
        "subprocess.Popen",
    ]
)
_SOCKETS = frozenset(["socket.bind", "socket.connect"])
_SILENT: tuple[tuple[object, str], ...] = (
    (grpc, "server"),
    (grpc, "insecure_channel"),
    (grpc, "secure_channel"),
    (multiprocessing.util, "spawnv_passfds"),
)
"""Calls that raise no audit event."""


class _Watch:
    """The audit hook: it cannot be removed, so it is switched on and off.

    Attributes:
        active: Whether a test is watched.
        attempts: What the test tried; the code under test may have swallowed the failure.
    """

    def __init__(self) -> None:
        self.active = False
        self.attempts: list[str] = []

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        """Fail on an event that leaves this process."""
        if self.active and (event in _PROCESSES or event in _SOCKETS):
            self.refuse(f"{event}{arguments[:2]!r}"[:200])

    def refuse(self, attempt: str) -> NoReturn:
        """Fail the test, and remember why."""
        self.attempts.append(attempt)
        pytest.fail(_message(attempt))


def _message(attempt: str) -> str:
    return f"a unit test must stay in its process (got {attempt}): move it to tests/integration"


def _refusal(name: str) -> Callable[..., NoReturn]:
    def refuse(*_: object, **__: object) -> NoReturn:
        _WATCH.refuse(name)

    return refuse


_WATCH = _Watch()
_installed: list[_Watch] = []


@contextmanager
def in_process() -> Generator[None]:
    """Fail whatever starts a process, a server or a connection meanwhile."""
    if not _installed:
        sys.addaudithook(_WATCH)
        _installed.append(_WATCH)
    before = _WATCH.active, _WATCH.attempts
    with ExitStack() as stack:
        for module, name in _SILENT:
            stack.enter_context(mock.patch.object(module, name, _refusal(name)))
        _WATCH.active, _WATCH.attempts = True, []
        try:
            yield
        finally:
            _WATCH.active, _WATCH.attempts = before


def check_in_process() -> None:
    """Check that nothing was refused, also where the code under test swallowed the refusal."""
    if _WATCH.attempts:
        pytest.fail(_message(", ".join(_WATCH.attempts)))
