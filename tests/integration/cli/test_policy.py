"""`tms policy check` from its arguments to its exit code, with the engine's recorded output."""

import json
from pathlib import Path

import pytest

from tests.support.commands import check, tms
from tests.support.fake_engine import FakeEngine
from tests.support.recorded import RECORDED


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        (("--state", "state.json"), ["policy", "analyze", "--file", "HERE/state.json"]),
        (("--stack", "local"), ["policy", "analyze", "--stack", "local"]),
    ],
)
def test_a_state_is_analyzed_without_its_program(
    fake: FakeEngine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    command: list[str],
) -> None:
    assert check(monkeypatch, *arguments) == 1
    assert fake.arguments[: len(command)] == [word.replace("HERE", str(tmp_path)) for word in command]


@pytest.mark.usefixtures("folder")
def test_a_program_is_previewed_on_its_stack_with_the_configuration(
    fake: FakeEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.plays("preview.jsonl")
    (tmp_path / "config.json").write_text("{}")
    assert check(monkeypatch, "--program", "program", "--stack", "s", "--config", "config.json") == 1
    program, configured = str(tmp_path / "program"), str(tmp_path / "config.json")
    expected = ["-C", program, "preview", "--stack", "s", "--policy-pack-config", configured, "--json"]
    assert fake.arguments[: len(expected)] == expected


@pytest.mark.usefixtures("folder")
def test_all_forms_tell_the_same_and_the_exit_code_does_not_depend_on_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reports: dict[str, str] = {}
    for form in ("table", "json", "sarif", "junit"):
        assert check(monkeypatch, "--state", "state.json", "--format", form) == 1
        reports[form] = capsys.readouterr().out
    assert len(json.loads(reports["json"])["verdicts"]) == 15
    assert len(json.loads(reports["sarif"])["runs"][0]["results"]) == 15
    assert reports["junit"].count("<failure ") == 12
    assert "15 violations" in reports["table"]


def kept(*severities: str) -> str:
    """Give the recording with the violations of some severities only."""
    lines = (RECORDED / "analyze.jsonl").read_text().splitlines()
    events = [json.loads(line) for line in lines]
    selected = [
        event for event in events if event.get("policyEvent", {}).get("severity") in (*severities, None)
    ]
    return "".join(json.dumps(event) + "\n" for event in selected)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("severities", "arguments", "code"),
    [
        ((), (), 0),
        ((), ("--fail-on", "low"), 0),
        (("low",), (), 0),
        (("low",), ("--fail-on", "low"), 1),
        (("low",), ("--fail-on", "medium"), 0),
        (("medium",), (), 1),
        (("medium",), ("--fail-on", "high"), 0),
        (("high",), ("--fail-on", "critical"), 0),
        (("critical",), ("--fail-on", "critical"), 1),
    ],
)
def test_the_exit_code_follows_severity(
    fake: FakeEngine,
    monkeypatch: pytest.MonkeyPatch,
    severities: tuple[str, ...],
    arguments: tuple[str, ...],
    code: int,
) -> None:
    fake.plays(stdout=kept(*severities), code=1 if set(severities) - {"low"} else 0)
    assert check(monkeypatch, "--state", "state.json", *arguments) == code


@pytest.mark.usefixtures("folder")
def test_a_file_takes_the_report_and_one_line_sums_it_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(monkeypatch, "--state", "state.json", "--format", "json", "--output", "report.json") == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert "14 of them failing; written to report.json" in captured.err
    assert json.loads((tmp_path / "report.json").read_text())["counts"]["total"] == 15


def test_what_a_reader_must_know_goes_to_standard_error(
    fake: FakeEngine, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.plays(
        stderr="warning: could not decrypt secrets in x\nFile x has no resources; nothing to analyze.\n",
        code=0,
    )
    assert check(monkeypatch, "--state", str(folder / "state.json")) == 0
    captured = capsys.readouterr()
    assert captured.out.endswith("no violations\n")
    assert (
        captured.err
        == "tms: could not decrypt secrets in x; findings on them may be wrong: set PULUMI_CONFIG_PASSPHRASE, or log in, and check again\ntms: File x has no resources; nothing to analyze.\n"
    )


@pytest.mark.parametrize("arguments", [("--help",), ("policy", "--help"), ("policy", "check", "--help")])
def test_help_exits_0(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    assert tms(monkeypatch, *arguments) == 0
    assert "Usage: tms" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [(), ("policy",)])
def test_a_group_without_a_command_shows_its_help(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    assert tms(monkeypatch, *arguments) == 2
    captured = capsys.readouterr()
    assert "Usage: tms" in captured.out
    assert captured.err == ""
