"""Rules about policy documents, in every place and spelling that carries one."""

import json
from typing import Any

import pytest

from tests.support.policies import UNKNOWN, Declared, check

ACTION = "iam-policy-wildcard-action"
RESOURCE = "iam-policy-wildcard-resource"
INVERSE = "iam-policy-inverse-elements"
PASS_ROLE = "iam-policy-passrole"
VALID = "iam-policy-valid-document"
PUBLIC = "iam-policy-public-principal"
DEPUTY = "iam-role-confused-deputy"
TABLE_ARN = "arn:aws:dynamodb:us-east-1:123456789012:table/trades"
READ: dict[str, Any] = {"Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": TABLE_ARN}
NAMESPACE = {"Condition": {"StringEquals": {"cloudwatch:namespace": "bedrock-agentcore"}}}
NOT_PROVEN = "cannot be proven at preview"


def document(*statements: object) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def policy(**changed: object) -> Declared:
    """A managed policy of one statement; `...` leaves an element out."""
    statement = {key: value for key, value in {**READ, **changed}.items() if value is not ...}
    return Declared("iam/policy:Policy", {"policy": document(statement)})


@pytest.mark.parametrize("rule", [ACTION, RESOURCE, INVERSE, PASS_ROLE, VALID, PUBLIC])
def test_a_narrow_document_satisfies_every_rule(rule: str) -> None:
    check(rule, None, policy())
    check(rule, None, Declared("iam/policy:Policy", {}))


@pytest.mark.parametrize(
    ("rule", "changed", "expected"),
    [
        (ACTION, {"Action": "*"}, "the action '*'"),
        (ACTION, {"Action": ["dynamodb:*"]}, "policy of it, statement 0 allows the action 'dynamodb:*'"),
        (ACTION, {"Action": "s3:Get*", "Sid": "Read"}, "statement 'Read' allows the action 's3:Get*'"),
        (ACTION, {"Action": "DynamoDB:getite?"}, "'DynamoDB:getite?', which covers 1 actions"),
        (ACTION, {"Action": "dynamodb:*", "Effect": "Deny"}, None),
        (ACTION, {"Action": "dynamodb:*", "Effect": "allow"}, "dynamodb:*"),
        (ACTION, {"Action": "dynamodb:*", "Effect": ...}, "dynamodb:*"),
        (RESOURCE, {"Resource": "*"}, "dynamodb:GetItem on '*'"),
        (RESOURCE, {"Resource": [TABLE_ARN, "arn:aws:dynamodb:*:*:table/*"]}, "dynamodb:GetItem on"),
        (RESOURCE, {"Resource": "arn:aws:dynamodb:us-east-1:123456789012:*"}, "dynamodb:GetItem on"),
        (RESOURCE, {"Resource": "arn:aws:dynamodb:us-east-1:123456789012:table/trade-*"}, None),
        (RESOURCE, {"Resource": "*", "Action": "ecr:GetAuthorizationToken"}, None),
        (
            RESOURCE,
            {"Resource": "*", "Action": ["xray:PutTraceSegments", "DYNAMODB:getitem"]},
            "dynamodb:GetItem",
        ),
        (
            RESOURCE,
            {"Resource": "*", "Action": "cloudwatch:PutMetricData"},
            "cloudwatch:PutMetricData on '*'",
        ),
        (RESOURCE, {"Resource": "*", "Action": "cloudwatch:PutMetricData", **NAMESPACE}, None),
        (RESOURCE, {"Resource": "*", "Action": "dynamodb:GetItem", **NAMESPACE}, "dynamodb:GetItem on '*'"),
        (RESOURCE, {"Resource": "*", "Action": "*"}, "every action on '*'"),
        (RESOURCE, {"Resource": "*", "Effect": "Deny"}, None),
        (RESOURCE, {"Resource": "arn:aws:s3:::*", "Action": "s3:PutObject"}, "s3:PutObject on"),
        (RESOURCE, {"Resource": "arn:aws:s3:::documents/trades/*", "Action": "s3:PutObject"}, None),
        (INVERSE, {"Action": ..., "NotAction": "iam:*"}, "allows by NotAction"),
        (INVERSE, {"Resource": ..., "NotResource": "*"}, "allows by NotResource"),
        (INVERSE, {"NotPrincipal": {"AWS": "123456789012"}}, "allows by NotPrincipal"),
        (INVERSE, {"Action": ..., "NotAction": "iam:*", "Effect": "Deny"}, None),
        (PASS_ROLE, {"Action": "iam:PassRole", "Resource": "*"}, "iam:PassRole on '*'"),
        (
            PASS_ROLE,
            {"Action": "IAM:pass*", "Resource": "arn:aws:iam::123456789012:role/*"},
            "iam:PassRole on",
        ),
        (PASS_ROLE, {"Action": "iam:PassRole"}, "without saying to which service"),
        (
            PASS_ROLE,
            {
                "Action": "iam:PassRole",
                "Resource": "arn:aws:iam::123456789012:role/agent",
                "Condition": {"StringEquals": {"iam:PassedToService": "bedrock-agentcore.amazonaws.com"}},
            },
            None,
        ),
        (VALID, {"Action": "dynamodb:GetItems"}, "'dynamodb:GetItems': no such action"),
        (VALID, {"Action": "dynamo:GetItem"}, "no such action"),
        (VALID, {"Action": "bedrock-agentcore:InvokeAgentRuntime"}, None),
        (VALID, {"Action": ...}, "statement 0 has no Action"),
        (VALID, {"Effect": "Permit"}, '"Effect": "Allow" or "Deny"'),
        (VALID, {"Actions": "x"}, "unknown element 'actions'"),
        (VALID, {"Action": [7]}, "not text"),
        (VALID, {"Resource": []}, "not text"),
    ],
)
def test_a_statement_is_judged_as_it_is_written(
    rule: str, changed: dict[str, Any], expected: str | None
) -> None:
    check(rule, expected, policy(**changed))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("{", "not JSON (line 1, column 2)"),
        ("[]", "not a JSON object"),
        ("{}", "it has no Statement"),
        ('{"Statement": [], "Version": "2012-10-17"}', "it has no Statement"),
        ('{"Statement": ["x"]}', "statement 0 is not an object"),
        ('{"Statement": [{"Effect": "Deny", "Effect": "Allow", "Action": "s3:*"}]}', "a key stands twice"),
        ('{"a":' * 5000, "not a valid policy document"),
        (UNKNOWN, NOT_PROVEN),
    ],
)
def test_a_document_must_be_readable(given: str, expected: str) -> None:
    check(VALID, expected, Declared("iam/policy:Policy", {"policy": given}))


WILD = {"Effect": "Allow", "Action": "dynamodb:*", "Resource": TABLE_ARN}


@pytest.mark.parametrize(
    ("token", "props"),
    [
        ("iam/rolePolicy:RolePolicy", {"policy": document(WILD)}),
        ("iam/policy:Policy", {"policy": json.dumps({"statement": WILD})}),
        ("iam/policy:Policy", {"policy": {"Statement": [WILD]}}),
        ("iam/role:Role", {"inlinePolicies": [{"name": "a", "policy": document(READ, WILD)}]}),
        ("iam/role:Role", {"assumeRolePolicy": document({**WILD, "Principal": {"AWS": "123456789012"}})}),
        ("sqs/queue:Queue", {"policy": document(WILD)}),
        ("s3/bucketV2:BucketV2", {"policy": document(WILD)}),
        ("ec2/vpcEndpoint:VpcEndpoint", {"policy": document(WILD)}),
        ("future/thing:Thing", {"settings": [{"access": document(WILD)}]}),
        ("future/thing:Thing", {"settings": {"access": {"Statement": WILD}}}),
    ],
)
def test_every_place_that_carries_a_document_is_read(token: str, props: dict[str, Any]) -> None:
    check(ACTION, "'dynamodb:*'", Declared(token, props))


@pytest.mark.parametrize("token", ["sns/dataProtectionPolicy:DataProtectionPolicy"])
def test_a_document_about_masking_data_is_no_access_policy(token: str) -> None:
    given = json.dumps({"Statement": [{"DataIdentifier": [], "Operation": {"Deidentify": {}}}]})
    check(VALID, None, Declared(token, {"policy": given}))


def test_an_unknown_inside_a_known_document_is_not_proven() -> None:
    hidden = {"Statement": [{"Effect": "Allow", "Action": [UNKNOWN], "Resource": UNKNOWN}]}
    check(ACTION, NOT_PROVEN, Declared("future/thing:Thing", {"access": hidden}))
    check(RESOURCE, NOT_PROVEN, Declared("future/thing:Thing", {"access": hidden}))
    check(VALID, NOT_PROVEN, Declared("iam/role:Role", {"inlinePolicies": UNKNOWN}))


def test_a_key_may_be_administered_by_its_own_account_only() -> None:
    root = {
        "Effect": "Allow",
        "Action": "kms:*",
        "Resource": "*",
        "Principal": {"AWS": "arn:aws:iam::123456789012:root"},
    }
    check(ACTION, None, Declared("kms/key:Key", {"policy": document(root)}))
    check(RESOURCE, None, Declared("kms/key:Key", {"policy": document(root)}))
    check(ACTION, "kms:*", Declared("kms/key:Key", {"policy": document({**root, "Principal": "*"})}))


def test_actions_that_know_no_named_resource_are_a_setting() -> None:
    given = policy(Action="sqs:ListQueues", Resource="*"), policy(Action="dynamodb:Scan", Resource="*")
    check(RESOURCE, None, given[0])
    check(RESOURCE, "dynamodb:Scan", given[1])
    check(RESOURCE, None, given[1], config={"unlimitedActions": ["dynamodb:scan"]})


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
        ({"Condition": {"Bool": {"aws:SecureTransport": "true"}}}, "allows everybody"),
    ],
)
def test_nothing_is_allowed_to_everybody(changed: dict[str, Any], expected: str | None) -> None:
    check(PUBLIC, expected, queue_policy(**changed))


def test_a_principal_or_caller_that_is_not_known_is_not_proven() -> None:
    one = {"Effect": "Allow", "Action": "sqs:SendMessage", "Principal": {"AWS": UNKNOWN}}
    other = {**one, "Principal": "*", "Condition": {"StringEquals": {"aws:SourceAccount": UNKNOWN}}}
    for statement in (one, other):
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
