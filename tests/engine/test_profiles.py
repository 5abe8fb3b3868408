"""The profiles and wrong configurations, on the real engine."""

import json
import re
from pathlib import Path

import pytest

from tests.support.engine import ROOT, Engine
from tests.support.recorded import write_program
from tms_policies.profiles import FOLDER

pytestmark = pytest.mark.engine

PROGRAM = Path(__file__).resolve().parent / "violations"
REPORTED = re.compile(r"^\s+- \[(mandatory|advisory)\] \[severity: \w+\]\s+(\S+)", re.MULTILINE)


def preview(engine: Engine, program: Path, config: Path | None) -> tuple[int, str]:
    """Preview a program under the pack with a configuration, and give exit code and output."""
    chosen = ("--policy-pack-config", str(config)) if config else ()
    pack = ("--policy-pack", str(ROOT / "policy"))
    result = engine.run("-C", str(program), "preview", *pack, *chosen)
    return result.returncode, result.stdout


def findings(shown: str) -> set[tuple[str, str]]:
    """Give the levels and rules that were reported."""
    return set(REPORTED.findall(shown))


def test_audit_reports_all_and_stops_nothing(engine: Engine) -> None:
    code, shown = preview(engine, PROGRAM, FOLDER / "audit.json")
    assert code == 0, shown
    assert {level for level, _ in findings(shown)} == {"advisory"}
    _, usual = preview(engine, PROGRAM, None)
    assert {rule for _, rule in findings(shown)} == {rule for _, rule in findings(usual)}


def test_strict_lets_nothing_pass_and_demands_more(engine: Engine) -> None:
    code, shown = preview(engine, PROGRAM, FOLDER / "strict.json")
    assert code != 0
    assert {level for level, _ in findings(shown)} == {"mandatory"}
    demanded = {"sqs-queue-customer-key", "s3-bucket-object-lock", "lambda-function-concurrency"}
    assert demanded <= {rule for _, rule in findings(shown)}


def test_baseline_is_what_holds_without_a_configuration(engine: Engine) -> None:
    code, shown = preview(engine, PROGRAM, FOLDER / "baseline.json")
    assert code != 0
    assert findings(shown) == findings(preview(engine, PROGRAM, None)[1])


@pytest.mark.parametrize(
    ("given", "says"),
    [
        # what the pack says
        ({"sqs-queue-encryptoin": "advisory"}, "did you mean 'sqs-queue-encryption'?"),
        ({"sqs-queue-dead-letter": {"maximumRecieves": 3}}, "did you mean 'maximumReceives'?"),
        # what the engine says before the pack is asked, as docs/configuring.md has it
        ({"sqs-queue-encryptoin": {"days": 3}}, 'invalid enforcement level ""'),
        ({"sqs-queue-encryption": "warn"}, '"warn" is not a valid enforcement level'),
        (
            {"sqs-queue-dead-letter": {"maximumReceives": "ten"}},
            "sqs-queue-dead-letter: maximumReceives: Invalid type. Expected: integer, given: string",
        ),
        (
            {"kms-key-deletion-window": {"minimumDays": 3}},
            "kms-key-deletion-window: minimumDays: Must be greater than or equal to 7",
        ),
        (
            {"ssm-parameter-tier": {"allowed": ["standard"]}},
            'ssm-parameter-tier: allowed.0: allowed.0 must be one of the following: "Advanced"',
        ),
    ],
)
def test_a_wrong_configuration_ends_the_run_with_its_key(
    engine: Engine, tmp_path: Path, given: dict[str, object], says: str
) -> None:
    config = tmp_path / "config.json"
    config.write_text(json.dumps(given))
    program = write_program(tmp_path / "program", "", name="configured")
    code, shown = preview(engine, program, config)
    assert code != 0
    assert says in shown, shown
