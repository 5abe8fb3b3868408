"""A report for programs. Fields may be added; none changes or goes without `version` counting up.

`{"version": 1, "subject": {"kind", "name"}, "failOn", "passed", "counts": {"total", "failing", "bySeverity",
"byLevel"}, "verdicts": [{"rule", "severity", "level", "failing", "urn", "resource", "type", "message",
"remedy", "controls", "page"}]}`; `failOn` is `mandatory` or a severity.
"""

import json
from dataclasses import asdict

from toolkit.policy_check.report import Report

VERSION = 1


def render(report: Report) -> str:
    """Return a report as one JSON object."""
    return (
        json.dumps(
            {
                "version": VERSION,
                "subject": {"kind": report.subject.kind, "name": report.subject.name},
                "failOn": report.fail_on or "mandatory",
                "passed": not report.failing,
                "counts": report.counts,
                "verdicts": [
                    {**asdict(finding), "failing": report.fails(finding)} for finding in report.findings
                ],
            },
            indent=2,
        )
        + "\n"
    )
