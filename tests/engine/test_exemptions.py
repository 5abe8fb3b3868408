"""Exemptions on the real engine: where the file is found, what becomes of a finding, what stops a preview."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.engine import ROOT, Engine
from tests.support.exemptions import entry
from tests.support.recorded import write_program

pytestmark = pytest.mark.engine

SOURCE = """
import json, pulumi
from pulumi_aws import iam

statement = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
iam.Role("trades", name="trades", assume_role_policy=document)
"""
RULE = "account-resource-required-tags"
LEVEL = re.compile(rf"\[(\w+)\] \[severity: medium\]  {RULE} ")
PACK = ("--policy-pack", str(ROOT / "policy"))


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Give a program with one finding that stops it."""
    return write_program(tmp_path / "program", SOURCE, name="exempting")


def test_a_finding_stops_without_an_exemption(engine: Engine, program: Path) -> None:
    result = engine.run("-C", str(program), "preview", *PACK)
    assert result.returncode != 0
    assert LEVEL.findall(result.stdout) == ["mandatory"], result.stdout


def test_an_exempt_finding_warns_and_nothing_stops(engine: Engine, program: Path) -> None:
    """An entry for another stack is in the same file, and nothing is said of it here."""
    elsewhere = entry(rule=RULE, resource='"urn:pulumi:production::*"')
    (program / "policy-exemptions.yaml").write_text(entry(rule=RULE) + elsewhere)
    shown = engine.succeed("-C", str(program), "up", "--yes", *PACK)
    assert set(LEVEL.findall(shown)) == {"advisory"}
    assert "exempt until 2099-03-31 by trade-platform team: the old consumer cannot decrypt" in shown


def test_an_exemption_that_is_over_stops_with_its_place(engine: Engine, program: Path) -> None:
    (program / "policy-exemptions.yaml").write_text(entry(rule=RULE, expires="2025-03-31"))
    result = engine.run("-C", str(program), "preview", *PACK)
    assert result.returncode != 0
    assert LEVEL.findall(result.stdout) == ["mandatory"]
    assert "policy-exemptions.yaml, entry 1 (line 1): expires is 2025-03-31, which is over" in result.stdout


@pytest.mark.parametrize("relative", [True, False])
def test_the_variable_names_the_file_from_the_programs_folder(
    engine: Engine, program: Path, tmp_path: Path, relative: bool
) -> None:
    (tmp_path / "accepted.yaml").write_text(entry(rule=RULE))
    named = "../accepted.yaml" if relative else str(tmp_path / "accepted.yaml")
    with_file = replace(engine, environment=engine.environment | {"POLICY_EXEMPTIONS": named})
    assert LEVEL.findall(with_file.succeed("-C", str(program), "preview", *PACK)) == ["advisory"]


def test_an_exemption_that_nothing_needs_stops(engine: Engine, program: Path) -> None:
    both = entry(rule=RULE) + entry(rule=RULE, resource='"*::gone"')
    (program / "policy-exemptions.yaml").write_text(both)
    result = engine.run("-C", str(program), "preview", *PACK)
    assert result.returncode != 0
    assert LEVEL.findall(result.stdout) == ["advisory"]
    assert f"entry 2 (line 6) exempts nothing: {RULE} has no finding on *::gone" in result.stdout
