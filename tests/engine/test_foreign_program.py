"""The example of a program of others: previewed by the README's command, under the pack as it is."""

import re
import shlex

import pytest

from tests.engine.test_violations import REPORTED
from tests.support.engine import ROOT, Engine

pytestmark = pytest.mark.engine


def test_the_example_is_checked_by_the_command_of_the_readme(engine: Engine) -> None:
    (command,) = re.findall(
        r"`EMBEDDED=1 \./pulumiw (-C \.\./yours [^`]*)`", (ROOT / "README.md").read_text()
    )
    text = command.replace("../yours", "examples/foreign_program").replace("$PWD", str(ROOT))
    result = engine.run(*shlex.split(text))
    assert result.returncode != 0
    assert set(REPORTED.findall(result.stdout)) == {
        ("dynamodb-table-deletion-protection", "orders"),
        ("dynamodb-table-encryption", "orders"),
        ("dynamodb-table-point-in-time-recovery", "orders"),
    }, result.stdout
