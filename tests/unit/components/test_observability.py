"""What is watched: every alarm rings on what is emitted, tells somebody, and says what to do."""

import json
import re
from typing import Any

import pytest

from components.monitored import monitored
from components.naming import Naming
from components.observability.dashboard import body
from components.observability.widgets import WIDTH
from tests.support.stackfile import (
    ACCOUNT,
    PROJECT,
    ROOT,
    assembled,
    changed,
    everything,
    registered,
    stack_config,
)
from tms_policies.rules.emitters import KNOWN

NAMING = Naming("us-east-1", ACCOUNT)
TOPIC = NAMING.topic("trade-matching-system-agentcore-alerts-production")
AGENTS: dict[str, Any] = stack_config("local")[f"{PROJECT}:agents"]
Bags = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def alarms(complete: Bags) -> Bags:
    return {key: inputs for key, inputs in complete.items() if "comparisonOperator" in inputs}


def metrics(alarm: dict[str, Any]) -> list[dict[str, Any]]:
    queried = [query["metric"] for query in alarm.get("metricQueries") or [] if "metric" in query]
    return queried or [alarm]


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
    linked = {re.search(r"Runbook: \S+#(\S+)$", alarm["alarmDescription"])[1] for alarm in alarms.values()}  # type: ignore[index]
    written = set(re.findall(r"(?m)^## (\S+)$", (ROOT / "docs/runbooks.md").read_text()))
    assert linked == written


def test_every_queue_table_model_and_agent_is_watched(alarms: Bags, complete: Bags) -> None:
    queues = {inputs["name"] for inputs in complete.values() if "visibilityTimeoutSeconds" in inputs}
    tables = {inputs["name"] for inputs in complete.values() if inputs.get("billingMode")}
    watched = [metric for alarm in alarms.values() for metric in metrics(alarm)]
    assert {metric["dimensions"].get("QueueName") for metric in watched} - {None} == queues
    assert {metric["dimensions"].get("TableName") for metric in watched} - {None} == tables
    assert {metric["dimensions"].get("ModelId") for metric in watched} - {None} == {
        f"{model['profile']}.{model['id']}" for agent in AGENTS.values() for model in agent["models"]
    }
    for agent in AGENTS:
        assert {f"{agent}-calls", f"{agent}-errors", f"{agent}-latency"} <= set(alarms)


def test_requests_to_the_bucket_are_shown_and_its_errors_ring(alarms: Bags, complete: Bags) -> None:
    bucket = complete["documents"]["bucket"]
    rings = {
        metric["metricName"]: metric["dimensions"]["BucketName"]
        for alarm in alarms.values()
        for metric in metrics(alarm)
        if metric["namespace"] == "AWS/S3"
    }
    assert rings == {"4xxErrors": bucket, "5xxErrors": bucket}
    dashboard = complete["flow"]["dashboardBody"]
    for name in ("GetRequests", "PutRequests", "4xxErrors", "5xxErrors"):
        assert f'["AWS/S3","{name}","BucketName","{bucket}"' in dashboard.replace(", ", ","), name


def test_an_agent_is_watched_through_its_own_endpoint_and_the_services(alarms: Bags) -> None:
    """Calls that name no endpoint go to DEFAULT; each metric needs all three dimensions."""
    for agent, name in (("trade-matching", "trade_matching_ai"), ("pdf-adapter", "pdf_adapter_agent")):
        for kind in ("calls", "errors", "latency"):
            dimensions = [metric["dimensions"] for metric in metrics(alarms[f"{agent}-{kind}"])]
            assert {dimension_set["Name"] for dimension_set in dimensions} == {
                f"{name}::live",
                f"{name}::DEFAULT",
            }
            assert all(dimension_set["Operation"] == "InvokeAgentRuntime" for dimension_set in dimensions)
            assert all(dimension_set["Resource"] == f"arn:of:{agent}-runtime" for dimension_set in dimensions)


def test_latencies_of_two_endpoints_are_not_added(alarms: Bags) -> None:
    queries = alarms["trade-matching-latency"]["metricQueries"]
    assert [query["expression"] for query in queries if "expression" in query] == [
        "MAX([FILL(m0, 0), FILL(m1, 0)])"
    ]
    assert {query["metric"]["stat"] for query in queries if "metric" in query} == {"p95"}


def test_an_alarm_asks_for_no_more_metrics_than_aws_takes(alarms: Bags) -> None:
    """CloudWatch API reference, MetricDataQuery: up to 10 metrics in an alarm."""
    assert max(len(metrics(alarm)) for alarm in alarms.values()) <= 10


def test_errors_of_dynamodb_are_summed_over_the_operations_that_emit_them(alarms: Bags) -> None:
    queries = alarms["bank-trades-system-errors"]["metricQueries"]
    watched = {query["metric"]["dimensions"]["Operation"] for query in queries if "metric" in query}
    assert watched == {"GetItem", "PutItem", "Query", "Scan"}
    (total,) = [query for query in queries if "expression" in query]
    assert total["expression"] == "FILL(m0, 0) + FILL(m1, 0) + FILL(m2, 0) + FILL(m3, 0)"
    assert total["returnData"] is True


def test_requests_of_the_documents_bucket_are_counted(complete: Bags) -> None:
    metric = complete["documents-requests"]
    assert metric["bucket"] == "trade-matching-system-agentcore-production"
    assert complete["documents-client-errors"]["dimensions"]["FilterId"] == metric["name"]
    assert complete["reports-requests"]["filter"] == {"prefix": "reports/"}


def test_a_threshold_is_a_setting() -> None:
    config = changed(everything("local"), "observability.thresholds", {"queueMessages": 7})
    resources = {resource.name: resource.inputs for resource in registered(config, "local")}
    assert resources["matching-depth"]["threshold"] == 7


def test_log_groups_have_the_names_of_the_guidelines_and_those_that_agentcore_writes_to(
    complete: Bags,
) -> None:
    watched = {key: inputs for key, inputs in complete.items() if key != "trail-logs"}
    groups = {inputs["name"]: inputs for inputs in watched.values() if "retentionInDays" in inputs}
    expected = {agent["logGroup"] for agent in AGENTS.values()}
    expected |= {"/aws/apigateway/trade-matching-api", "/aws/lambda/s3-event-processor-production"}
    expected |= {"/aws/cloudtrail/trade-matching-system-production"}
    service = set(groups) - expected
    of_runtimes = {f"/aws/bedrock-agentcore/runtimes/{agent}-runtime-id" for agent in AGENTS}
    assert service == {f"{group}-{endpoint}" for group in of_runtimes for endpoint in ("live", "DEFAULT")}
    assert all(group["retentionInDays"] == 365 for group in groups.values())
    assert all(group["kmsKeyId"] == "arn:of:stack-key" for group in groups.values())


def test_the_topic_is_encrypted_and_only_alarms_of_this_account_publish(complete: Bags) -> None:
    assert complete["alarms"]["kmsMasterKeyId"] == "arn:of:stack-key"
    deny, allow = json.loads(complete["alarms-policy"]["policy"])["Statement"]
    assert deny["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert allow["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    assert allow["Action"] == "sns:Publish"


def test_another_key_for_the_topic_makes_the_stacks_own_unnecessary() -> None:
    key = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    config = stack_config("local")
    for path, value in (("key", ...), ("auditTrail.encryption", key), ("observability.topicKey", key)):
        config = changed(config, path, value)
    resources = {resource.name: resource.inputs for resource in registered(config, "local")}
    assert resources["alarms"]["kmsMasterKeyId"] == key
    assert "kmsKeyId" not in resources["trade-matching-logs"]


def test_people_are_told_by_e_mail() -> None:
    config = changed(everything("local"), "observability.emails", ["ops@example.com"])
    resources = {resource.name: resource.inputs for resource in registered(config, "local")}
    assert resources["alarms-email-0"]["endpoint"] == "ops@example.com"


def shown(complete: Bags) -> list[dict[str, Any]]:
    widgets: list[dict[str, Any]] = json.loads(complete["flow"]["dashboardBody"])["widgets"]
    return widgets


def named(line: list[Any]) -> list[tuple[str, str]]:
    """Give (namespace, name) of the metrics that a line of a graph shows; a search names them in its text."""
    if isinstance(line[0], dict):
        expression = str(line[0]["expression"])
        return re.findall(r"\{([\w/-]+),[\w,]+\} MetricName=\"(\w+)\"", expression)
    return [(line[0], line[1])]


def test_the_dashboard_fits_and_nothing_lies_over_another(complete: Bags) -> None:
    occupied: set[tuple[int, int]] = set()
    for widget in shown(complete):
        area = {
            (x, y)
            for x in range(widget["x"], widget["x"] + widget["width"])
            for y in range(widget["y"], widget["y"] + widget["height"])
        }
        assert area
        assert widget["x"] + widget["width"] <= WIDTH
        assert not area & occupied
        occupied |= area


def test_the_dashboard_shows_documented_metrics_only(complete: Bags) -> None:
    namespaces: set[str] = set()
    for widget in shown(complete):
        for line in widget["properties"].get("metrics", []):
            metrics_of_line = named(line)
            assert metrics_of_line, line
            for namespace, name in metrics_of_line:
                assert name in KNOWN[namespace], line
                namespaces.add(namespace)
    assert namespaces == {
        f"AWS/{name}" for name in ("Bedrock", "Bedrock-AgentCore", "Billing", "DynamoDB", "S3", "SQS")
    }


def test_the_dashboard_follows_a_trade_from_document_to_report(complete: Bags) -> None:
    graphs = {widget["properties"].get("title", ""): widget for widget in shown(complete)}
    stages = [title for title in graphs if title[:1].isdigit()]
    assert stages == [
        "1 Document arrives",
        "2 Extraction",
        "3 Matching",
        "4 Exceptions",
        "5 Review by people",
        "6 Reports",
        "1 pdf-adapter",
        "2 trade-extraction",
        "3 trade-matching",
        "4 exception-management",
        "5 On desks",
        "6 Orchestrator",
    ]
    for title, below in zip(stages[:6], stages[6:], strict=True):
        assert graphs[title]["x"] == graphs[below]["x"]
    (calls, *_) = graphs["3 trade-matching"]["properties"]["metrics"]
    assert (
        'MetricName="Invocations" Operation="InvokeAgentRuntime" '
        '(Name="trade_matching_ai::live" OR Name="trade_matching_ai::DEFAULT")'
    ) in calls[0]["expression"]
    assert graphs["Costs since the month began, USD"]["properties"]["region"] == "us-east-1"


def test_a_dashboard_without_desks_reports_and_agents_has_no_empty_graph() -> None:
    """AWS asks for a metric in each graph."""
    whole = assembled(everything("local"))
    queues = {key: queue for key, queue in whole.queues.items() if key in ("matching", "hitl-review")}
    documents = whole.documents.model_copy(update={"prefixes": {}})
    less = whole.model_copy(update={"queues": queues, "documents": documents, "agents": {}, "ingest": None})
    widgets = json.loads(body(monitored(less), less.region))["widgets"]
    assert all(widget["type"] == "text" or widget["properties"]["metrics"] for widget in widgets)
    texts = [widget["properties"]["markdown"] for widget in widgets if widget["type"] == "text"]
    assert "### 6 Reports\nnot declared" in texts
    assert max(widget["x"] + widget["width"] for widget in widgets) == WIDTH
