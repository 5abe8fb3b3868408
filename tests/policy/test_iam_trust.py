"""Rules about who may use what a document grants: everybody, and services on behalf of others."""

import json
from typing import Any

import pytest

from tests.support.policies import UNKNOWN, Declared, check

PUBLIC = "iam-policy-public-principal"
DEPUTY = "iam-role-confused-deputy"
NOT_PROVEN = "cannot be proven at preview"


def document(*statements: object) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def queue_policy(**changed: object) -> Declared:
    arn = "arn:aws:sqs:us-east-1:123456789012:q"
    base = {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": arn}
    return Declared("sqs/queuePolicy:QueuePolicy", {"policy": document({**base, **changed})})


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "allows everybody"),
        ({"Principal": {"AWS": "*"}}, "allows everybody"),
        ({"Principal": {"AWS": ["123456789012", "*"]}}, "allows everybody"),
        ({"Principal": {"aws": ["*"]}}, "allows everybody"),
        ({"Principal": {"AWS": "123456789012"}}, None),
        ({"Effect": "Deny"}, None),
        ({"Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}}}, None),
        ({"Condition": {"ArnLike": {"AWS:SourceArn": "arn:aws:sns:us-east-1:123456789012:*"}}}, None),
        ({"Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:*:*"}}}, "allows everybody"),
        ({"Condition": {"StringLike": {"aws:PrincipalOrgID": "*"}}}, "allows everybody"),
        ({"Condition": {"StringEqualsIfExists": {"aws:SourceAccount": "123456789012"}}}, "allows everybody"),
        ({"Condition": {"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "0.0.0.0/0"]}}}, "allows everybody"),
        ({"Condition": {"IpAddress": {"aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"]}}}, "allows everybody"),
        ({"Condition": {"IpAddress": {"aws:SourceIp": "2000::/3"}}}, "allows everybody"),
        ({"Condition": {"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "203.0.113.7", "fc00::/7"]}}}, None),
        ({"Condition": {"Bool": {"aws:SecureTransport": "true"}}}, "allows everybody"),
    ],
)
def test_nothing_is_allowed_to_everybody(changed: dict[str, Any], expected: str | None) -> None:
    check(PUBLIC, expected, queue_policy(**changed))


def test_a_principal_or_caller_that_is_not_known_is_not_proven() -> None:
    by_principal = {"Effect": "Allow", "Action": "sqs:SendMessage", "Principal": {"AWS": UNKNOWN}}
    by_account = {
        **by_principal,
        "Principal": "*",
        "Condition": {"StringEquals": {"aws:SourceAccount": UNKNOWN}},
    }
    for statement in (by_principal, by_account):
        check(
            PUBLIC,
            NOT_PROVEN,
            Declared("sqs/queuePolicy:QueuePolicy", {"policy": {"Statement": [statement]}}),
        )


BOTH = {
    "StringEquals": {"aws:SourceAccount": "123456789012"},
    "ArnLike": {"aws:SourceArn": "arn:aws:bedrock-agentcore:us-east-1:123456789012:*"},
}


def role(service: str, condition: object) -> Declared:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sts:AssumeRole",
        "Condition": condition,
    }
    return Declared("iam/role:Role", {"assumeRolePolicy": document(statement)})


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (BOTH, None),
        ({}, "without a fixed aws:SourceAccount"),
        ({"StringEquals": BOTH["StringEquals"]}, "without a fixed aws:SourceArn"),
        ({**BOTH, "ArnLike": {"aws:SourceArn": "*"}}, "without a fixed aws:SourceArn"),
        (None, "without a fixed aws:SourceArn"),
    ],
)
def test_a_service_assumes_a_role_for_a_named_account_and_resource(
    condition: object, expected: str | None
) -> None:
    check(DEPUTY, expected, role("bedrock-agentcore.amazonaws.com", condition))


def test_services_that_send_no_source_are_a_setting() -> None:
    check(DEPUTY, None, role("lambda.amazonaws.com", {}))
    check(DEPUTY, "lambda.amazonaws.com", role("lambda.amazonaws.com", {}), config={"exemptServices": []})
