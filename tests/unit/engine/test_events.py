"""Events are read whole, of text and of a log that grows, and what is new in an engine is not lost."""

import json
from pathlib import Path
from typing import Any

import pytest

from toolkit.engine.events import EventLog, events_of
from toolkit.engine.preview import preview_of

URN = "urn:pulumi:s::p::aws:sqs/queue:Queue::orders"


def line(kind: str, **content: object) -> str:
    return json.dumps({"sequence": 1, kind: content}) + "\n"


def step(operation: str, **fields: object) -> dict[str, Any]:
    return {"metadata": {"op": operation, "urn": URN, "type": "aws:sqs/queue:Queue", **fields}}


def test_lines_that_are_no_events_are_left_out() -> None:
    text = 'warming up\n{"steps": []}\n[1]\nnull\n' + line("summaryEvent", maybeCorrupt=False) + '{"half'
    (event,) = events_of(text)
    assert event.summarized
    assert event.summary_event is not None


def test_an_operation_or_a_kind_of_difference_that_the_sdk_does_not_know_counts_as_an_update() -> None:
    details = {"a": {"diffKind": "transmute"}, "b": {"diffKind": "add-replace"}}
    events = events_of(line("resourcePreEvent", **step("transmogrify", detailedDiff=details)))
    (change,) = preview_of(events, "").changes
    assert (change.action, change.paths) == ("update", ("a", "b"))


def test_a_policy_event_keeps_its_severity_and_a_summary_its_rules() -> None:
    policy = line("policyEvent", policyName="rule", severity="high")
    summary = line("policyAnalyzeStackSummaryEvent", policyPackName="pack", passed=["a"], failed=["b"])
    first, second = events_of(policy + summary)
    assert (first.severity, first.pack_summary) == ("high", None)
    assert second.pack_summary
    assert (second.pack_summary.pack, second.pack_summary.rules, second.pack_summary.stack) == (
        "pack",
        {"a", "b"},
        True,
    )


def test_a_log_is_followed_line_by_line_and_tells_how_far_the_engine_is(tmp_path: Path) -> None:
    progress: list[int] = []
    log = EventLog(tmp_path / "log", progress.append)
    assert (log.stage(), progress) == ("before", [])
    started, finished = line("resourcePreEvent", **step("import")), line("resOutputsEvent", **step("import"))
    log.file.write_text(started[:20])
    assert log.stage() == "before"
    log.file.write_text(started + finished[:30])
    assert (log.stage(), progress) == ("working", [])
    log.file.write_text(started + finished + finished)
    assert (log.stage(), progress) == ("working", [2])
    log.file.write_text(started + finished + finished + line("resOutputsEvent", **step("create")))
    log.follow()
    assert progress == [2]


@pytest.mark.parametrize("last", ["summaryEvent", "cancelEvent"])
def test_a_log_ends_with_a_summary_or_a_cancellation(tmp_path: Path, last: str) -> None:
    log = EventLog(tmp_path / "log", lambda _count: None)
    log.file.write_text(line("resourcePreEvent", **step("import")) + line(last))
    assert log.stage() == "done"
    log.file.write_text(log.file.read_text() + line("resOutputsEvent", **step("import")))
    assert log.stage() == "done"
