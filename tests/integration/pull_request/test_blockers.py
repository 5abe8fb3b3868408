"""What must not be merged, as git lists the files."""

import subprocess
from pathlib import Path

from toolkit.pull_request.ignore_protect import VARIABLE, ignoring


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
