"""The hooks and the change log, as they are configured."""

import subprocess
from pathlib import Path

import pytest
import yaml

from tests.support.project import Project

ROOT = Path(__file__).resolve().parents[3]
BIN = ROOT / ".venv" / "bin"


def test_no_hook_is_fetched_from_anywhere() -> None:
    (repository,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    assert repository["repo"] == "local"
    assert {hook["language"] for hook in repository["hooks"]} == {"system"}


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("toolkit/errors.py", "import os\n", "F401"),
        (".github/workflows/new.yml", "on: push\njobs: {}\n", "workflows, as actionlint sees them"),
    ],
)
def test_a_commit_with_a_fault_is_stopped_and_one_without_goes_through(
    tmp_path: Path, file: str, content: str, message: str
) -> None:
    project = Project(tmp_path / "project")
    hooks = [str(BIN / "prek"), "run", "format", "lint", "workflow-security", "workflow-form", "documents"]

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*hooks, "--files", file],
            cwd=project.folder,
            check=False,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={"PATH": "/usr/local/go/bin:/usr/bin:/bin", "HOME": str(tmp_path), "NO_COLOR": "1"},
        )

    path = project.folder / file
    before = path.read_text() if path.exists() else None
    path.write_text(content)
    project.git("add", "--all", file)
    stopped = run()
    assert stopped.returncode == 1, stopped.stdout
    assert message in stopped.stdout
    assert "Failed" in stopped.stdout
    if before is None:
        path.write_text((ROOT / ".github" / "workflows" / "drift.yml").read_text())
    else:
        path.write_text(before)
    project.git("add", "--all", file)
    passed = run()
    assert passed.returncode == 0, passed.stdout


def test_every_fragment_is_in_the_draft_of_the_next_release() -> None:
    draft = subprocess.run(
        [str(BIN / "towncrier"), "build", "--draft", "--version", "0.0.0"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    for fragment in (ROOT / "changelog.d").glob("*.md"):
        assert fragment.read_text().strip() in draft
