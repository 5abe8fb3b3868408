"""What must not be merged, as git lists the files."""

import json
import subprocess
from pathlib import Path

from tests.support.events import ending
from toolkit.pull_request.ignore_protect import VARIABLE, ignoring
from toolkit.pull_request.summary import summarize


def test_protection_that_is_switched_off_anywhere_in_what_deploys_is_found(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)  # noqa: S607 - git of the PATH
    workflow = tmp_path / ".github" / "workflows" / "up.yml"
    workflow.parent.mkdir(parents=True)
    workflow.write_text("jobs:\n  up:\n    run: pulumi up --ignore-protect\n")
    (tmp_path / "notes.md").write_text("never use --ignore-protect")
    assert ignoring(tmp_path, {}) == (".github/workflows/up.yml:3",)
    workflow.unlink()
    assert ignoring(tmp_path, {VARIABLE: "true"}) == (VARIABLE,)
    assert ignoring(tmp_path, {VARIABLE: "false"}) == ()


def test_this_repository_switches_protection_off_nowhere(tmp_path: Path) -> None:
    events = tmp_path / "events.jsonl"
    events.write_text("".join(f"{json.dumps(event)}\n" for event in ending()))
    assert not summarize(events).stops
