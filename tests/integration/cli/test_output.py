"""How a step of the adoption speaks to a program, to a terminal and to a pipe."""

import json
import os
import signal
import sys
import tempfile
from pathlib import Path

import pytest

from tests.support.commands import tms
from tests.support.engine import ROOT
from tests.support.terminal import on_a_terminal
from toolkit.adopt.model import DESTRUCTIVE, DIFFERENCES, INTERRUPTED, MOVED, PARTIAL, UNRESOLVED
from toolkit.cli import adopt, output
from toolkit.errors import IDENTITY, UNABLE, CommandError

SPEAKING = """
from toolkit.progress import Bars
from toolkit.cli import output
with Bars(output.watched(as_json={as_json})).bar("imported", 2) as progress:
    progress(2)
output.say([1], "STOP replaced: trades.hashKey\\nupdated in place: a.b", as_json={as_json})
"""


def spoken(*, as_json: bool = False, **environment: str) -> str:
    command = [sys.executable, "-c", SPEAKING.format(as_json=as_json)]
    given = {"PYTHONPATH": f"{ROOT}:{ROOT / 'policy'}", "TERM": "xterm-256color", **environment}
    code, said = on_a_terminal(command, ROOT, given)
    assert code == 0
    return said


def test_a_terminal_gets_bars_and_what_must_not_happen_in_bold_red() -> None:
    said = spoken()
    assert "imported" in said
    assert "2/2" in said
    assert "\x1b[1;31mSTOP replaced: trades.hashKey\x1b[0m" in said
    assert said.rstrip().endswith("\nupdated in place: a.b")


def test_no_color_leaves_plain_lines_on_a_terminal() -> None:
    said = spoken(NO_COLOR="1").splitlines()
    assert "STOP replaced: trades.hashKey" in said[-2]
    assert "\x1b[1" not in "".join(said).replace("\x1b[1A", "")
    assert "\x1b[3" not in "".join(said)


def test_json_on_a_terminal_has_no_bars() -> None:
    assert json.loads(spoken(as_json=True)) == [1]


def test_a_pipe_gets_plain_lines(capfd: pytest.CaptureFixture[str]) -> None:
    long = "updated in place: " + "x" * 300
    assert output.watched(as_json=False) is None
    output.say([1], f"STOP replaced: [red]trades[/].hashKey\n{long}", as_json=False)
    assert capfd.readouterr() == (f"STOP replaced: [red]trades[/].hashKey\n{long}\n", "")


CODES = [UNABLE, IDENTITY, UNRESOLVED, DESTRUCTIVE, DIFFERENCES, INTERRUPTED, MOVED, PARTIAL]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("told", [False, True])
def test_a_step_that_stops_gives_exactly_one_document(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], code: int, *, told: bool
) -> None:
    def stops(*_arguments: object, **_more: object) -> None:
        if told:
            output.say({"found": 1}, "", as_json=True)
        raise CommandError(code, "what is wrong, and what to do")

    monkeypatch.setattr(adopt, "_adoption", stops)
    assert tms(monkeypatch, "adopt", "check", "--stack", "local", "--json") == code
    shown = capsys.readouterr()
    said = {"error": {"code": code, "message": "what is wrong, and what to do"}}
    assert json.loads(shown.out) == ({"found": 1} if told else said)
    assert shown.err == "tms: what is wrong, and what to do\n"
    assert tms(monkeypatch, "adopt", "check", "--stack", "local", "--json") == code  # nothing is remembered
    assert json.loads(capsys.readouterr().out) == ({"found": 1} if told else said)


def test_a_fault_of_the_tool_is_one_line_with_the_place_of_its_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def breaks(*_arguments: object, **_more: object) -> None:
        raise LookupError("of all things")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(adopt, "_adoption", breaks)
    assert tms(monkeypatch, "adopt", "check", "--stack", "local", "--json") == 1
    shown = capsys.readouterr()
    (kept,) = tmp_path.iterdir()
    assert "in breaks" in kept.read_text()
    message = json.loads(shown.out)["error"]["message"]
    assert message.startswith("a fault of this program (LookupError: of all things)")
    assert str(kept) in message
    assert shown.err == f"tms: {message}\n"


def test_an_interrupted_step_ends_with_a_code_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_arguments: object, **_more: object) -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(adopt, "_adoption", interrupted)
    assert tms(monkeypatch, "adopt", "check", "--stack", "local", "--json") == INTERRUPTED
    assert "Run the same again" in json.loads(capsys.readouterr().out)["error"]["message"]
    assert signal.getsignal(signal.SIGTERM) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nosuch", "--json"), "No such command 'nosuch'"),
        (("check", "--json"), "Missing option '--stack'"),
        (("check", "--json", "--stack", "local", "--bad"), "No such option: --bad"),
        (("apply", "--json", "--stack", "local"), "say --yes"),
        (("report", "--json", "--stack", "local"), "nothing was found yet for local"),
        (("report", "--json", "--stack", "nope"), "no Pulumi.nope.yaml; the stacks there are local"),
        (("report", "--json", "--stack", "../local"), "no Pulumi.../local.yaml; the stacks there are local"),
    ],
)
def test_wrong_use_is_a_document_too(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    arguments: tuple[str, ...],
    words: str,
) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: one\nruntime: python\n")
    (tmp_path / "Pulumi.local.yaml").write_text("config: {}\n")
    monkeypatch.chdir(tmp_path)
    assert tms(monkeypatch, "adopt", *arguments) == 2
    shown = capsys.readouterr()
    error = json.loads(shown.out)["error"]
    assert error["code"] == 2
    assert words in error["message"]
    assert shown.err == f"tms: {error['message']}\n"


def test_a_folder_without_a_program_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert tms(monkeypatch, "adopt", "report", "--stack", "local") == 2
    assert capsys.readouterr().err == (
        f"tms: {tmp_path} has no Pulumi.yaml: run this in the folder of the program\n"
    )


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("status", "--bad"), 2, "No such option: --bad"),
        (("queues", "--stack", "nope"), 2, "Pulumi.nope.yaml: there is no such file"),
        (("access", "a", "b", "*", "--stack", "local"), 2, "action b: "),
        (("table", "nope", "--stack", "local"), 2, "dynamodb:DescribeTable on table nope: "),
        (("permissions", "--stack", "nope"), 2, "Pulumi.nope.yaml: there is no such file"),
        (("permissions", "--exit-code"), 2, "--exit-code goes with --diff only"),
        (("report", "--stack", "nope"), 2, "nope"),
        (("logs", "nobody", "--stack", "local"), 2, "agent nobody: there is none"),
    ],
)
@pytest.mark.usefixtures("account")
def test_an_error_of_any_command_is_one_document(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    code: int,
    words: str,
) -> None:
    assert tms(monkeypatch, *arguments, "--json") == code
    shown = capsys.readouterr()
    error = json.loads(shown.out)["error"]
    assert (error["code"], shown.err) == (
        code,
        "".join(f"tms: {one}\n" for one in error["message"].splitlines()),
    )
    assert words in error["message"]


@pytest.mark.usefixtures("account")
def test_an_account_that_is_not_the_stacks_is_a_document_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    who = {"Account": "210987654321", "Arn": "arn:of:somebody"}
    monkeypatch.setattr("toolkit.aws.calls.AwsCalls.ask", lambda *_, **__: who)  # pyright: ignore[reportUnknownLambdaType]
    assert tms(monkeypatch, "status", "--json", "--stack", "local") == IDENTITY
    assert json.loads(capsys.readouterr().out)["error"]["code"] == IDENTITY


def test_without_json_standard_output_stays_empty(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tms(monkeypatch, "adopt", "nosuch") == 2
    assert tms(monkeypatch, "policy", "check", "--json") == 2
    assert capsys.readouterr().out == ""
