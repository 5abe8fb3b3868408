"""A report as JUnit XML: each rule is a test case, which fails with the resources that break it."""

import re

from junitparser import Failure, JUnitXml, Skipped, TestCase, TestSuite

from toolkit.engine import pack
from toolkit.policy_check.findings import KNOWN
from toolkit.policy_check.report import Finding, Report

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _text(findings: list[Finding]) -> str:
    return _clean(
        "\n\n".join(
            f"{finding.urn}\n{finding.message}\nWrite: {finding.remedy}\nSee {finding.page}"
            + (f" ({', '.join(finding.controls)})" if finding.controls else "")
            for finding in findings
        )
    )


def _clean(text: str) -> str:
    """Return a text without what XML cannot hold in any spelling, such as control characters."""
    return _NOT_XML.sub("\ufffd", text)


def _case(rule: str, report: Report) -> TestCase:
    """Return the test case of a rule: it fails by what makes the check fail, and tells of the rest."""
    case = TestCase(rule, classname=KNOWN[rule].severity)
    failing = [finding for finding in report.failing if finding.rule == rule]
    passing = [finding for finding in report.findings if finding.rule == rule and not report.fails(finding)]
    if rule in report.disabled:
        case.result = [Skipped("disabled by the configuration")]
    elif failing:
        names = ", ".join(dict.fromkeys(finding.resource or "the stack" for finding in failing))
        failure = Failure(_clean(f"{KNOWN[rule].what} Not so: {names}"), failing[0].severity)
        failure.text = _text(failing)
        case.result = [failure]
    if passing:
        case.system_out = _text(passing)
    return case


def render(report: Report) -> str:
    """Return a report as one suite with a test case for every rule."""
    suite = TestSuite(_clean(f"policy check of {report.subject.kind} {report.subject.name}"))
    suite.add_testcases([_case(rule, report) for rule in KNOWN])
    document = JUnitXml(pack.NAME)
    document.add_testsuite(suite)
    document.update_statistics()
    return document.tostring().decode() + "\n"
