"""The example of a program of others: previewed as the README says, under the pack as it is."""

import re

import pytest

from tests.engine.test_violations import REPORTED
from tests.support.engine import ROOT, Engine

pytestmark = pytest.mark.engine


def test_the_example_is_judged_by_the_command_of_the_readme(engine: Engine) -> None:
    (command,) = re.findall(
        r"`EMBEDDED=1 \./pulumiw (-C examples/foreign_program [^`]*)`", (ROOT / "README.md").read_text()
    )
    arguments = [argument.replace('"$PWD/policy"', str(ROOT / "policy")) for argument in command.split()]
    result = engine.run(*arguments)
    assert result.returncode != 0
    assert set(REPORTED.findall(result.stdout)) == {
        ("dynamodb-table-deletion-protection", "orders"),
        ("dynamodb-table-encryption", "orders"),
        ("dynamodb-table-point-in-time-recovery", "orders"),
    }, result.stdout
