"""Rules about log groups, alarms and trails."""

from dataclasses import replace
from typing import Any

import pytest

from tests.support.policies import UNKNOWN, Declared, check

NOT_PROVEN = "cannot be proven at preview"
RETENTION = "cloudwatch-log-group-retention"
ACTIONS = "cloudwatch-alarm-actions"
MISSING = "cloudwatch-alarm-missing-data"
DIMENSIONS = "cloudwatch-alarm-dimensions"
TARGET = "cloudwatch-alarm-declared-target"
QUEUES = "cloudwatch-queue-alarms"
TRAIL = "cloudtrail-trail-"


def alarm(uses: dict[str, list[str]] | None = None, **props: object) -> Declared:
    return Declared("cloudwatch/metricAlarm:MetricAlarm", props, "bell", uses=uses or {})


@pytest.mark.parametrize(
    ("props", "expected"),
    [
        ({"retentionInDays": 365}, None),
        ({"retentionInDays": "400"}, None),
        ({}, "retentionInDays of logs is missing"),
        ({"retentionInDays": 0}, "is 0: logs are kept and paid for ever"),
        ({"retentionInDays": 30}, "is 30, not 365 or more"),
        ({"retentionInDays": UNKNOWN}, NOT_PROVEN),
    ],
)
def test_logs_are_kept_for_a_set_time(props: dict[str, Any], expected: str | None) -> None:
    group = Declared("cloudwatch/logGroup:LogGroup", props, "logs")
    check(RETENTION, expected, group)


def test_how_long_logs_are_kept_is_a_setting() -> None:
    group = Declared("cloudwatch/logGroup:LogGroup", {"retentionInDays": 30}, "logs")
    check(RETENTION, None, group, config={"minimumDays": 30})


@pytest.mark.parametrize(
    ("rule", "props", "expected"),
    [
        (ACTIONS, {"alarmActions": ["arn"]}, None),
        (ACTIONS, {"alarmActions": UNKNOWN}, None),
        (ACTIONS, {"alarmActions": [UNKNOWN], "actionsEnabled": True}, None),
        (ACTIONS, {}, "alarmActions of bell is missing"),
        (ACTIONS, {"alarmActions": []}, "alarmActions of bell is missing"),
        (ACTIONS, {"alarmActions": ["arn"], "actionsEnabled": False}, "actionsEnabled of bell is False"),
        (ACTIONS, {"alarmActions": ["arn"], "actionsEnabled": UNKNOWN}, NOT_PROVEN),
        (MISSING, {"treatMissingData": "breaching"}, None),
        (MISSING, {}, "treatMissingData of bell is missing"),
        (MISSING, {"treatMissingData": "missing"}, "is 'missing'"),
        (MISSING, {"treatMissingData": UNKNOWN}, NOT_PROVEN),
        (DIMENSIONS, {"namespace": "AWS/SQS", "dimensions": {"QueueName": "q"}}, None),
        (DIMENSIONS, {"namespace": "AWS/SQS", "dimensions": UNKNOWN}, None),
        (DIMENSIONS, {"namespace": "AWS/SQS", "dimensions": {"QueueName": UNKNOWN}}, None),
        (DIMENSIONS, {"namespace": "AWS/Lambda"}, None),
        (DIMENSIONS, {"namespace": "Own"}, None),
        (DIMENSIONS, {"metricQueries": [{"id": "a"}]}, None),
        (DIMENSIONS, {"namespace": "AWS/SQS"}, "dimensions of bell is empty"),
        (DIMENSIONS, {"namespace": "AWS/SQS", "dimensions": {}}, "dimensions of bell is empty"),
        (DIMENSIONS, {"namespace": "AWS/SQS", "dimensions": {"QueueName": ""}}, "dimensions.QueueName"),
        (DIMENSIONS, {"namespace": UNKNOWN}, NOT_PROVEN),
        (DIMENSIONS, {"namespace": UNKNOWN, "dimensions": {"QueueName": "q"}}, None),
        (DIMENSIONS, {"metricQueries": UNKNOWN}, NOT_PROVEN),
        (
            DIMENSIONS,
            {"metricQueries": [{"metric": {"namespace": "AWS/SQS", "metricName": "Sent"}}]},
            "metricQueries[0].metric.dimensions of bell is empty",
        ),
    ],
)
def test_an_alarm_is_judged_as_it_is_declared(rule: str, props: dict[str, Any], expected: str | None) -> None:
    check(rule, expected, alarm(**props))


def test_what_an_alarm_may_leave_out_are_settings() -> None:
    check(MISSING, None, alarm(treatMissingData="missing"), config={"allowed": ["missing"]})
    check(DIMENSIONS, None, alarm(namespace="AWS/SQS"), config={"withoutDimensions": ["AWS/SQS"]})


def queue(name: str, **props: object) -> Declared:
    return Declared("sqs/queue:Queue", {"name": name, **props}, name)


def on_queue(name: object, metric: str = "ApproximateAgeOfOldestMessage", **extra: Any) -> Declared:  # noqa: ANN401 - wire values
    watcher = alarm(namespace="AWS/SQS", metricName=metric, dimensions={"QueueName": name}, **extra)
    return replace(watcher, name=f"{name}-{metric}")


@pytest.mark.parametrize(
    ("watcher", "expected"),
    [
        (on_queue("work"), None),
        (on_queue(UNKNOWN, uses={"dimensions": ["work"]}), None),
        (on_queue("wrok"), "is 'wrok', and this stack declares no such Queue"),
        (on_queue(UNKNOWN), NOT_PROVEN),
        (alarm(namespace="Own", dimensions={"QueueName": "wrok"}), None),
        (alarm(namespace="AWS/SQS"), None),
        (alarm(namespace="AWS/SQS", dimensions=UNKNOWN, uses={"dimensions": ["work"]}), None),
        (alarm(namespace="AWS/SQS", dimensions=UNKNOWN), NOT_PROVEN),
        (alarm(metricQueries=UNKNOWN), NOT_PROVEN),
        (
            alarm(
                metricQueries=[
                    {"metric": {"namespace": "AWS/DynamoDB", "dimensions": {"TableName": "nowhere"}}}
                ]
            ),
            "metricQueries[0].metric.dimensions.TableName of bell",
        ),
    ],
)
def test_an_alarm_watches_what_the_stack_declares(watcher: Declared, expected: str | None) -> None:
    check(TARGET, expected, queue("work"), queue("other"), watcher)


def test_what_an_alarm_watches_elsewhere_is_a_setting() -> None:
    check(TARGET, None, on_queue("theirs"), config={"elsewhere": ["theirs"]})


REDRIVE = '{"deadLetterTargetArn": "arn:aws:sqs:us-east-1:123456789012:dead", "maxReceiveCount": 3}'
PAIR = (queue("work", redrivePolicy=REDRIVE), queue("dead"))
DEPTH = "ApproximateNumberOfMessagesVisible"


@pytest.mark.parametrize(
    ("alarms", "expected"),
    [
        ((on_queue("work"), on_queue("dead", DEPTH)), None),
        ((on_queue("work"),), f"watches {DEPTH} of the dead-letter queue dead"),
        ((on_queue("dead", DEPTH),), "watches ApproximateAgeOfOldestMessage of the work queue work"),
        ((on_queue("work", DEPTH), on_queue("dead", DEPTH)), "work queue work"),
        ((on_queue(UNKNOWN), on_queue("dead", DEPTH)), "work queue work"),
        ((), "dead-letter queue dead"),
    ],
)
def test_queues_have_their_alarms(alarms: tuple[Declared, ...], expected: str | None) -> None:
    check(QUEUES, expected, *PAIR, *alarms)


def test_alarms_that_another_stack_declares_are_not_demanded() -> None:
    check(QUEUES, "no alarm of this stack", *PAIR)
    check(QUEUES, None, *PAIR, config={"required": False})


def test_an_alarm_on_a_metric_of_ones_own_watches_no_queue() -> None:
    custom = on_queue("work")
    custom = replace(custom, props={**custom.props, "namespace": "Own"})
    check(QUEUES, "work queue work", *PAIR, custom, on_queue("dead", DEPTH))


def test_a_queue_is_dead_lettered_by_any_of_the_others() -> None:
    elsewhere = queue("far", redrivePolicy=REDRIVE.replace(":dead", ":outside"))
    alarms = (on_queue("work"), on_queue("dead", DEPTH))
    far = Declared(alarms[0].type, {**alarms[0].props, "dimensions": {"QueueName": "far"}}, "far-bell")
    check(QUEUES, None, *PAIR, elsewhere, *alarms, far)


SOUND = {
    "isMultiRegionTrail": True,
    "enableLogFileValidation": True,
    "kmsKeyId": UNKNOWN,
    "cloudWatchLogsGroupArn": UNKNOWN,
    "cloudWatchLogsRoleArn": UNKNOWN,
}


@pytest.mark.parametrize(
    ("rule", "changed", "expected"),
    [
        ("multi-region", {"isMultiRegionTrail": None}, "isMultiRegionTrail of trail is missing"),
        ("multi-region", {"isMultiRegionTrail": UNKNOWN}, NOT_PROVEN),
        ("logging", {"enableLogging": False}, "enableLogging of trail is False"),
        ("logging", {"enableLogging": UNKNOWN}, NOT_PROVEN),
        ("global-events", {"includeGlobalServiceEvents": False}, "includeGlobalServiceEvents of trail"),
        ("global-events", {"includeGlobalServiceEvents": UNKNOWN}, NOT_PROVEN),
        ("log-file-validation", {"enableLogFileValidation": False}, "is False"),
        ("log-file-validation", {"enableLogFileValidation": UNKNOWN}, NOT_PROVEN),
        ("encryption", {"kmsKeyId": ""}, "kmsKeyId of trail is missing"),
        ("log-group", {"cloudWatchLogsGroupArn": None}, "cloudWatchLogsGroupArn of trail is missing"),
        ("log-group", {"cloudWatchLogsRoleArn": None}, "cloudWatchLogsRoleArn of trail is missing"),
    ],
)
def test_a_trail_records_everything_and_is_guarded(rule: str, changed: dict[str, Any], expected: str) -> None:
    check(TRAIL + rule, None, Declared("cloudtrail/trail:Trail", SOUND, "trail"))
    check(TRAIL + rule, expected, Declared("cloudtrail/trail:Trail", {**SOUND, **changed}, "trail"))
