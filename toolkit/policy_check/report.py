"""Findings, the report they make up, and when a report fails."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from tms_policies.model import Level, Severity

SEVERITIES: tuple[Severity, ...] = ("critical", "high", "medium", "low")
"""From the worst down, which is the order in which everything is shown."""
LEVELS: tuple[Level, ...] = ("mandatory", "advisory")


@dataclass(frozen=True, slots=True)
class Finding:
    """One violation of one rule by one resource.

    Attributes:
        rule: Id of the rule.
        severity: How bad it is.
        level: Whether it stops a change or only warns, after configuration.
        urn: The engine's unique name of the resource; of the stack itself where no resource is at fault.
        resource: Logical name of the resource.
        type: Its type token.
        message: What is wrong and where.
        remedy: What to write instead.
        controls: Ids of the controls that the rule stands for.
        page: The rule's page, from the root of this repository.
    """

    rule: str
    severity: Severity
    level: Level
    urn: str
    resource: str
    type: str
    message: str
    remedy: str
    controls: tuple[str, ...]
    page: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What was judged.

    Attributes:
        kind: How it was given.
        name: The path or stack name that was given.
        file: The file that stands for it in reports that need one, as a path; empty if there is none.
    """

    kind: Literal["stack", "state", "program"]
    name: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of one check, worst first.

    Attributes:
        subject: What was judged.
        findings: Every violation.
        fail_on: The lowest severity that fails, whatever its level; None if the levels decide.
        disabled: Ids of the rules that the configuration turned off.
    """

    subject: Subject
    findings: tuple[Finding, ...]
    fail_on: Severity | None = None
    disabled: frozenset[str] = frozenset()

    def fails(self, finding: Finding) -> bool:
        """Check whether a finding makes the check fail."""
        if self.fail_on is None:
            return finding.level == "mandatory"
        return SEVERITIES.index(finding.severity) <= SEVERITIES.index(self.fail_on)

    @property
    def failing(self) -> tuple[Finding, ...]:
        """The findings that make the check fail."""
        return tuple(finding for finding in self.findings if self.fails(finding))

    @property
    def counts(self) -> dict[str, Any]:
        """The number of findings, in total, by severity and by level."""
        severities = Counter(finding.severity for finding in self.findings)
        levels = Counter(finding.level for finding in self.findings)
        return {
            "total": len(self.findings),
            "failing": len(self.failing),
            "bySeverity": {name: severities[name] for name in SEVERITIES},
            "byLevel": {name: levels[name] for name in LEVELS},
        }

    @property
    def summary(self) -> str:
        """One sentence that sums the report up."""
        if not self.findings:
            return f"{self.subject.kind} {self.subject.name}: no violations"
        counts = self.counts["bySeverity"]
        parts = ", ".join(f"{counts[name]} {name}" for name in SEVERITIES if counts[name])
        noun = "violation" if len(self.findings) == 1 else "violations"
        return (
            f"{self.subject.kind} {self.subject.name}: {len(self.findings)} {noun} ({parts}), "
            f"{len(self.failing)} of them failing"
        )


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings worst first and each once; the same input gives the same order."""
    return tuple(
        sorted(
            dict.fromkeys(findings),
            key=lambda finding: (
                SEVERITIES.index(finding.severity),
                finding.rule,
                finding.urn,
                finding.message,
            ),
        )
    )
