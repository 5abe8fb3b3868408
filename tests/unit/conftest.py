from pathlib import Path

import pytest

from judging import engine
from tests.support.fake_engine import FakeEngine


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    """Put a stand-in for the engine in place, and run in a folder of the test's own."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    monkeypatch.setattr(engine, "ROOT", folder)
    monkeypatch.chdir(tmp_path)
    return FakeEngine(folder)
