"""Rules about Lambda functions and their environment variables."""

from typing import Any

import pytest

from tests.support.policies import UNKNOWN, Declared, check, findings

NOT_PROVEN = "cannot be proven at preview"
RUNTIME = "lambda-function-runtime"
SECRETS = "account-resource-plain-secrets"
RESERVED = "lambda-function-reserved-names"
TRACING = "lambda-function-tracing"
TIMEOUT = "lambda-function-timeout"
KEY = "lambda-function-customer-key"
TOKEN = "AKIA" + "A" * 16


def function(**props: object) -> Declared:
    return Declared("lambda/function:Function", {"name": "fn", **props}, "fn")


def environment(**variables: object) -> dict[str, Any]:
    return {"environment": {"variables": variables}}


@pytest.mark.parametrize(
    ("rule", "props", "expected"),
    [
        (RUNTIME, {"runtime": "python3.12"}, None),
        (RUNTIME, {"runtime": "java11.al2023"}, None),
        (RUNTIME, {"packageType": "Image"}, None),
        (RUNTIME, {"runtime": "python3.8"}, "runtime of fn is 'python3.8'"),
        (RUNTIME, {"runtime": UNKNOWN}, NOT_PROVEN),
        (TRACING, {"tracingConfig": {"mode": "Active"}}, None),
        (TRACING, {}, "tracingConfig.mode of fn is missing"),
        (TRACING, {"tracingConfig": {"mode": "PassThrough"}}, "'PassThrough'"),
        (TRACING, {"tracingConfig": {"mode": UNKNOWN}}, NOT_PROVEN),
        (TIMEOUT, {"timeout": 60}, None),
        (TIMEOUT, {}, "timeout of fn is missing, which means 3 s"),
        (TIMEOUT, {"timeout": 901}, "is 901 s, not 5 to 900"),
        (TIMEOUT, {"timeout": UNKNOWN}, NOT_PROVEN),
        (RESERVED, environment(MODE="a"), None),
        (RESERVED, {}, None),
        (RESERVED, environment(AWS_REGION="a"), "environment.variables.AWS_REGION of fn"),
        (RESERVED, environment(AWS_LAMBDA_METADATA_API="a"), "AWS_LAMBDA_METADATA_API of fn"),
        (RESERVED, {"environment": {"variables": UNKNOWN}}, NOT_PROVEN),
        (SECRETS, {}, None),
        (SECRETS, environment(TABLE="t", MAX_TOKENS="5", SECRET_ARN=UNKNOWN, TABLE_NAME=UNKNOWN), None),
        (SECRETS, environment(DB_PASSWORD="arn:aws:secretsmanager:us-east-1:123456789012:secret:a"), None),  # noqa: S106 - a reference
        (SECRETS, environment(DB_PASSWORD=""), None),
        (SECRETS, environment(DB_PASSWORD="x"), "DB_PASSWORD of fn is named like a secret"),  # noqa: S106 - made up
        (SECRETS, environment(clientSecret="x"), "clientSecret of fn is named like a secret"),
        (SECRETS, environment(MODE=TOKEN), "MODE of fn holds an AWS access key"),
        (SECRETS, environment(API_KEY=UNKNOWN), NOT_PROVEN),
    ],
)
def test_a_function_is_judged_as_it_is_declared(
    rule: str, props: dict[str, Any], expected: str | None
) -> None:
    check(rule, expected, function(**props))


def test_what_functions_may_be_are_settings() -> None:
    check(RUNTIME, None, function(runtime="python3.8"), config={"supported": ["python3.8"]})
    check(TIMEOUT, "not 5 to 30", function(timeout=60), config={"maximumSeconds": 30})


@pytest.mark.parametrize(
    ("props", "expected"),
    [
        (environment(A="a") | {"kmsKeyArn": UNKNOWN}, None),
        ({}, None),
        (environment(A="a"), "kmsKeyArn of fn is missing"),
        ({"environment": UNKNOWN}, NOT_PROVEN),
    ],
)
def test_variables_have_a_key_of_ones_own_where_it_is_demanded(
    props: dict[str, Any], expected: str | None
) -> None:
    check(KEY, expected, function(**props), config={"required": True})
    check(KEY, None, function(**props))


def test_no_message_shows_a_secret() -> None:
    messages = findings(SECRETS, function(**environment(DB_PASSWORD="hunter2", MODE=TOKEN)))  # noqa: S106 - made up
    assert len(messages) == 2
    assert not any("hunter2" in text or TOKEN in text for text in messages)


@pytest.mark.parametrize(
    "name", ["DB_PASSWORD", "clientSecret", "apiKey", "GITHUB_TOKEN", "/app/private-key"]
)
def test_names_of_secrets_are_known(name: str) -> None:
    check(SECRETS, "named like a secret", function(**environment(**{name: "x"})))


@pytest.mark.parametrize("name", ["MAX_TOKENS", "SECRET_ARN", "tokenTable", "TOKEN_URL", "COMPASS", "MONKEY"])
def test_names_of_other_things_are_no_secrets(name: str) -> None:
    check(SECRETS, None, function(**environment(**{name: "x"})))


@pytest.mark.parametrize(
    "value", [TOKEN, "-----BEGIN RSA PRIVATE KEY-----", "ghp_" + "a" * 36, "https://me:pw@example.com"]
)
def test_forms_of_credentials_are_known(value: str) -> None:
    check(SECRETS, "in plain text", function(**environment(MODE=value)))
    check(SECRETS, None, function(**environment(MODE="https://example.com/a:b")))
