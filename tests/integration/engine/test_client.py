"""An engine that is told to end: once it listens, or at once for who says it twice."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from toolkit.engine.client import Terminated, finish
from toolkit.engine.events import EventLog

LISTENS = """
import signal, sys, time
signal.signal(signal.SIGINT, lambda *_: sys.exit(3))
print("up", flush=True)
time.sleep(60)
"""


def ended(log: EventLog, after: float, do: Callable[[int, FrameType | None], None]) -> int:
    """Let a process end that listens from its start, while something happens; give how it ended."""
    command = [sys.executable, "-c", LISTENS]
    with subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == "up\n"
        former = signal.signal(signal.SIGALRM, do)
        signal.setitimer(signal.ITIMER_REAL, after)
        try:
            finish(process, Terminated(), log)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, former)
    return process.returncode


@pytest.fixture
def log(tmp_path: Path) -> EventLog:
    return EventLog(tmp_path / "log", lambda _count: None)


def test_it_is_told_when_it_imports_and_not_before(log: EventLog) -> None:
    existed: list[bool] = []

    def begin(_number: int, _frame: FrameType | None) -> None:
        existed.append(log.file.exists())
        log.file.write_text('{"resourcePreEvent":{"metadata":{"op":"import"}}}\n')

    assert ended(log, 0.5, begin) == 3
    assert existed == [False]  # it still ran when this came


def test_who_says_it_twice_does_not_wait(log: EventLog) -> None:
    def again(_number: int, _frame: FrameType | None) -> None:
        raise Terminated

    assert ended(log, 0.5, again) == 3
    assert log.stage() == "before"
