"""Every rule of the pack, each violated once in a program of its own, through the real engine."""

import importlib
import json
import re
import sys
from pathlib import Path

import pytest

from tests.support.engine import ROOT, Engine
from tms_policies.catalogue import RULES

pytestmark = pytest.mark.engine

PROGRAM = Path(__file__).resolve().parent / "violations"
REPORTED = re.compile(
    r"^\s+- \[(?:mandatory|advisory)\] \[severity: \w+\]\s+(\S+)\s+\([\w:/]+: ([\w-]+)\)$", re.MULTILINE
)
sys.path.insert(0, str(PROGRAM))
FAULTS = [importlib.import_module(f"faults.{path.stem}") for path in sorted(PROGRAM.glob("faults/[a-z]*.py"))]
EXPECTED = {name: rules for module in FAULTS for name, rules in getattr(module, "EXPECTED", {}).items()}
CONFIG = {name: given for module in FAULTS for name, given in getattr(module, "CONFIG", {}).items()}
PAIRS = {(rule, resource) for resource, rules in EXPECTED.items() for rule in rules}


def test_the_program_violates_every_rule() -> None:
    assert {rule for rule, _ in PAIRS} == {rule.id for rule in RULES}


def configured(folder: Path, **changed: object) -> tuple[str, ...]:
    """Give the arguments that run the pack with all that is demanded by configuration only."""
    config = folder / "config.json"
    config.write_text(json.dumps(CONFIG | changed))
    return ("--policy-pack", str(ROOT / "policy"), "--policy-pack-config", str(config))


def test_exactly_the_planted_violations_are_reported(engine: Engine, tmp_path: Path) -> None:
    result = engine.run("-C", str(PROGRAM), "preview", *configured(tmp_path))
    assert result.returncode != 0
    assert set(REPORTED.findall(result.stdout)) == PAIRS, result.stdout
    assert "can't run policy" not in result.stdout
    assert set(re.findall(r"\[advisory\] \[severity: (\w+)\]", result.stdout)) == {"low"}
    assert not re.search(r"\[mandatory\] \[severity: low\]", result.stdout)


def test_a_rule_is_lowered_by_name_only(engine: Engine, tmp_path: Path) -> None:
    changed = {
        "dynamodb-table-billing-on-demand": "advisory",
        "sqs-queue-dead-letter": {"maximumReceives": 5},
    }
    arguments = configured(tmp_path, **changed)
    shown = engine.run("-C", str(PROGRAM), "preview", *arguments).stdout
    assert re.search(r"\[advisory\] \[severity: medium\]\s+dynamodb-table-billing-on-demand", shown)
    assert set(re.findall(r"\[advisory\] \[severity: (\w+)\]", shown)) == {"low", "medium"}
    assert set(REPORTED.findall(shown)) == PAIRS
