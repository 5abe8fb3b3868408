"""What of the newer types differs, what only looks so, and what replaces them."""

import json
from typing import Any

import pytest

from embedded.aws.plugin.checking import Checker
from embedded.aws.plugin.diffing import Change, compare
from embedded.aws.plugin.schema import schema_of
from embedded.aws.plugin.types import MODELS
from embedded.aws.plugin.values import UNKNOWN

REPOSITORY = "aws:ecr/repository:Repository"
LIFECYCLE = "aws:ecr/lifecyclePolicy:LifecyclePolicy"
RUNTIME = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime"
GROUP = "aws:ec2/securityGroup:SecurityGroup"
RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
TRAIL = "aws:cloudtrail/trail:Trail"
BUDGET = "aws:budgets/budget:Budget"
MONITOR = "aws:costexplorer/anomalyMonitor:AnomalyMonitor"
ANOMALIES = "aws:costexplorer/anomalySubscription:AnomalySubscription"
TLS = {"protocol": "tcp", "fromPort": 443, "toPort": 443}


def differences(token: str, state: dict[str, Any], inputs: dict[str, Any]) -> list[Change]:
    schema = schema_of(token)
    assert schema is not None
    return compare(MODELS[token], schema.inputs, state, inputs)


def lifecycle(*rules: dict[str, Any]) -> str:
    return json.dumps({"rules": rules})


def rule(priority: int, **selection: object) -> dict[str, Any]:
    return {"rulePriority": priority, "selection": selection, "action": {"type": "expire"}}


def notice(threshold: float, *addresses: str) -> dict[str, Any]:
    return {"notificationType": "ACTUAL", "threshold": threshold, "subscriberEmailAddresses": [*addresses]}


@pytest.mark.parametrize(
    ("token", "state", "inputs"),
    [
        pytest.param(
            LIFECYCLE,
            {"policy": lifecycle(rule(1, tagPrefixList=["a", "b"]), rule(2, tagPrefixList=[]))},
            {"policy": lifecycle(rule(2), rule(1, tagPrefixList=["b", "a"]))},
            id="order of lifecycle rules and tags",
        ),
        pytest.param(
            REPOSITORY,
            {"encryptionConfigurations": [{"encryptionType": "KMS", "kmsKey": "arn:made"}]},
            {"encryptionConfigurations": [{"encryptionType": "KMS"}]},
            id="key that AWS manages",
        ),
        pytest.param(
            REPOSITORY,
            {
                "encryptionConfigurations": [{"encryptionType": "AES256", "kmsKey": ""}],
                "imageScanningConfiguration": {"scanOnPush": True},
            },
            {},
            id="blocks left out",
        ),
        pytest.param(
            RUNTIME,
            {
                "lifecycleConfigurations": [{"idleRuntimeSessionTimeout": 900, "maxLifetime": 28800}],
                "networkConfiguration": {
                    "networkModeConfig": {"subnets": ["b", "a"], "requireServiceS3Endpoint": True}
                },
            },
            {"networkConfiguration": {"networkModeConfig": {"subnets": ["a", "b"]}}},
            id="lifecycle and endpoint that AWS chose",
        ),
        pytest.param(
            GROUP,
            {"ingress": [{**TLS, "cidrBlocks": ["10.0.0.0/16", "10.1.0.0/16"], "self": True}]},
            {
                "ingress": [
                    {**TLS, "protocol": "6", "cidrBlocks": ["10.1.0.0/16"]},
                    {**TLS, "protocol": "TCP", "cidrBlocks": ["10.0.0.0/16"], "self": True},
                ]
            },
            id="rules written apart",
        ),
        pytest.param(GROUP, {"egress": [{**TLS, "self": True}]}, {}, id="rules of somebody else"),
        pytest.param(
            RULE,
            {"ipProtocol": "-1", "cidrIpv4": "10.0.0.0/8"},
            {"ipProtocol": "All", "fromPort": -1, "toPort": -1, "cidrIpv4": "10.0.0.0/8"},
            id="every protocol",
        ),
        pytest.param(ENDPOINT, {"ipAddressType": "ipv4"}, {"ipAddressType": "IPv4"}, id="case of a word"),
        pytest.param(
            TRAIL,
            {"eventSelectors": [{"includeManagementEvents": True, "readWriteType": "All"}]},
            {"eventSelectors": [{}]},
            id="selector of everything",
        ),
        pytest.param(
            TRAIL,
            {"advancedEventSelectors": [{"fieldSelectors": [{"field": "b"}, {"field": "a"}]}]},
            {"advancedEventSelectors": [{"fieldSelectors": [{"field": "a"}, {"field": "b"}]}]},
            id="order of fields",
        ),
        pytest.param(
            BUDGET,
            {
                "limitAmount": "100.0",
                "notifications": [notice(80.0, "a", "b"), {**notice(100.0), "subscriberSnsTopicArns": ["t"]}],
                "costTypes": {"includeTax": True, "useBlended": False},
                "timePeriodStart": "2026-11-01_00:00",
            },
            {
                "limitAmount": "100",
                "notifications": [
                    {
                        "notificationType": "ACTUAL",
                        "threshold": 100,
                        "subscriberSnsTopicArns": ["t"],
                    },
                    notice(80, "b", "a"),
                ],
                "costTypes": {},
            },
            id="amounts, defaults and order of a budget",
        ),
        pytest.param(
            ANOMALIES,
            {
                "thresholdExpression": {
                    "ands": [{"tags": {"values": ["x", "y"]}}, {"dimension": {"key": "k"}}]
                },
                "accountId": "123456789012",
            },
            {
                "thresholdExpression": {
                    "ands": [{"dimension": {"key": "k"}}, {"tags": {"values": ["y", "x"]}}]
                }
            },
            id="order within a threshold",
        ),
    ],
)
def test_what_means_the_same_is_no_difference(
    token: str, state: dict[str, Any], inputs: dict[str, Any]
) -> None:
    assert differences(token, state, inputs) == []


@pytest.mark.parametrize(
    ("token", "state", "inputs", "replaces"),
    [
        pytest.param(
            LIFECYCLE,
            {"policy": lifecycle(rule(1, countNumber=3))},
            {"policy": lifecycle(rule(1, countNumber=4))},
            True,
            id="another lifecycle",
        ),
        pytest.param(
            RUNTIME,
            {"agentRuntimeArtifact": {"containerConfiguration": {"containerUri": "a"}}},
            {"agentRuntimeArtifact": {"containerConfiguration": {"containerUri": "b"}}},
            False,
            id="another image",
        ),
        pytest.param(
            RUNTIME,
            {"agentRuntimeArtifact": {"containerConfiguration": {"containerUri": "a"}}},
            {"agentRuntimeArtifact": {"codeConfiguration": {"runtime": "PYTHON_3_13"}}},
            True,
            id="code instead of an image",
        ),
        pytest.param(
            RULE, {"cidrIpv4": "10.0.0.0/8"}, {"cidrIpv4": "10.0.0.0/16"}, False, id="another range"
        ),
        pytest.param(TRAIL, {"enableLogging": False}, {}, False, id="logging that was stopped"),
        pytest.param(
            BUDGET,
            {"notifications": [notice(80, "a")]},
            {"notifications": [notice(80, "b")]},
            False,
            id="another address",
        ),
        pytest.param(BUDGET, {"name": "a"}, {"name": "b"}, True, id="another name of a budget"),
        pytest.param(MONITOR, {"name": "a"}, {"name": "b"}, False, id="another name of a monitor"),
        pytest.param(
            MONITOR,
            {"monitorSpecification": '{"And":null,"Tags":null}'},
            {"monitorSpecification": '{"Tags":null}'},
            True,
            id="a null left out, as the provider judges it",
        ),
        pytest.param(ANOMALIES, {"name": "a"}, {"name": "b"}, True, id="another name of a subscription"),
        pytest.param(
            RULE, {"cidrIpv4": "10.0.0.0/8"}, {"cidrIpv6": "::/0"}, True, id="another kind of range"
        ),
        pytest.param(
            ENDPOINT,
            {"vpcEndpointType": "Interface", "privateDnsEnabled": False},
            {"vpcEndpointType": "Interface", "privateDnsEnabled": True},
            False,
            id="private DNS of interfaces",
        ),
        pytest.param(
            ENDPOINT,
            {"vpcEndpointType": "GatewayLoadBalancer", "privateDnsEnabled": False},
            {"vpcEndpointType": "GatewayLoadBalancer", "privateDnsEnabled": True},
            True,
            id="private DNS of another type",
        ),
    ],
)
def test_a_change_replaces_only_what_cannot_have_it(
    token: str, state: dict[str, Any], inputs: dict[str, Any], *, replaces: bool
) -> None:
    changes = differences(token, state, inputs)
    assert changes
    assert {change.replaces for change in changes} == {replaces}


def test_rules_with_a_group_that_is_not_known_yet_are_compared_as_they_are() -> None:
    rules = [{**TLS, "securityGroups": [UNKNOWN]}]
    assert [change.path for change in differences(GROUP, {"ingress": []}, {"ingress": rules})] == [
        "ingress[0]"
    ]


def test_a_lifecycle_policy_may_be_given_as_an_object() -> None:
    schema, checker = schema_of(LIFECYCLE), Checker()
    assert schema is not None
    document = {"rules": [rule(1, tagStatus="any", countType="imageCountMoreThan", countNumber=3)]}
    checked = checker.bag({"repository": "r", "policy": document}, schema.inputs)
    assert checker.problems == []
    assert json.loads(checked["policy"]) == document
