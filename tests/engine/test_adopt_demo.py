"""`make adopt-demo` as a visitor runs it: it ends well, with an adopted stack and a report."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.support.engine import ROOT, embedded_environment
from tests.support.urns import PARTS

pytestmark = [pytest.mark.engine, pytest.mark.timeout(2400)]


def test_the_demonstration_ends_with_coverage_and_nothing_left_to_do(tmp_path: Path) -> None:
    shown = subprocess.run(
        [str(ROOT / ".venv" / "bin" / "python"), "-m", "examples.estate"],
        cwd=ROOT,
        env={**embedded_environment(tmp_path), "PATH": os.environ["PATH"]},
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert shown.returncode == 0, shown.stdout
    for words in (
        "hashKey is 'processing_id' and declared as 'sessionId'",
        "no differences: an update would change nothing",
        "nothing is left to adopt",
        f"adopted {PARTS} of {PARTS} declared resources; 6 live ones are declared by nothing",
    ):
        assert words in shown.stdout
    (made,) = re.findall(rf"(\d+) of {PARTS} that the settings describe", shown.stdout)
    (imported,) = re.findall(r"(\d+) resources imported", shown.stdout)
    assert int(made) <= int(imported) < PARTS  # what every bucket has is there though nobody made it
    assert len(shown.stdout.splitlines()) <= 40  # one screen
    report = tmp_path / "demo" / "project" / ".adopt" / "local" / "report.md"
    assert "trade-matching-system-agentcore-production-production" in report.read_text()
