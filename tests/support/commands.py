"""The command line, run in this process."""

import sys

import pytest

from toolkit.cli.__main__ import main


def tms(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run `tms` and give its exit code."""
    monkeypatch.setattr(sys, "argv", ["tms", *arguments])
    return main()


def check(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run `tms policy check` and give its exit code."""
    return tms(monkeypatch, "policy", "check", *arguments)
