"""Tables on terminals that are too narrow for them, and without colours."""

import sys

from tests.support.engine import ROOT
from tests.support.terminal import on_a_terminal

SHOWING = """
import shutil
from toolkit.console import rendered
from toolkit.operate import render
from toolkit.operate.health import HealthIssue
from toolkit.operate.queues import QueueState
letters = HealthIssue("dead letters: 2", "docs/runbooks.md#dead-letters")
found = [
    QueueState("orchestrator-monitoring", "physical", 1234, 0, 0, 2, 1240, (letters,)),
    QueueState("matching", "physical", 0, 0, 0, 0, None),
]
print(rendered(render.queues(found)))
"""


def shown(columns: int, **environment: str) -> str:
    variables = {
        "PYTHONPATH": f"{ROOT}:{ROOT / 'policy'}",
        "TERM": "xterm-256color",
        "COLUMNS": str(columns),
        **environment,
    }
    code, output = on_a_terminal([sys.executable, "-c", SHOWING], ROOT, variables)
    assert code == 0, output
    return output.replace("\r", "")


def test_a_narrow_terminal_gets_a_paragraph_for_each_row_and_no_broken_word() -> None:
    assert shown(50, NO_COLOR="1").splitlines() == [
        "! orchestrator-monitoring",
        "    visible: 1234",
        "    in flight: 0",
        "    delayed: 0",
        "    dead: 2",
        "    oldest s: 1240",
        "    problem -> next step: dead letters: 2 -> docs/runbooks.md#dead-letters",
        "matching",
        "    visible: 0",
        "    in flight: 0",
        "    delayed: 0",
        "    dead: 0",
        "    oldest s: -",
    ]


def test_a_wide_one_gets_a_table() -> None:
    lines = shown(140, NO_COLOR="1").splitlines()
    assert "queue" in lines[0]
    assert lines[2].split()[:3] == ["!", "orchestrator-monitoring", "1234"]


def test_what_is_wrong_is_marked_in_bold_and_without_colours_in_nothing() -> None:
    for columns in (50, 140):
        assert "\x1b[1;31m!" in shown(columns)
        assert "\x1b" not in shown(columns, NO_COLOR="1")
