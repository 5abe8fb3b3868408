import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from moto import mock_aws

from tests.support.engine import ROOT
from tests.support.fake_engine import FakeEngine
from toolkit.engine import client


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    """Put a stand-in for the engine in place, and run in a folder of the test's own."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    monkeypatch.setattr(client, "ROOT", folder)
    monkeypatch.chdir(tmp_path)
    return FakeEngine(folder)


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put moto's account, in this process, under boto3; commands run in the project's folder."""
    for name in [one for one in os.environ if one.startswith(("AWS_", "PULUMI_")) or one == "EMBEDDED"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.chdir(ROOT)
    with mock_aws():
        yield
