"""What the pages for people say is there."""

import re
from pathlib import Path

import pytest
import yaml

from tests.support.actions.runner import VARIABLES

ROOT = Path(__file__).resolve().parents[3]
PAGE = " ".join((ROOT / "docs" / "pipeline.md").read_text().split())


def test_the_page_of_the_pipeline_has_every_job_and_variable() -> None:
    for file in (ROOT / ".github" / "workflows").glob("*.yml"):
        assert f"`{file.name}`" in PAGE
        document = yaml.safe_load(file.read_text())
        assert [job["name"] for job in document["jobs"].values() if f"`{job['name']}`" not in PAGE] == []
    used = {
        name
        for file in (ROOT / ".github" / "workflows").glob("*.yml")
        for name in re.findall(r"vars\.(\w+)", file.read_text())
    }
    assert used == set(VARIABLES)
    assert [name for name in used if f"`{name}`" not in PAGE] == []


@pytest.mark.parametrize(
    "message",
    [
        "the plan was judged: ",
        "the plan is of commit ",
        "is not the plan that was judged (SHA-256)",
        "has changed since it was planned",
        "changed while it was planned",
    ],
)
def test_a_message_on_the_page_is_one_that_is_given(message: str) -> None:
    assert message in PAGE
    assert message in (ROOT / "toolkit" / "ci" / "deploy.py").read_text()


@pytest.mark.parametrize("page", ["SECURITY.md", "AGENTS.md", "docs/pipeline.md", ".github/CODEOWNERS"])
def test_a_file_that_a_page_names_is_there(page: str) -> None:
    text = (ROOT / page).read_text()
    paths = re.findall(r"`((?:tests|docs|policy|components|toolkit|deployment|\.github)/[\w./-]+)`", text)
    paths += re.findall(r"^(/\S+)", text, re.MULTILINE) if page.endswith("CODEOWNERS") else []
    assert paths
    assert [path for path in paths if not (ROOT / path.lstrip("/")).exists()] == []
