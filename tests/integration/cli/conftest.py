import json
from pathlib import Path

import pytest

from tests.support.fake_engine import FakeEngine

EXPORT = json.dumps({"version": 3, "deployment": {"resources": [{}]}})


@pytest.fixture
def folder(tmp_path: Path, fake: FakeEngine) -> Path:
    """Give the folder that commands run in, with a state and a program, and an engine that finds faults."""
    fake.plays("analyze.jsonl", stderr="error: one or more mandatory policy violations were found\n")
    (tmp_path / "state.json").write_text(EXPORT)
    (tmp_path / "program").mkdir()
    return tmp_path
