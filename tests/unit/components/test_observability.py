"""What is watched: every alarm rings on what is emitted, tells somebody, and says what to do."""

import json
import re
from typing import Any

import pytest

from components.naming import Naming
from components.observability.dashboard import WIDTH
from policy.rules.emitters import KNOWN
from tests.support.stackfile import ACCOUNT, ROOT, changed, everything, registered

NAMING = Naming("us-east-1", ACCOUNT)
TOPIC = NAMING.topic("trade-matching-system-agentcore-alerts-production")
AGENTS = ("pdf-adapter", "trade-extraction", "trade-matching", "exception-management", "orchestrator")
Bags = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def alarms(complete: Bags) -> Bags:
    return {key: one for key, one in complete.items() if "comparisonOperator" in one}


def metrics(alarm: dict[str, Any]) -> list[dict[str, Any]]:
    given = [one["metric"] for one in alarm.get("metricQueries") or [] if "metric" in one]
    return given or [alarm]


def test_each_alarm_watches_a_metric_that_its_service_documents(alarms: Bags) -> None:
    for key, alarm in alarms.items():
        for metric in metrics(alarm):
            assert metric["metricName"] in KNOWN[metric["namespace"]], key
            assert metric["dimensions"], key


def test_each_alarm_tells_the_topic_both_ways_and_says_what_silence_means(alarms: Bags) -> None:
    for alarm in alarms.values():
        assert alarm["alarmActions"] == alarm["okActions"] == [TOPIC]
        assert alarm["treatMissingData"] == "notBreaching"
        assert alarm["name"].startswith("trade-matching-system-production-")
        assert len(alarm["name"]) <= 255


def test_each_alarm_links_to_its_runbook_and_each_runbook_has_an_alarm(alarms: Bags) -> None:
    linked = {re.search(r"Runbook: \S+#(\S+)$", one["alarmDescription"])[1] for one in alarms.values()}  # type: ignore[index]
    written = set(re.findall(r"(?m)^## (\S+)$", (ROOT / "docs/runbooks.md").read_text()))
    assert linked == written


def test_every_queue_table_model_and_agent_is_watched(alarms: Bags, complete: Bags) -> None:
    queues = {one["name"] for one in complete.values() if "visibilityTimeoutSeconds" in one}
    tables = {one["name"] for one in complete.values() if one.get("billingMode")}
    seen = [metric for alarm in alarms.values() for metric in metrics(alarm)]
    assert {one["dimensions"].get("QueueName") for one in seen} - {None} == queues
    assert {one["dimensions"].get("TableName") for one in seen} - {None} == tables
    assert {one["dimensions"].get("ModelId") for one in seen} - {None} == {
        "us.amazon.nova-pro-v1:0",
        "us.anthropic.claude-3-5-sonnet-20241022-v2:0",
    }
    for agent in AGENTS:
        assert {f"{agent}-calls", f"{agent}-errors", f"{agent}-latency"} <= set(alarms)
        assert alarms[f"{agent}-calls"]["dimensions"]["Operation"] == "InvokeAgentRuntime"


def test_errors_of_dynamodb_are_summed_over_the_operations_that_emit_them(alarms: Bags) -> None:
    queries = alarms["bank-trades-system-errors"]["metricQueries"]
    watched = {one["metric"]["dimensions"]["Operation"] for one in queries if "metric" in one}
    assert watched == {"GetItem", "PutItem", "Query", "Scan"}
    (total,) = [one for one in queries if "expression" in one]
    assert total["expression"] == "FILL(m0, 0) + FILL(m1, 0) + FILL(m2, 0) + FILL(m3, 0)"
    assert total["returnData"] is True


def test_requests_of_the_documents_bucket_are_counted(complete: Bags) -> None:
    metric = complete["documents-requests"]
    assert metric["bucket"] == "trade-matching-system-agentcore-production"
    assert complete["documents-client-errors"]["dimensions"]["FilterId"] == metric["name"]


def test_a_threshold_is_a_setting() -> None:
    config = changed(everything("local"), "observability.thresholds", {"queueMessages": 7})
    made = {one.name: one.inputs for one in registered(config, "local")}
    assert made["matching-depth"]["threshold"] == 7


def test_log_groups_have_the_names_of_the_guidelines_and_those_that_agentcore_writes_to(
    complete: Bags,
) -> None:
    groups = {one["name"]: one for one in complete.values() if "retentionInDays" in one}
    expected = {f"/aws/bedrock/agentcore/{agent}" for agent in AGENTS}
    expected |= {"/aws/apigateway/trade-matching-api", "/aws/lambda/s3-event-processor-production"}
    expected |= {"/aws/cloudtrail/trade-matching-system-production"}
    service = set(groups) - expected
    assert len(service) == len(AGENTS)
    assert all(re.fullmatch(r"/aws/bedrock-agentcore/runtimes/.+-live", one) for one in service)
    assert all(one["retentionInDays"] == 365 for one in groups.values())


def test_the_topic_is_encrypted_and_only_alarms_of_this_account_publish(complete: Bags) -> None:
    assert complete["alarms"]["kmsMasterKeyId"] == "arn:of:stack-key"
    deny, allow = json.loads(complete["alarms-policy"]["policy"])["Statement"]
    assert deny["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert allow["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    assert allow["Action"] == "sns:Publish"


def test_people_are_told_by_e_mail() -> None:
    config = changed(everything("local"), "observability.emails", ["ops@example.com"])
    made = {one.name: one.inputs for one in registered(config, "local")}
    assert made["alarms-email-0"]["endpoint"] == "ops@example.com"


def test_the_dashboard_fits_and_shows_documented_metrics_only(complete: Bags) -> None:
    widgets = json.loads(complete["flow"]["dashboardBody"])["widgets"]
    taken: set[tuple[int, int]] = set()
    for widget in widgets:
        own = {
            (x, y)
            for x in range(widget["x"], widget["x"] + widget["width"])
            for y in range(widget["y"], widget["y"] + widget["height"])
        }
        assert widget["x"] + widget["width"] <= WIDTH
        assert not own & taken
        taken |= own
        for namespace, name, *_ in widget["properties"].get("metrics", []):
            assert name in KNOWN[namespace]
    titles = [one["properties"].get("title", "") for one in widgets]
    stages = [title for title in titles if title[:1].isdigit()]
    assert [title[0] for title in stages] == ["1", "2", "3", "4", "5"]
