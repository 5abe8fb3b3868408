"""A report as SARIF 2.1.0, which code scanning services and editors read."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tms_policies.model import Rule, Severity
from toolkit.engine import pack
from toolkit.installation import ROOT
from toolkit.policy_check.findings import KNOWN
from toolkit.policy_check.report import Finding, Report, Subject

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "tmsVerdict/v1"
_LEVELS: dict[Severity, str] = {"critical": "error", "high": "error", "medium": "warning", "low": "note"}
_SCORES: dict[Severity, str] = {"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "2.0"}
"""What code scanning sorts by: a score as of CVSS, of which each severity has a range."""


def _descriptor(rule: Rule, pages: str) -> dict[str, Any]:
    controls = f"\n\nControls: {', '.join(rule.controls)}" if rule.controls else ""
    why = f"{rule.what} {rule.why}".strip()
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.what},
        "fullDescription": {"text": why},
        "help": {
            "text": f"{why}\n\nWrite: {rule.remedy}{controls}",
            "markdown": f"{why}\n\n**Write:** `{rule.remedy}`{controls}",
        },
        **({"helpUri": f"{pages}/{rule.page}"} if pages else {}),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "security-severity": _SCORES[rule.severity],
            "severity": rule.severity,
            "tags": ["security", *rule.controls],
        },
    }


def _artifact(subject: Subject) -> dict[str, Any]:
    """Return the file that stands for what was judged: within the current folder by its path from there."""
    path, folder = Path(subject.file).absolute(), Path.cwd()
    uri = quote(path.relative_to(folder).as_posix()) if path.is_relative_to(folder) else path.as_uri()
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": 1}}}


def fingerprints(findings: Sequence[Finding]) -> list[str]:
    """Return what a finding is recognised by in another run: rule, resource, and which one of several.

    Not the message: a better wording must not make every known finding a new one.
    """
    counts: Counter[tuple[str, str]] = Counter()
    prints: list[str] = []
    for finding in findings:
        key = (finding.rule, finding.urn)
        prints.append(hashlib.sha256("\n".join((*key, str(counts[key]))).encode()).hexdigest())
        counts[key] += 1
    return prints


def _result(finding: Finding, index: int, fingerprint: str, subject: Subject) -> dict[str, Any]:
    logical = {"name": finding.resource, "fullyQualifiedName": finding.urn, "kind": "resource"}
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message}. Write: {finding.remedy}"},
        "locations": [
            {
                **(_artifact(subject) if subject.file else {}),
                **({"logicalLocations": [logical]} if finding.urn else {}),
            }
        ],
        "partialFingerprints": {FINGERPRINT: fingerprint},
        "properties": {
            "severity": finding.severity,
            "enforcement": finding.level,
            "type": finding.type,
            "remedy": finding.remedy,
        },
    }


def render(report: Report, pages: str | None = None) -> str:
    """Return a report as a SARIF log of one run.

    Args:
        report: What to show.
        pages: Where this repository can be read, for the links to the rules' pages; None for this
            checkout, or for no links outside one.
    """
    rules = [rule for name, rule in KNOWN.items() if name not in report.disabled]
    index = {rule.id: number for number, rule in enumerate(rules)}
    base = (pages or ROOT.as_uri()).rstrip("/")
    marked = zip(report.findings, fingerprints(report.findings), strict=True)
    run = {
        "tool": {
            "driver": {
                "name": pack.NAME,
                "rules": [_descriptor(rule, base) for rule in rules],
            }
        },
        "automationDetails": {"id": f"tms policy check/{report.subject.kind} {report.subject.name}/"},
        "invocations": [{"executionSuccessful": True, "exitCode": 1 if report.failing else 0}],
        "results": [
            _result(finding, index[finding.rule], print_, report.subject) for finding, print_ in marked
        ],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"
