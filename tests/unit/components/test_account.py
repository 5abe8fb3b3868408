"""What watches the account: the audit trail, and what it costs."""

import json
from typing import Any

import pytest

from components.naming import Naming
from tests.support.stackfile import ACCOUNT, PROJECT, changed, everything, registered

NAMING = Naming("us-east-1", ACCOUNT)
TRAIL = f"arn:aws:cloudtrail:us-east-1:{ACCOUNT}:trail/trade-matching-system-audit-production"
TOPIC = NAMING.topic("trade-matching-system-agentcore-alerts-production")
BUCKET = "arn:aws:s3:::trade-matching-system-agentcore-logs-production"
Bags = dict[str, dict[str, Any]]


def with_setting(path: str, value: object) -> Bags:
    """What is registered, by logical name, with one setting changed."""
    return {
        resource.name: resource.inputs
        for resource in registered(changed(everything("local"), path, value), "local")
    }


def fields(selector: dict[str, Any]) -> dict[str, list[str]]:
    """What a selector names, by field."""
    return {
        selected["field"]: next(values for key, values in selected.items() if key != "field")
        for selected in selector["fieldSelectors"]
    }


def test_the_trail_records_every_region_and_a_changed_file_shows(complete: Bags) -> None:
    trail = complete["trail"]
    assert trail["isMultiRegionTrail"] is True
    assert trail["includeGlobalServiceEvents"] is True
    assert trail["enableLogFileValidation"] is True
    assert trail["kmsKeyId"] == "arn:of:stack-key"
    assert (trail["s3BucketName"], trail["s3KeyPrefix"]) == (complete["audit"]["bucket"], "cloudtrail")


def test_the_trail_names_management_events_and_the_documents_alone() -> None:
    resources = with_setting("auditTrail.tableEvents", ...)
    management, documents = resources["trail"]["advancedEventSelectors"]
    assert fields(management) == {"eventCategory": ["Management"]}
    assert fields(documents) == {
        "eventCategory": ["Data"],
        "resources.type": ["AWS::S3::Object"],
        "resources.ARN": ["arn:aws:s3:::trade-matching-system-agentcore-production/"],
    }


@pytest.mark.parametrize(("choice", "read_only"), [("writes", ["false"]), ("all", None)])
def test_events_of_tables_are_a_setting(choice: str, read_only: list[str] | None) -> None:
    *_, tables = with_setting("auditTrail.tableEvents", choice)["trail"]["advancedEventSelectors"]
    selectors = fields(tables)
    assert selectors["resources.type"] == ["AWS::DynamoDB::Table"]
    assert NAMING.table("BankTradeData") in selectors["resources.ARN"]
    assert len(selectors["resources.ARN"]) == len(everything("local")[f"{PROJECT}:tables"])
    assert selectors.get("readOnly") == read_only


def test_files_and_log_group_of_a_trail_are_encrypted_with_one_key(complete: Bags) -> None:
    assert complete["trail"]["kmsKeyId"] == complete["trail-logs"]["kmsKeyId"] == "arn:of:stack-key"


def test_a_trail_may_do_without_a_key() -> None:
    resources = with_setting("auditTrail.encryption", "AES256")
    assert not {"kmsKeyId"} & {*resources["trail"], *resources["trail-logs"]}


def test_the_audit_bucket_lets_cloudtrail_in_for_this_trail_and_its_own_prefix(complete: Bags) -> None:
    statements = {
        entry["Sid"]: entry for entry in json.loads(complete["audit-policy"]["policy"])["Statement"]
    }
    reads, delivers = statements["TrailReadsAcl"], statements["TrailDelivery"]
    assert {statement["Principal"]["Service"] for statement in (reads, delivers)} == {
        "cloudtrail.amazonaws.com"
    }
    assert (reads["Action"], reads["Resource"]) == ("s3:GetBucketAcl", BUCKET)
    assert reads["Condition"] == {"StringEquals": {"aws:SourceArn": TRAIL}}
    assert delivers["Action"] == "s3:PutObject"
    assert delivers["Resource"] == f"{BUCKET}/cloudtrail/AWSLogs/{ACCOUNT}/*"
    assert delivers["Condition"] == {
        "StringEquals": {"aws:SourceArn": TRAIL, "s3:x-amz-acl": "bucket-owner-full-control"}
    }


def test_log_files_of_the_trail_are_kept_as_long_as_access_logs(complete: Bags) -> None:
    rules = {rule["id"]: rule for rule in complete["audit-lifecycle"]["rules"]}
    assert rules["trail"]["filter"] == {"prefix": "cloudtrail/"}
    assert rules["trail"]["expiration"] == rules["logs"]["expiration"] == {"days": 2555}


def test_former_versions_of_log_files_go_when_current_ones_move_to_glacier(complete: Bags) -> None:
    """A log is never changed: a former version is what somebody overwrote or deleted."""
    rules = {rule["id"]: rule for rule in complete["audit-lifecycle"]["rules"]}
    for name in ("trail", "logs"):
        assert rules[name]["transitions"] == [{"days": 90, "storageClass": "GLACIER"}]
        assert rules[name]["noncurrentVersionExpiration"] == {"noncurrentDays": 90}


def test_the_log_groups_role_is_cloudtrails_for_this_trail_and_writes_its_streams_only(
    complete: Bags,
) -> None:
    role = complete["trail-logs-writer"]
    (trusted,) = json.loads(role["assumeRolePolicy"])["Statement"]
    assert trusted["Condition"]["StringEquals"]["aws:SourceArn"] == TRAIL
    (granted,) = json.loads(complete["trail-logs-permissions"]["policy"])["Statement"]
    group = complete["trail"]["cloudWatchLogsGroupArn"].removesuffix(":*")
    assert granted["Resource"] == [f"{group}:log-stream:{ACCOUNT}_CloudTrail_us-east-1*"]
    assert complete["trail"]["cloudWatchLogsRoleArn"] == NAMING.role(role["name"])


def test_without_the_setting_nobody_is_let_in_for_a_trail() -> None:
    resources = with_setting("auditTrail", ...)
    assert not {"trail", "trail-logs", "trail-logs-writer"} & set(resources)
    documents = resources["audit-policy"]["policy"], resources["stack-key"]["policy"]
    assert not [document for document in documents if "cloudtrail" in document]
    assert [rule["id"] for rule in resources["audit-lifecycle"]["rules"]] == ["logs", "abandoned-uploads"]


def test_the_budget_tells_the_topic_before_and_when_the_limit_is_met_or_forecast(complete: Bags) -> None:
    budget = complete["monthly"]
    assert (budget["limitAmount"], budget["limitUnit"], budget["timeUnit"]) == ("1000", "USD", "MONTHLY")
    thresholds = {
        (notification["notificationType"], notification["threshold"])
        for notification in budget["notifications"]
    }
    assert thresholds == {("ACTUAL", 80), ("ACTUAL", 100), ("FORECASTED", 100)}
    assert all(notification["subscriberSnsTopicArns"] == [TOPIC] for notification in budget["notifications"])


def test_a_billing_alarm_holds_a_month_to_date_figure_against_a_monthly_limit(complete: Bags) -> None:
    alarm = complete["billing-AmazonDynamoDB"]
    assert alarm["dimensions"] == {"Currency": "USD", "ServiceName": "AmazonDynamoDB"}
    assert (alarm["statistic"], alarm["period"], alarm["threshold"]) == ("Maximum", 21600, 100)
    assert alarm["treatMissingData"] == "notBreaching"
    assert alarm["alarmActions"] == [TOPIC]


def test_anomalies_are_told_to_the_topic_at_once_and_to_people_once_a_day() -> None:
    resources = with_setting("cost.notify", ["owner@example.com"])
    at_once, daily = resources["anomalies-immediate"], resources["anomalies-daily"]
    assert at_once["frequency"] == "IMMEDIATE"
    assert at_once["subscribers"] == [{"type": "SNS", "address": TOPIC}]
    assert daily["frequency"] == "DAILY"
    assert daily["subscribers"] == [{"type": "EMAIL", "address": "owner@example.com"}]
    assert at_once["monitorArnLists"] == daily["monitorArnLists"] == ["arn:of:anomalies"]
    assert resources["monthly"]["notifications"][0]["subscriberEmailAddresses"] == ["owner@example.com"]


def test_people_alone_can_be_told() -> None:
    config = changed(everything("local"), "observability", ...)
    config = changed(config, "cost.services", ...)
    config = changed(config, "cost.notify", ["owner@example.com"])
    resources = {resource.name: resource.inputs for resource in registered(config, "local")}
    assert all(
        "subscriberSnsTopicArns" not in notification for notification in resources["monthly"]["notifications"]
    )
    assert "anomalies-daily" in resources
    assert "anomalies-immediate" not in resources
    assert not [name for name in resources if name.startswith("billing-")]


def test_anomaly_detection_is_a_setting() -> None:
    resources = with_setting("cost.anomalies", ...)
    assert "monthly" in resources
    assert not [name for name in resources if name.startswith("anomalies")]
