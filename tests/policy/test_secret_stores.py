"""Rules about secrets and parameters."""

from typing import Any

import pytest

from tests.support.policies import UNKNOWN, Declared, check, findings

NOT_PROVEN = "cannot be proven at preview"
WINDOW = "secretsmanager-secret-recovery-window"
ROTATION = "secretsmanager-secret-rotation"
SECURE = "account-resource-plain-secrets"
TIER = "ssm-parameter-tier"


def secret(**props: object) -> Declared:
    return Declared("secretsmanager/secret:Secret", {"name": "db", **props}, "db")


@pytest.mark.parametrize(
    ("props", "expected"),
    [
        ({}, None),
        ({"recoveryWindowInDays": 7}, None),
        ({"recoveryWindowInDays": 0}, "recoveryWindowInDays of db is 0, not 7 or more"),
        ({"recoveryWindowInDays": UNKNOWN}, NOT_PROVEN),
    ],
)
def test_a_secret_can_be_recovered(props: dict[str, Any], expected: str | None) -> None:
    check(WINDOW, expected, secret(**props))


def test_how_long_a_secret_can_be_recovered_is_a_setting() -> None:
    check(WINDOW, "not 30 or more", secret(recoveryWindowInDays=7), config={"minimumDays": 30})


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ({"automaticallyAfterDays": 90}, None),
        ({"scheduleExpression": "rate(30 days)"}, None),
        ({"scheduleExpression": "rate(4 hours)"}, None),
        ({"scheduleExpression": "cron(0 8 1 * ? *)"}, None),
        ({"scheduleExpression": "rate(365 days)"}, "scheduleExpression of rotation is 'rate(365 days)'"),
        ({"scheduleExpression": UNKNOWN}, NOT_PROVEN),
        (UNKNOWN, NOT_PROVEN),
        ({"automaticallyAfterDays": 365}, "is 365, not at most 90"),
        ({}, "automaticallyAfterDays of rotation is missing"),
        ({"automaticallyAfterDays": UNKNOWN}, NOT_PROVEN),
    ],
)
def test_a_secret_rotates(rules: object, expected: str | None) -> None:
    props = {"secretId": UNKNOWN, "rotationRules": rules}
    uses = {"secretId": ["db"], "rotationRules": ["db"]}
    rotation = Declared("secretsmanager/secretRotation:SecretRotation", props, "rotation", uses=uses)
    check(ROTATION, expected, secret(), rotation)
    check(ROTATION, "no SecretRotation of this stack names the secret db", secret())


def test_a_secret_that_somebody_else_changes_is_a_setting() -> None:
    check(ROTATION, None, secret(), config={"exempt": ["db"]})


@pytest.mark.parametrize(
    ("rule", "props", "expected"),
    [
        (SECURE, {"name": "db-password", "type": "SecureString", "value": "x"}, None),
        (SECURE, {"name": "max-tokens", "type": "String", "value": "5"}, None),
        (SECURE, {"name": "db-password", "type": "String", "value": "x"}, 'Write: type="SecureString"'),
        (SECURE, {"name": "db-password", "value": "x"}, "named like a secret"),
        (
            SECURE,
            {"name": "mode", "type": "String", "value": "ghp_" + "a" * 36},
            "value of it holds a GitHub token",
        ),
        (TIER, {"value": "x" * 4096}, None),
        (TIER, {"tier": "Advanced"}, "tier of it is 'Advanced'"),
        (TIER, {"value": "x" * 4097}, "has 4097 bytes"),
        (TIER, {"value": "x" * 4097, "tier": "Intelligent-Tiering"}, None),
        (TIER, {"value": UNKNOWN}, None),
        (TIER, {"tier": UNKNOWN}, NOT_PROVEN),
    ],
)
def test_a_parameter_is_judged_as_it_is_declared(
    rule: str, props: dict[str, Any], expected: str | None
) -> None:
    check(rule, expected, Declared("ssm/parameter:Parameter", props))


def test_tiers_are_a_setting() -> None:
    check(
        TIER,
        None,
        Declared("ssm/parameter:Parameter", {"tier": "Advanced"}),
        config={"allowed": ["Advanced"]},
    )


def test_no_message_shows_a_parameters_value() -> None:
    value = "ghp_" + "b" * 36
    messages = findings(SECURE, Declared("ssm/parameter:Parameter", {"name": "mode", "value": value}))
    assert messages
    assert not any(value in text for text in messages)
