"""Unit tests stay in their process, and one that leaves it fails."""

import multiprocessing
import os
import socket
import subprocess
from collections.abc import Callable
from contextlib import suppress

import grpc
import pytest

from tests.support.in_process import check_in_process, in_process


def _bind() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))


def _connect() -> None:
    with socket.socket() as client:
        client.connect(("127.0.0.1", 9))


@pytest.mark.parametrize(
    "leave",
    [
        lambda: subprocess.run(["true"], check=False),  # noqa: S607 - it never runs
        lambda: os.posix_spawn("/bin/true", ["true"], {}),
        lambda: multiprocessing.get_context("spawn").Process(target=print).start(),
        _bind,
        _connect,
        lambda: grpc.insecure_channel("127.0.0.1:9"),
    ],
    ids=["subprocess", "spawn", "multiprocessing", "bind", "connect", "grpc"],
)
def test_whatever_leaves_the_process_fails(leave: Callable[[], object]) -> None:
    with in_process(), pytest.raises(pytest.fail.Exception, match="move it to tests/integration"):
        leave()


def test_a_refusal_that_the_code_swallows_fails_the_test_all_the_same() -> None:
    with in_process():
        with suppress(BaseException):
            _bind()
        with pytest.raises(pytest.fail.Exception, match=r"socket\.bind"):
            check_in_process()


def test_without_the_guard_nothing_is_refused() -> None:
    check_in_process()
