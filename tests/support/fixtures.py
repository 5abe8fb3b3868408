"""Fixtures that both tiers without the real engine use: a stand-in for the engine, and an account in this process."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from botocore.loaders import Loader, create_loader
from moto import mock_aws

from tests.support.engine import ROOT
from tests.support.fake_engine import FakeEngine
from toolkit.engine import client


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    """Return a stand-in for the engine, which is a process; run in a folder of the test's own."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    monkeypatch.setattr(client, "ROOT", folder)
    monkeypatch.chdir(tmp_path)
    return FakeEngine(folder)


@cache
def _loader(search_path: str | None = None) -> Loader:
    """Return one loader for all sessions: each new one would parse the same megabytes of service models."""
    return create_loader(search_path)


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put moto's account, in this process, under boto3; commands run in the project's folder."""
    for name in [key for key in os.environ if key.startswith(("AWS_", "PULUMI_")) or key == "EMBEDDED"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("botocore.session.create_loader", _loader)
    with mock_aws():
        yield
