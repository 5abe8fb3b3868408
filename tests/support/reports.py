"""Reports of what the engine was recorded to give, for tests of their forms."""

from tests.support.recorded import RECORDED
from toolkit.engine.events import read_events
from toolkit.policy_check.findings import findings_of
from toolkit.policy_check.report import Report, Severity, Subject


def recorded_report(fail_on: Severity | None = None, disabled: frozenset[str] = frozenset()) -> Report:
    """Give the report on the recorded state."""
    findings = findings_of(read_events(RECORDED / "analyze.jsonl"))
    return Report(Subject("state", "state.json", "state.json"), findings, fail_on, disabled)
