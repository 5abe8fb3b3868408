"""The journal of imports: what it tells of them, however the last one ended."""

from pathlib import Path

import pytest

from toolkit.adopt.journal import ImportRun, Journal
from toolkit.adopt.model import MOVED
from toolkit.errors import CommandError


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal.jsonl")


def test_runs_are_told_apart_with_what_they_began_and_how_they_ended(journal: Journal) -> None:
    assert journal.runs() == []
    journal.write(event="backup", file="one.json", rehearsal="a")
    journal.write(event="importing", urns=["x"])
    journal.write(event="importing", urns=["x", "y"])
    journal.write(event="done", state="s1")
    journal.write(event="backup", file="two.json", rehearsal="b")
    journal.write(event="importing", urns=["z"])
    assert journal.runs() == [ImportRun("one.json", "a", {"x", "y"}, "s1"), ImportRun("two.json", "b", {"z"})]
    assert journal.ours("a") == {"x", "y"}
    assert journal.ours("b") == {"z"}
    journal.write(event="undone", file="two.json")
    assert [run.undone for run in journal.runs()] == [False, True]
    assert journal.ours("b") == set()


def test_a_line_that_was_cut_off_takes_no_other_with_it(journal: Journal) -> None:
    journal.write(event="backup", file="one.json", rehearsal="a")
    with journal.file.open("a") as out:
        out.write('{"event": "done", "sta')
    assert journal.runs() == [ImportRun("one.json", "a")]
    journal.write(event="importing", urns=["x"])
    assert journal.runs() == [ImportRun("one.json", "a", {"x"})]


def test_a_journal_that_cannot_be_written_stops(tmp_path: Path) -> None:
    (tmp_path / "journal.jsonl").mkdir()
    with pytest.raises(CommandError, match="cannot be written") as stopped:
        Journal(tmp_path / "journal.jsonl").write(event="backup")
    assert stopped.value.exit_code == MOVED
