"""Rules about any resource: replacement of what holds data, names, and secrets in plain text."""

from typing import Any

import pytest

from tests.support.policies import UNKNOWN, Declared, check, findings

NOT_PROVEN = "cannot be proven at preview"


def test_what_holds_data_is_not_deleted_before_it_is_replaced() -> None:
    rule, topic = "account-resource-delete-before-replace", Declared("sns/topic:Topic", delete_first=True)
    check(rule, "delete_before_replace", Declared("dynamodb/table:Table", delete_first=True))
    check(rule, None, Declared("dynamodb/table:Table"))
    check(rule, None, topic)
    check(rule, "delete_before_replace", topic, config={"types": ["aws:sns/topic:Topic"]})


@pytest.mark.parametrize(
    ("name", "expected"),
    [("tms-a", None), ("a", "does not match"), (None, "is missing"), (UNKNOWN, NOT_PROVEN)],
)
def test_names_match_the_patterns_that_are_set(name: object, expected: str | None) -> None:
    resource = Declared("sqs/queue:Queue", {"name": name})
    check("account-resource-naming", None, resource)
    patterns = {"aws:sqs/queue:Queue.name": "tms-.+", "aws:s3/bucket:Bucket.bucket": "never"}
    check("account-resource-naming", expected, resource, config={"patterns": patterns})


AWS_KEY = f"AKIA{'Z' * 16}"
SECRETS = "account-resource-plain-secrets"
VARIABLES = "ecs/taskDefinition:TaskDefinition"


@pytest.mark.parametrize(
    ("token", "props", "expected"),
    [
        (
            "lambda/function:Function",
            {"environment": {"variables": {"DB_PASSWORD": "hunter2!"}}},
            "DB_PASSWORD",
        ),
        ("lambda/function:Function", {"environment": {"variables": {"ID": AWS_KEY}}}, "an AWS access key"),
        ("lambda/function:Function", {"environment": {"variables": {"MAX_TOKEN": "4096"}}}, None),
        ("lambda/function:Function", {"environment": {"variables": {"API_TOKEN": UNKNOWN}}}, NOT_PROVEN),
        (
            "lambda/function:Function",
            {"environment": {"variables": {"DB_SECRET": "arn:aws:secretsmanager:us-east-1:1:secret:a"}}},
            None,
        ),
        (
            VARIABLES,
            {"containerDefinitions": '[{"environment":[{"name":"API_KEY","value":"hunter2!"}]}]'},
            "value",
        ),
        (
            VARIABLES,
            {"containerDefinitions": '[{"secrets":[{"name":"API_KEY","valueFrom":"hunter2!"}]}]'},
            None,
        ),
        ("rds/instance:Instance", {"password": "hunter2!"}, "password of it"),
        ("rds/instance:Instance", {"passwordWo": "hunter2!"}, None),
        ("rds/instance:Instance", {"password": UNKNOWN}, NOT_PROVEN),
        (
            "bedrock/agentcoreApiKeyCredentialProvider:AgentcoreApiKeyCredentialProvider",
            {"apiKey": "hunter2!"},
            "apiKey",
        ),
        (
            "bedrock/agentcoreOauth2CredentialProvider:AgentcoreOauth2CredentialProvider",
            {"oauth2ProviderConfig": {"customOauth2ProviderConfig": {"clientSecret": "hunter2!"}}},
            "clientSecret",
        ),
        ("secretsmanager/secretVersion:SecretVersion", {"secretString": AWS_KEY}, None),
        ("secretsmanager/secretVersion:SecretVersion", {"secretString": '{"password": "hunter2!"}'}, None),
        ("secretsmanager/secretVersion:SecretVersion", {"secretStringWo": '[{"token": "hunter2!"}]'}, None),
        ("secretsmanager/secretVersion:SecretVersion", {"secretStringToken": "hunter2!"}, "plain text"),
        ("ssm/parameter:Parameter", {"type": "SecureString", "value": '{"password": "hunter2!"}'}, None),
        ("ssm/parameter:Parameter", {"type": "SecureString", "value": AWS_KEY, "name": "/a/token"}, None),
        (
            "ssm/parameter:Parameter",
            {"type": "String", "value": "hunter2!", "name": "/a/token"},
            "value of it",
        ),
        ("sqs/queue:Queue", {"name": "postgres://app:hunter2!@db/x"}, "an address with a password"),
        ("cognito/userPoolClient:UserPoolClient", {"tokenValidityUnits": {"accessToken": "minutes"}}, None),
    ],
)
def test_no_property_holds_a_secret(token: str, props: dict[str, Any], expected: str | None) -> None:
    resource = Declared(token, props)
    check(SECRETS, expected, resource)
    assert not any(secret in text for text in findings(SECRETS, resource) for secret in ("hunter2", AWS_KEY))


def test_a_parameter_is_encrypted_in_its_value_alone() -> None:
    token = "ssm/parameter:Parameter"  # noqa: S105 - a type
    check(SECRETS, 'type="SecureString"', Declared(token, {"name": "/token", "value": "hunter2!"}))
    described = Declared(token, {"type": "SecureString", "value": "hunter2!", "description": AWS_KEY})
    check(SECRETS, "the ARN or name of a secret", described)


def test_names_of_secrets_and_places_for_them_are_settings() -> None:
    resource = Declared("sqs/queue:Queue", {"pin": "hunter2!"})
    check(SECRETS, None, resource)
    check(SECRETS, "pin of it", resource, config={"names": "^pin$"})
    check(SECRETS, None, resource, config={"names": "^pin$", "places": ["aws:sqs/queue:Queue.pin"]})
    check(SECRETS, None, resource, config={"names": "^pin$", "harmlessNames": ["PIN"]})
