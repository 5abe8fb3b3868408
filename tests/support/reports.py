"""Reports of what the engine was recorded to give, for tests of their forms."""

import json

from tests.support.recorded import RECORDED
from toolkit.policy_check.findings import verdicts_of
from toolkit.policy_check.report import Report, Severity, Subject


def recorded_report(fail_on: Severity | None = None, disabled: frozenset[str] = frozenset()) -> Report:
    """Give the report on the recorded state."""
    lines = (RECORDED / "analyze.jsonl").read_text().splitlines()
    verdicts = verdicts_of(json.loads(line) for line in lines)
    return Report(Subject("state", "state.json", "state.json"), verdicts, fail_on, disabled)
