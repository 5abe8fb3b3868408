"""What cannot be judged ends in one line on standard error, exit code 2 and no traceback."""

from pathlib import Path

import pytest

from tests.support.commands import check
from tests.support.fake_engine import FakeEngine


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "nothing to check is given; write --program DIR"),
        (("--stack", ""), "--stack is empty; give the name of a stack"),
        (("--state", "deep.json"), "--state deep.json is not JSON ("),
        (("--state", "state.json", "--stack", "local"), "--state goes with neither --stack nor --program"),
        (("--state", "nothing.json"), "--state nothing.json: No such file or directory; give a file that"),
        (("--state", "."), "--state .: Is a directory; give"),
        (("--state", "text"), "--state text is not JSON ("),
        (
            ("--state", "list.json"),
            "--state list.json holds no stack export: the key `deployment` is missing; give",
        ),
        (("--program", "nowhere"), "--program nowhere: no such folder; give the folder of a Pulumi program"),
        (
            ("--state", "state.json", "--format", "xml"),
            "'xml' is not one of 'table', 'json', 'sarif', 'junit'; --help",
        ),
        (
            ("--state", "state.json", "--fail-on", "bad"),
            "'bad' is not one of 'low', 'medium', 'high', 'critical'; --help",
        ),
        (
            ("--state", "state.json", "--output", "no/x"),
            "--output no/x: give a file in a folder that exists; make no",
        ),
        (
            ("--state", "state.json", "--config", "no"),
            "--config no: No such file or directory; give a JSON file",
        ),
        (("--no-such-option",), "No such option: --no-such-option; --help says"),
    ],
)
def test_bad_input_ends_in_one_line_and_exit_code_2(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    message: str,
) -> None:
    (tmp_path / "text").write_text("text")
    (tmp_path / "list.json").write_text("[]")
    (tmp_path / "deep.json").write_text("[" * 100_000)
    assert check(monkeypatch, *arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert captured.err.startswith("tms: ")
    assert message in captured.err


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("arguments", "recording", "stderr", "message"),
    [
        (
            ("--stack", "x"),
            "",
            "error: no stack named 'x' found\n",
            "--stack x: no stack named 'x' found; run this in",
        ),
        (
            ("--state", "state.json"),
            "",
            "error: bad urn\n",
            "--state state.json: bad urn; export the state anew",
        ),
        (
            ("--program", "program"),
            "raising.jsonl",
            "",
            "program was not judged to its end: ValueError: no such thing (/program/faulty/__main__.py:5); mend",
        ),
        (
            ("--program", "program"),
            "",
            "error: no project\n",
            "program was not judged to its end: no project; mend that",
        ),
    ],
)
def test_what_the_engine_refuses_is_one_line_too(
    fake: FakeEngine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    recording: str,
    stderr: str,
    message: str,
) -> None:
    fake.plays(recording, stderr=stderr)
    assert check(monkeypatch, *arguments) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)
    assert message in captured.err
