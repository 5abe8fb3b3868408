"""A plan is used for what it was made of, and for nothing else."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from toolkit.ci import checkout, deploy
from toolkit.engine import run
from toolkit.errors import CommandError

GOOD = deploy.Record("production", "a" * 40, hashlib.sha256(b"{}").hexdigest(), "state", "", 3)


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[deploy.Record], str]:
    """Give what writes plan and record, in a checkout of the commit `a...` and on the state `state`."""

    def at(_stack: str) -> str:
        return "state"

    monkeypatch.setattr(checkout, "commit", lambda: "a" * 40)
    monkeypatch.setattr(run, "state_digest", at)

    def write(record: deploy.Record) -> str:
        (tmp_path / deploy.PLAN).write_text("{}")
        (tmp_path / deploy.RECORD).write_text(json.dumps(asdict(record)))
        return hashlib.sha256((tmp_path / deploy.RECORD).read_bytes()).hexdigest()

    return write


def test_what_was_planned_judged_and_kept_as_it_was_may_be_done(
    tmp_path: Path, written: Callable[[deploy.Record], str]
) -> None:
    assert deploy.check("production", tmp_path, written(GOOD)) == GOOD


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (replace(GOOD, stack="local"), "the plan is of stack local, not of production"),
        (replace(GOOD, stopped="do not merge: a table goes"), "was judged: do not merge: a table goes"),
        (replace(GOOD, commit="b" * 40), "the plan is of commit bbbbbbbbbbbb, this is aaaaaaaaaaaa"),
        (replace(GOOD, plan="0" * 64), "is not the plan that was judged"),
        (replace(GOOD, state="before"), "production has changed since it was planned"),
    ],
)
def test_a_plan_of_anything_else_is_refused(
    tmp_path: Path, written: Callable[[deploy.Record], str], record: deploy.Record, message: str
) -> None:
    with pytest.raises(CommandError, match=message) as refused:
        deploy.check("production", tmp_path, written(record))
    assert refused.value.exit_code == 1


def test_a_record_that_was_written_anew_is_refused(
    tmp_path: Path, written: Callable[[deploy.Record], str]
) -> None:
    digest = written(replace(GOOD, stopped="do not merge"))
    written(GOOD)
    with pytest.raises(CommandError, match="is not the one that the plan's job made"):
        deploy.check("production", tmp_path, digest)


@pytest.mark.parametrize("content", [None, "no JSON", '{"stack": "production"}'])
def test_without_a_record_the_message_says_what_writes_it(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / deploy.RECORD).write_text(content)
    with pytest.raises(CommandError, match="is no record of a plan; `tms pipeline plan` writes it") as unable:
        deploy.check("production", tmp_path, "")
    assert unable.value.exit_code == 2
