"""What becomes of cases: their properties afterwards, and what the engine must do to get there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from tests.support.cases.audits import desk, impact
from tests.support.cases.case import IAM, Case, document
from tests.support.cases.images import lifecycle


@dataclass(frozen=True)
class Change:
    """Other properties of one case.

    Attributes:
        name: The case's name.
        props: The properties that are others; None takes one away.
        step: What the engine plans: `update` or `replace`.
    """

    name: str
    props: dict[str, Any]
    step: str = "update"


CHANGES = [
    Change(
        "repository-rich",
        {
            "imageTagMutability": "MUTABLE",
            "imageTagMutabilityExclusionFilters": None,
            "imageScanningConfiguration": {"scanOnPush": False},
            "tags": {"Purpose": "images"},
        },
    ),
    Change("repository-managed-key", {"encryptionConfigurations": [{"encryptionType": "AES256"}]}, "replace"),
    Change("images-rich", {"policy": lifecycle(50)}, "replace"),
    Change(
        "pull-rich",
        {"policy": document("ecr:BatchGetImage", resource=None, principal={"AWS": f"{IAM}:root"})},
    ),
    Change(
        "runtime-rich",
        {
            "description": None,
            "environmentVariables": {"TABLE": "Other"},
            "lifecycleConfigurations": None,
            "requestHeaderConfiguration": None,
            "tags": None,
        },
    ),
    Change(
        "runtime-minimal",
        {
            "agentRuntimeArtifact": {
                "codeConfiguration": {
                    "entryPoints": ["main.py"],
                    "runtime": "PYTHON_3_13",
                    "code": {"s3": {"bucket": "round-trip-rich", "prefix": "agents/minimal.zip"}},
                }
            }
        },
        "replace",
    ),
    Change("endpoint-minimal", {}, "replace"),  # its runtime is another one
    Change("endpoint-rich", {"agentRuntimeVersion": "2", "tags": {"Purpose": "desk"}}),
    Change("memory-rich", {"eventExpiryDuration": 30, "description": "what agents forget", "tags": None}),
    Change("memory-minimal", {"indexedKeys": [{"key": "desk", "type": "STRING"}]}, "replace"),
    Change("group-minimal", {"tags": {"Purpose": "agents"}}),
    Change(
        "group-rich",
        {
            "ingress": [
                {"protocol": "6", "fromPort": 443, "toPort": 443, "cidrBlocks": ["10.0.0.0/16"]},
                {"protocol": "tcp", "fromPort": 8000, "toPort": 8080, "self": True},
            ],
            "egress": [],
        },
    ),
    Change("group-of-rules", {"description": "another text is another group"}, "replace"),
    Change("ingress-minimal", {}, "replace"),  # its group is another one
    Change("ingress-rich", {}, "replace"),
    Change("egress-minimal", {}, "replace"),
    Change("egress-rich", {}, "replace"),
    Change("gateway-minimal", {"routeTableIds": [{"network": "routes"}]}),
    Change("gateway-rich", {"routeTableIds": [], "policy": document("*", resource="*", principal="*")}),
    Change(
        "interface-minimal",
        {"privateDnsEnabled": True, "securityGroupIds": [{"ref": ["group-minimal", "id"]}]},
    ),
    Change(
        "interface-rich",
        {
            "subnetIds": [{"network": "first subnet"}],
            "privateDnsEnabled": False,
            "ipAddressType": "dualstack",
            "tags": {"Purpose": "others"},
        },
    ),
    Change("trail-minimal", {"insightSelectors": [{"insightType": "ApiCallRateInsight"}]}),
    Change(
        "trail-classic",
        {
            "enableLogging": True,
            "eventSelectors": None,
            "insightSelectors": None,
            "s3KeyPrefix": None,
            "snsTopicName": None,
            "tags": {"Purpose": "audit"},
        },
    ),
    Change(
        "trail-rich",
        {
            "advancedEventSelectors": None,
            "eventSelectors": [{"readWriteType": "WriteOnly"}],
            "cloudWatchLogsGroupArn": None,
            "cloudWatchLogsRoleArn": None,
            "enableLogging": False,
            "kmsKeyId": None,
            "tags": None,
        },
    ),
    Change("budget-minimal", {"name": "monthly"}, "replace"),
    Change(
        "budget-rich",
        {
            "limitAmount": "1300",
            "costFilters": [{"name": "Service", "values": ["Amazon DynamoDB"]}],
            "notifications": [
                {
                    "notificationType": "ACTUAL",
                    "comparisonOperator": "GREATER_THAN",
                    "threshold": 80.5,
                    "thresholdType": "PERCENTAGE",
                    "subscriberEmailAddresses": ["third@example.com"],
                },
            ],
            "tags": None,
        },
    ),
    Change("budget-planned", {"plannedLimits": None, "limitAmount": "90", "limitUnit": "USD"}),
    Change("monitor-minimal", {"name": "all services", "tags": {"Purpose": "cost"}}),
    Change("monitor-rich", {"monitorSpecification": desk("swaps")}, "replace"),
    Change("anomalies-minimal", {"frequency": "WEEKLY", "thresholdExpression": impact("200")}),
    Change("anomalies-rich", {"name": "at once"}, "replace"),
]


def changed(cases: Sequence[Case], changes: Sequence[Change] = CHANGES) -> list[Case]:
    """Return the cases with their changes applied.

    Args:
        cases: Cases as they were.
        changes: What is other.

    Returns:
        The same cases with other properties.
    """
    by_name = {change.name: change.props for change in changes}
    return [replace(case, props=_with(case.props, by_name.get(case.name, {}))) for case in cases]


def _with(props: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**props, **changes}.items() if value is not None}
