"""What of topics, logs and alarms differs, and what only looks so."""

import json
from typing import Any

import pytest

from embedded.aws.plugin.diffing import Change, compare
from embedded.aws.plugin.schema import schema_of
from embedded.aws.plugin.types import MODELS

GROUP = "aws:cloudwatch/logGroup:LogGroup"
FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter"
ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm"
TOPIC = "aws:sns/topic:Topic"
SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription"
NOTIFICATION = "aws:s3/bucketNotification:BucketNotification"


def differences(token: str, state: dict[str, Any], inputs: dict[str, Any]) -> list[Change]:
    schema = schema_of(token)
    assert schema is not None
    return compare(MODELS[token], schema.inputs, state, inputs)


@pytest.mark.parametrize(
    ("token", "state", "inputs"),
    [
        pytest.param(GROUP, {"retentionInDays": 0, "logGroupClass": "STANDARD"}, {}, id="kept forever"),
        pytest.param(
            GROUP,
            {"logGroupClass": "DELIVERY", "retentionInDays": 2},
            {"logGroupClass": "DELIVERY", "retentionInDays": 30},
            id="retention that is AWS's",
        ),
        pytest.param(GROUP, {"deletionProtectionEnabled": True}, {}, id="protection left out"),
        pytest.param(FILTER, {"pattern": "ERROR"}, {"pattern": " ERROR\n"}, id="spaces around a pattern"),
        pytest.param(
            FILTER,
            {"metricTransformation": {"name": "a", "unit": "None"}},
            {"metricTransformation": {"name": "a"}},
            id="no unit",
        ),
        pytest.param(
            ALARM,
            {
                "alarmActions": ["a", "b"],
                "treatMissingData": "missing",
                "actionsEnabled": True,
                "threshold": 0,
            },
            {"alarmActions": ["b", "a"]},
            id="order of actions",
        ),
        pytest.param(
            ALARM,
            {"metricQueries": [{"id": "a", "returnData": False}, {"id": "b", "returnData": True}]},
            {"metricQueries": [{"id": "b", "returnData": True}, {"id": "a"}]},
            id="order of queries",
        ),
        pytest.param(
            TOPIC, {"policy": "{}", "signatureVersion": 1, "tracingConfig": "PassThrough"}, {}, id="AWS chose"
        ),
        pytest.param(
            SUBSCRIPTION,
            {"filterPolicy": '{"a":["b"]}', "filterPolicyScope": "MessageAttributes"},
            {"filterPolicy": json.dumps({"a": ["b"]}, indent=1)},
            id="filter written otherwise",
        ),
        pytest.param(
            NOTIFICATION,
            {
                "queues": [{"id": "tf-s3-queue-0", "queueArn": "q", "events": ["a", "b"]}],
                "eventbridge": False,
            },
            {"queues": [{"queueArn": "q", "events": ["b", "a"]}]},
            id="order of events",
        ),
    ],
)
def test_what_means_the_same_is_no_difference(
    token: str, state: dict[str, Any], inputs: dict[str, Any]
) -> None:
    assert differences(token, state, inputs) == []


@pytest.mark.parametrize(
    ("token", "state", "inputs", "change"),
    [
        (GROUP, {"retentionInDays": 30}, {}, Change("retentionInDays", "delete", replaces=False)),
        (
            GROUP,
            {"deletionProtectionEnabled": True},
            {"deletionProtectionEnabled": False},
            Change("deletionProtectionEnabled", "delete", replaces=False),
        ),
        (
            FILTER,
            {"metricTransformation": {"defaultValue": "0"}},
            {"metricTransformation": {}},
            Change("metricTransformation.defaultValue", "delete", replaces=False),
        ),
        (
            ALARM,
            {"metricQueries": [{"id": "a", "expression": "x"}]},
            {"metricQueries": [{"id": "a", "expression": "y"}]},
            Change("metricQueries[0].expression", "update", replaces=False),
        ),
        (
            COMPOSITE,
            {"actionsEnabled": False},
            {},
            Change("actionsEnabled", "add", replaces=True),
        ),
        # as the provider never reads them: github.com/hashicorp/terraform-provider-aws/issues/29804
        (
            SUBSCRIPTION,
            {"endpointAutoConfirms": False},
            {"confirmationTimeoutInMinutes": 1},
            Change("confirmationTimeoutInMinutes", "add", replaces=False),
        ),
    ],
)
def test_a_difference_is_named_by_path_and_kind(
    token: str, state: dict[str, Any], inputs: dict[str, Any], change: Change
) -> None:
    assert differences(token, state, inputs) == [change]
