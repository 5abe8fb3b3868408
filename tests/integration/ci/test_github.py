"""What GitHub answers, and what a job's log says of it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.actions.github import REPOSITORY, TOKEN, GitHub
from tests.support.commands import tms
from toolkit.ci.pr_comment import comment
from toolkit.errors import CommandError
from toolkit.pull_request.comment import LIMIT

TEXT = "<!-- tms preview-summary: production -->\n\n## a headline\n\nthe rest\n"


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[GitHub]:
    """Give a GitHub whose pull request 7 this run is about."""
    server = GitHub()
    server.permissions = frozenset(["pull-requests"])
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"pull_request": {"number": 7}}))
    for name, value in {
        "GITHUB_API_URL": server.url,
        "GITHUB_REPOSITORY": REPOSITORY,
        "GITHUB_TOKEN": TOKEN,
        "GITHUB_EVENT_PATH": str(event),
    }.items():
        monkeypatch.setenv(name, value)
    yield server
    server.close()


def test_a_long_text_is_cut_to_what_github_takes(hub: GitHub, tmp_path: Path) -> None:
    file = tmp_path / "full.md"
    file.write_text(TEXT + "- a line of the list\n" * 5000)
    comment(file)
    (written,) = hub.comments.values()
    assert len(written["body"]) <= LIMIT
    assert "the full text is in the artifact" in written["body"]


def test_a_job_without_the_right_is_told_which(hub: GitHub, tmp_path: Path) -> None:
    hub.permissions = frozenset()
    (tmp_path / "full.md").write_text(TEXT)
    with pytest.raises(
        CommandError, match=r"\(403 .*\): the job needs `pull-requests: write` under `permissions:`"
    ):
        comment(tmp_path / "full.md")


def test_a_github_that_does_not_answer_is_said(
    hub: GitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toolkit.ci.github._RETRIES", 0)
    (tmp_path / "full.md").write_text(TEXT)
    hub.close()
    with pytest.raises(CommandError, match="GitHub does not answer"):
        comment(tmp_path / "full.md")


def test_a_text_without_a_marker_is_not_written(hub: GitHub, tmp_path: Path) -> None:
    (tmp_path / "full.md").write_text("## no marker\n\nand a text")
    with pytest.raises(CommandError, match="its first line is no marker"):
        comment(tmp_path / "full.md")
    assert hub.log == []


@pytest.mark.parametrize("name", ["GITHUB_TOKEN", "GITHUB_API_URL", "GITHUB_EVENT_PATH"])
def test_a_variable_that_is_not_set_is_one_line_and_exit_code_2(
    hub: GitHub,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
) -> None:
    del hub
    monkeypatch.delenv(name)
    (tmp_path / "full.md").write_text(TEXT)
    assert tms(monkeypatch, "pipeline", "comment", "--folder", str(tmp_path)) == 2
    stderr = capsys.readouterr().err
    assert stderr.startswith(f"tms: {name} is not set: ")
    assert stderr.count("\n") == 1
