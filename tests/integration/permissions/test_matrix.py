"""The command that prints the matrix, which is computed in a process of its own."""

import json

import pytest

from tests.support.commands import tms


def test_a_stack_without_an_account_is_shown_and_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tms(monkeypatch, "permissions", "--stack", "production", "--json") == 0
    captured = capsys.readouterr()
    assert captured.err == (
        "tms: Pulumi.production.yaml has no account yet (aws:allowedAccountIds): ARNs have zeros instead\n"
    )
    arns = [arn for cell in json.loads(captured.out) for arn in cell["resources"]]
    assert "arn:aws:dynamodb:us-east-1:000000000000:table/BankTradeData" in arns
    assert tms(monkeypatch, "permissions", "--stack", "local") == 0
    assert capsys.readouterr().err == ""
