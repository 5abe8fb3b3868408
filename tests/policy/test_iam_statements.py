"""Rules about statements whose parts do not meet, are too long, stand twice, or give power over others."""

import json
from typing import Any

import pytest

from tests.support.policies import UNKNOWN, Declared, check
from tms_policies.documents.actions import expanded
from tms_policies.documents.condition_keys import known_key
from tms_policies.documents.privileged_actions import (
    CREDENTIALS,
    destroys,
    gives_credentials,
    manages_permissions,
)
from tms_policies.rules.iam_size import LIMITS

MATCH = "iam-policy-action-resource-match"
KEYS = "iam-policy-condition-keys"
IDLE = "iam-policy-idle-statement"
TWICE = "iam-policy-duplicate-statement"
SIZE = "iam-policy-size"
MANAGE = "iam-policy-permission-management"
CREDENTIAL = "iam-policy-credentials-exposure"
TABLE = "arn:aws:dynamodb:us-east-1:123456789012:table/trades"
OBJECTS = "arn:aws:s3:::trade-documents/BANK/*"
BUCKET = "arn:aws:s3:::trade-documents"
GROUP = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/bedrock-agentcore/runtimes/x"


def allow(action: object, resource: object, **extra: object) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **extra}


def policy(*statements: object) -> Declared:
    text = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
    return Declared("iam/policy:Policy", {"policy": text})


@pytest.mark.parametrize(
    ("action", "resource", "expected"),
    [
        ("dynamodb:GetItem", TABLE, None),
        ("dynamodb:getitem", TABLE, None),
        ("dynamodb:Query", f"{TABLE}/index/by-party", None),
        ("dynamodb:GetItem", f"{TABLE}/index/by-party", None),
        ("dynamodb:GetItem", "*", None),
        ("dynamodb:GetItem", "arn:aws:sqs:us-east-1:123456789012:q", "'dynamodb:GetItem', which can be used"),
        ("s3:GetObject", BUCKET, "arn:<Partition>:s3:::<BucketName>/<ObjectName>"),
        ("s3:GetObject", "arn:aws:s3:::trade-*", None),
        ("s3:ListBucket", OBJECTS, "'s3:ListBucket'"),
        (["s3:GetObject", "s3:ListBucket"], [BUCKET, OBJECTS], None),
        (["s3:GetObject"], [BUCKET, OBJECTS], "the resource 'arn:aws:s3:::trade-documents', which none"),
        ("logs:PutLogEvents", GROUP, "'logs:PutLogEvents'"),
        ("logs:PutLogEvents", f"{GROUP}:*", None),
        ("logs:DescribeLogStreams", GROUP, None),
        ("ecr:GetAuthorizationToken", "*", None),
        ("ecr:GetAuthorizationToken", "arn:aws:ecr:us-east-1:123456789012:repository/a", '"Resource": "*"'),
        ("bedrock:InvokeModel", "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0", None),
        ("bedrock:InvokeModel", "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.x", None),
        (
            "bedrock-agentcore:InvokeAgentRuntime",
            "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/pdf-x1/runtime-endpoint/DEFAULT",
            None,
        ),
        ("iam:PassRole", "arn:aws:iam::123456789012:role/service/x", None),
        ("kms:Decrypt", "arn:aws:kms:us-east-1:123456789012:key/${aws:PrincipalTag/key}", None),
        ("s3:*", TABLE, "'s3:*'"),
        ("s3:Get*", OBJECTS, None),
        ("s3:NoSuchThing", TABLE, None),
        ("sqs:SendMessage", "arn:aws:sqs:us-east-1:123456789012:q:extra", None),
        ("sqs:SendMessage", "arn:aws:sqs*", None),
        ("sqs:SendMessage", "arn:aws:sns*", "'sqs:SendMessage'"),
    ],
)
def test_an_action_and_a_resource_can_meet(action: object, resource: object, expected: str | None) -> None:
    check(MATCH, expected, policy(allow(action, resource)))


def test_what_is_not_known_may_match() -> None:
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": [BUCKET, UNKNOWN]}
    check(MATCH, None, Declared("iam/policy:Policy", {"policy": {"Statement": [statement]}}))


@pytest.mark.parametrize(
    ("action", "condition", "expected"),
    [
        ("s3:ListBucket", {"StringLike": {"s3:prefix": "BANK/*"}}, None),
        ("s3:GetObject", {"StringLike": {"s3:prefix": "BANK/*"}}, "requests for s3:GetObject do not carry"),
        (["s3:GetObject", "s3:ListBucket"], {"StringLike": {"s3:prefix": "BANK/*"}}, None),
        ("s3:Get*", {"StringLike": {"s3:prefix": "BANK/*"}}, None),
        ("s3:GetObject", {"StringEquals": {"s3:ExistingObjectTag/class": "public"}}, None),
        ("s3:GetObject", {"StringEquals": {"AWS:SourceVpce": "vpce-1"}}, None),
        ("s3:GetObject", {"StringEquals": {"aws:SorceVpce": "vpce-1"}}, "'aws:SorceVpce', which does not"),
        ("s3:GetObject", {"StringEquals": {"s3:NoSuchKey": "1"}}, "does not exist"),
        ("s3:GetObject", {"StringEqual": {"aws:SourceVpce": "vpce-1"}}, "operator 'stringequal'"),
        ("s3:GetObject", {"ForAnyValue:StringEqualsIfExists": {"aws:CalledVia": "x"}}, None),
        ("s3:GetObject", {"Null": {"aws:SourceVpce": "false"}}, None),
        ("kms:Decrypt", {"StringEquals": {"kms:EncryptionContext:aws:s3:arn": BUCKET}}, None),
        ("iam:PassRole", {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}, None),
    ],
)
def test_a_condition_is_on_a_key_that_requests_carry(
    action: object, condition: object, expected: str | None
) -> None:
    check(KEYS, expected, policy(allow(action, "*", Condition=condition)))


def test_a_providers_key_exists_in_trust_policies_only() -> None:
    key = "token.actions.githubusercontent.com:sub"
    assert known_key(key, trust=True)
    assert not known_key("nosuchservice:key", trust=True)
    assert not known_key("tokens-of-nobody:sub")


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"StringEquals": {"aws:SourceVpc": []}}, "has no value, so it never holds"),
        ({"ForAllValues:StringEquals": {"aws:TagKeys": []}}, None),
        ({"Null": {"aws:SourceVpc": "true"}, "StringEquals": {"aws:SourceVpc": "vpc-1"}}, "both absent"),
        ({"Null": {"aws:SourceVpc": True}, "StringEqualsIfExists": {"aws:SourceVpc": "vpc-1"}}, None),
        ({"Null": {"aws:SourceVpc": "false"}, "StringEquals": {"aws:SourceVpc": "vpc-1"}}, None),
    ],
)
def test_a_statement_can_hold(condition: object, expected: str | None) -> None:
    check(IDLE, expected, policy(allow("s3:GetObject", OBJECTS, Condition=condition)))


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (allow(["S3:getobject"], [OBJECTS], Sid="Again"), "statement 'Again' says what statement 0 says"),
        (allow("s3:GetObject", OBJECTS.replace("BANK", "bank")), None),
        (allow("s3:GetObject", OBJECTS, Condition={"Bool": {"aws:SecureTransport": "true"}}), None),
    ],
)
def test_a_statement_stands_once(second: dict[str, Any], expected: str | None) -> None:
    check(TWICE, expected, policy(allow("s3:GetObject", OBJECTS), second))


def test_a_sid_is_given_once() -> None:
    first, second = allow("s3:GetObject", OBJECTS, Sid="Read"), allow("s3:PutObject", OBJECTS, Sid="Read")
    check(TWICE, "a Sid that another statement has", policy(first, second))


@pytest.mark.parametrize(("location", "limit"), LIMITS.items(), ids=str)
def test_a_document_as_long_as_aws_takes_it_passes_and_one_character_more_does_not(
    location: tuple[str, str], limit: int
) -> None:
    token, name = location

    def declared(length: int) -> Declared:
        text = json.dumps({"Statement": "x" * (length - 16)}, indent=4, separators=(",", ":"))
        value: object = [{"name": "a", "policy": text}] if name == "inlinePolicies" else text
        return Declared(token.removeprefix("aws:"), {name: value})

    check(SIZE, None, declared(limit))
    check(SIZE, f"AWS takes {limit}", declared(limit + 1))


@pytest.mark.parametrize(
    ("rule", "action", "config", "expected"),
    [
        (MANAGE, "s3:PutBucketPolicy", {}, "s3:PutBucketPolicy, which changes who may do what"),
        (MANAGE, "IAM:putrolepolicy", {}, "iam:PutRolePolicy"),
        (MANAGE, "sqs:AddPermission", {"allowed": ["sqs:addpermission"]}, None),
        (MANAGE, "sqs:SendMessage", {}, None),
        (MANAGE, "s3:*", {}, None),
        (CREDENTIAL, "iam:CreateAccessKey", {}, "whose answer is a credential"),
        (CREDENTIAL, "sts:AssumeRole", {}, "sts:AssumeRole"),
        (CREDENTIAL, "ecr:GetAuthorizationToken", {}, None),
        (CREDENTIAL, "ecr:GetAuthorizationToken", {"allowed": []}, "ecr:GetAuthorizationToken"),
    ],
)
def test_a_workload_has_no_power_over_others(
    rule: str, action: str, config: dict[str, Any], expected: str | None
) -> None:
    check(rule, expected, policy(allow(action, "*")), config=config)
    check(rule, None, policy(allow(action, "*") | {"Effect": "Deny"}), config=config)


def test_every_action_of_our_tables_exists() -> None:
    assert [action for action in CREDENTIALS if expanded(action) != (action,)] == []
    assert gives_credentials("sts:GetSessionToken")
    assert destroys("dynamodb:DeleteItem")
    assert destroys("dynamodb:BatchWriteItem")
    assert not destroys("s3:DeleteObjectTagging")
    assert manages_permissions("s3:DeleteBucketPolicy")
    assert not destroys("s3:DeleteBucketPolicy")
