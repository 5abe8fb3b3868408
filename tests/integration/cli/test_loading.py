"""Code that cannot be loaded ends a command in one line, as users edit what it is made of."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.project import Project

GRANTS = "components/grants.py"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("loaded") / "project")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-B", "-m", "toolkit.cli", *arguments]
    return subprocess.run(
        command,
        cwd=folder,
        env={"PYTHONPATH": f"{folder}:{folder / 'policy'}"},
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("GRANTS: dict[ = {", ": SyntaxError: "),
        ("GRANTS: dict = nothing or {", ": NameError: name 'nothing'"),
    ],
)
def test_a_mistake_in_the_grants_is_one_line_and_exit_code_2(
    project: Project, wrong: str, words: str
) -> None:
    before = project.git("rev-parse", "HEAD").strip()
    project.edit(GRANTS, "GRANTS: dict[str, tuple[Need, ...]] = {", wrong)
    try:
        told = run(project.folder, "permissions")
        assert (told.returncode, told.stdout, told.stderr.count("\n")) == (2, "", 1)
        assert told.stderr.startswith(f"tms: {project.folder / GRANTS}:")
        assert words in told.stderr
        assert told.stderr.endswith("; mend that, then run this again\n")
        document = json.loads(run(project.folder, "permissions", "--json").stdout)
        assert document["error"]["code"] == 2
    finally:
        project.restore(before)
