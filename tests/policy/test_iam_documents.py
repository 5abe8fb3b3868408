"""Rules about policy documents, in every place and spelling that carries one."""

import json
from typing import Any

import pytest

from tests.support.policies import UNKNOWN, Declared, check

ACTION = "iam-policy-wildcard-action"
RESOURCE = "iam-policy-wildcard-resource"
SCOPE = "iam-policy-wildcard-scope"
INVERSE = "iam-policy-inverse-elements"
PASSING = "iam-policy-passrole"
VALID = "iam-policy-valid-document"
PUBLIC = "iam-policy-public-principal"
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


@pytest.mark.parametrize("rule", [ACTION, RESOURCE, SCOPE, INVERSE, PASSING, VALID, PUBLIC])
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
        (SCOPE, {"Resource": "arn:aws:dynamodb:*:*:table/trades"}, "leaves the region and the account open"),
        (SCOPE, {"Resource": ["arn:aws:dynamodb:us-east-1:1234567890??:table/trades"]}, "the account open"),
        (SCOPE, {"Resource": "ARN:aws*:dynamodb:us-east-1:123456789012:table/trades"}, "the partition open"),
        (
            SCOPE,
            {"Resource": "arn:aws:bedrock:*::foundation-model/a.b", "Action": "bedrock:InvokeModel"},
            "the region open",
        ),
        (SCOPE, {"Resource": "arn:aws:dynamodb:us-east-1:123456789012:table/trade-*"}, None),
        (SCOPE, {"Resource": "arn:aws:s3:::trades/*"}, None),
        (SCOPE, {"Resource": "*"}, None),
        (SCOPE, {"Resource": "arn:aws:dynamodb:*:*:table/trades", "Effect": "Deny"}, None),
        (RESOURCE, {"Resource": "*", "Effect": "Deny"}, None),
        (RESOURCE, {"Resource": "arn:aws:s3:::*", "Action": "s3:PutObject"}, "s3:PutObject on"),
        (RESOURCE, {"Resource": "arn:aws:s3:::documents/trades/*", "Action": "s3:PutObject"}, None),
        (INVERSE, {"Action": ..., "NotAction": "iam:*"}, "allows by NotAction"),
        (INVERSE, {"Resource": ..., "NotResource": "*"}, "allows by NotResource"),
        (INVERSE, {"NotPrincipal": {"AWS": "123456789012"}}, "allows by NotPrincipal"),
        (INVERSE, {"Action": ..., "NotAction": "iam:*", "Effect": "Deny"}, None),
        (PASSING, {"Action": "iam:PassRole", "Resource": "*"}, "iam:PassRole on '*'"),
        (
            PASSING,
            {"Action": "IAM:pass*", "Resource": "arn:aws:iam::123456789012:role/*"},
            "iam:PassRole on",
        ),
        (PASSING, {"Action": "iam:PassRole"}, "without saying to which service"),
        (
            PASSING,
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
        (VALID, {"Resource": ...}, "statement 0 has no Resource, so AWS refuses"),
        (VALID, {"Resource": ..., "NotResource": TABLE_ARN}, None),
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
    ("text", "expected"),
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
def test_a_document_must_be_readable(text: str, expected: str) -> None:
    check(VALID, expected, Declared("iam/policy:Policy", {"policy": text}))


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
    text = json.dumps({"Statement": [{"DataIdentifier": [], "Operation": {"Deidentify": {}}}]})
    check(VALID, None, Declared(token, {"policy": text}))


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
    resources = policy(Action="sqs:ListQueues", Resource="*"), policy(Action="dynamodb:Scan", Resource="*")
    check(RESOURCE, None, resources[0])
    check(RESOURCE, "dynamodb:Scan", resources[1])
    check(RESOURCE, None, resources[1], config={"unlimitedActions": ["dynamodb:scan"]})
