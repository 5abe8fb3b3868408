"""Of what the engine prints only events count, and a failure is told in one line."""

import os
from pathlib import Path

import pytest

from tests.support.fake_engine import FakeEngine
from toolkit.engine import pack
from toolkit.policy_check import pack_run


def test_lines_that_are_no_events_are_left_out(fake: FakeEngine) -> None:
    fake.plays(stdout='warming up\n{"summaryEvent": {"a": "\u0085\u2028"}}\n[1]\n\nnull\n{"half', code=0)
    (event,) = pack_run.run("preview").events
    assert event.summarized


def test_the_pack_is_in_force_and_the_callers_environment_is_handed_on(
    fake: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMBEDDED", "1")
    fake.plays()
    (fake.folder / "pulumiw").write_text(
        '#!/bin/sh\necho "$EMBEDDED $PULUMI_ENABLE_STREAMING_JSON_PREVIEW $*"\n'
    )
    result = pack_run.run("preview").result
    assert result.stdout == f"1 true preview --json --policy-pack {pack.FOLDER} --non-interactive\n"
    assert Path(pack.FOLDER, "PulumiPolicy.yaml").exists()
    assert "PULUMI_ENABLE_STREAMING_JSON_PREVIEW" not in os.environ


def said(severity: str, *messages: str) -> str:
    events = (
        f'{{"diagnosticEvent": {{"severity": "{severity}", "message": "{message}"}}}}' for message in messages
    )
    return "\n".join(events) + "\n"


@pytest.mark.parametrize(
    ("stdout", "stderr", "reason"),
    [
        ("", "warning: old\nerror: no stack named 'x' found\n", "no stack named 'x' found"),
        ("", "pulumiw: EMBEDDED=x is not understood\n", "pulumiw: EMBEDDED=x is not understood"),
        ("", "", "exit code 1"),
        (said("error", "preview failed", "Duplicate resource URN\\n"), "", "Duplicate resource URN"),
        (
            said("error", "validating policy config: r: s\\n"),
            "error: validating policy config\n",
            "validating policy config: r: s",
        ),
        (
            said(
                "info#err",
                "error: Missing required configuration variable 'a:b'\\n\\n",
                "\\tplease set it\\n",
            ),
            "",
            "Missing required configuration variable 'a:b'",
        ),
        (said("info#err", "error: one\\ntwo\\nthree\\n"), "", "one; two; three"),
        (
            said(
                "info#err",
                "error: Program failed with an unhandled exception:",
                '  File \\"x\\"',
                "    f()",
                "E: no",
            ),
            "",
            "E: no",
        ),
    ],
)
def test_the_reason_of_a_failure_is_one_line(fake: FakeEngine, stdout: str, stderr: str, reason: str) -> None:
    fake.plays(stdout=stdout, stderr=stderr)
    assert pack_run.run("preview").reason == reason


def test_the_reason_of_a_recorded_failure_is_what_the_program_raised(fake: FakeEngine) -> None:
    fake.plays("raising.jsonl")
    assert pack_run.run("preview").reason == "ValueError: no such thing (/program/faulty/__main__.py:5)"
