"""Why the engine failed is one line that says what to mend, of whatever the program or the engine said."""

import json
from pathlib import Path

import pytest
from pulumi.automation import CommandResult

from toolkit.engine.client import Command
from toolkit.engine.errors import LIMIT, reason
from toolkit.engine.stack import Engine
from toolkit.errors import CommandError


def ended(stdout: str = "", stderr: str = "") -> CommandResult:
    return CommandResult(stdout, stderr, 255)


def document(*messages: tuple[str, str]) -> str:
    diagnostics = [{"severity": severity, "message": message} for severity, message in messages]
    return json.dumps({"config": {"aws:region": "us-east-1"}, "diagnostics": diagnostics}, indent=4)


RAISED = [
    ("info#err", text)
    for text in (
        "error: Program failed with an unhandled exception:\n\n",
        "Traceback (most recent call last):\n\n",
        '  File "/program/__main__.py", line 8, in <module>\n\n',
        '    raise KeyError("x")\n\n',
        "KeyError: 'x'\n\n",
    )
]
SETTING = "Pulumi.local.yaml: p:tables.exceptions.rangeKey.name: is missing; write it"


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (ended(document(("info#err", f"error: {SETTING}\n\n"))), SETTING),
        (
            ended(document(("info#err", f"error: {SETTING}\n"), ("info#err", "error: b: is missing\n"))),
            f"{SETTING}; b: is missing",
        ),
        (ended(document(*RAISED)), "KeyError: 'x' (/program/__main__.py:8)"),
        (
            ended(document(("error", "update failed\n"), ("error", "queue 'x' has a problem: no\n"))),
            "queue 'x' has a problem: no",
        ),
        (ended(document(), "warning: old\nerror: no stack named 'x' found\n"), "no stack named 'x' found"),
        (
            ended("Diagnostics:\n    error: queue 'x' does not exist\n", "warning: old\n"),
            "queue 'x' does not exist",
        ),
        (ended("", "pulumiw: EMBEDDED=x is not understood\n"), "pulumiw: EMBEDDED=x is not understood"),
        (ended(document()), "exit code 255"),
        (ended(), "exit code 255"),
    ],
)
def test_the_reason_says_what_to_mend(result: CommandResult, expected: str) -> None:
    assert reason(result) == expected


def test_a_stack_that_was_never_made_comes_with_what_makes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = ended("", "error: no stack named 'prod' found\n")
    monkeypatch.setattr(Command, "execute", lambda *_arguments, **_options: refused)  # pyright: ignore[reportUnknownLambdaType]
    with pytest.raises(
        CommandError, match=r"no stack named 'prod' found; `./pulumiw stack init prod` makes it$"
    ):
        Engine("prod", tmp_path).succeed("preview", "--json")


def test_a_reason_of_many_lines_has_all_of_them_up_to_a_limit_and_says_how_many_are_left() -> None:
    refusals = [f"Pulumi.local.yaml: p:tables.table-{number}: is missing; write it" for number in range(100)]
    result = ended(document(*(("info#err", f"error: {refusal}\n") for refusal in refusals)))
    text = reason(result)
    listed = sum(refusal in text for refusal in refusals)
    assert text.startswith(f"{refusals[0]}; {refusals[1]}; ")
    assert text.endswith(f"; and {100 - listed} more, which `./pulumiw preview` lists")
    assert 20 < listed < 100
    assert len(text) < LIMIT + 60
