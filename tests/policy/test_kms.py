"""Rules about KMS keys."""

from typing import Any

import pytest

from tests.support.policies import UNKNOWN, Declared, check, findings_later

NOT_PROVEN = "cannot be proven at preview"
ROTATION = "kms-key-rotation"
WINDOW = "kms-key-deletion-window"
ENABLED = "kms-key-enabled"
LOCKOUT = "kms-key-lockout-check"
DEFINED = "kms-key-policy-defined"


def key(**props: object) -> Declared:
    return Declared("kms/key:Key", props, "main")


@pytest.mark.parametrize(
    ("rule", "props", "expected"),
    [
        (ROTATION, {"enableKeyRotation": True}, None),
        (ROTATION, {"enableKeyRotation": True, "rotationPeriodInDays": 365}, None),
        (ROTATION, {}, "enableKeyRotation of main is missing"),
        (ROTATION, {"enableKeyRotation": False}, "False"),
        (ROTATION, {"enableKeyRotation": UNKNOWN}, NOT_PROVEN),
        (ROTATION, {"enableKeyRotation": True, "rotationPeriodInDays": 900}, "is 900, more than 365"),
        (ROTATION, {"enableKeyRotation": True, "rotationPeriodInDays": UNKNOWN}, NOT_PROVEN),
        (ROTATION, {"keyUsage": "SIGN_VERIFY", "customerMasterKeySpec": "RSA_4096"}, None),
        (ROTATION, {"customerMasterKeySpec": "RSA_4096"}, None),
        (ROTATION, {"customKeyStoreId": "cks-1"}, None),
        (ROTATION, {"keyUsage": UNKNOWN}, NOT_PROVEN),
        (WINDOW, {}, None),
        (WINDOW, {"deletionWindowInDays": 30}, None),
        (WINDOW, {"deletionWindowInDays": "7"}, "is '7', not 30 or more"),
        (WINDOW, {"deletionWindowInDays": "NaN"}, "is 'NaN'"),
        (WINDOW, {"deletionWindowInDays": UNKNOWN}, NOT_PROVEN),
        (ENABLED, {}, None),
        (ENABLED, {"isEnabled": True}, None),
        (ENABLED, {"isEnabled": False}, "isEnabled of main is False"),
        (ENABLED, {"isEnabled": UNKNOWN}, NOT_PROVEN),
        (LOCKOUT, {}, None),
        (LOCKOUT, {"bypassPolicyLockoutSafetyCheck": False}, None),
        (LOCKOUT, {"bypassPolicyLockoutSafetyCheck": True}, "is True"),
        (LOCKOUT, {"bypassPolicyLockoutSafetyCheck": UNKNOWN}, NOT_PROVEN),
        (DEFINED, {"policy": "{}"}, None),
        (DEFINED, {}, "the key main has no policy"),
    ],
)
def test_a_key_is_judged_as_it_is_declared(rule: str, props: dict[str, Any], expected: str | None) -> None:
    check(rule, expected, key(**props))


@pytest.mark.parametrize(
    "token",
    ["kms/replicaKey:ReplicaKey", "kms/externalKey:ExternalKey", "kms/replicaExternalKey:ReplicaExternalKey"],
)
def test_other_keys_are_disabled_by_a_name_of_their_own(token: str) -> None:
    check(ENABLED, "enabled of it is False", Declared(token, {"enabled": False}))
    check(WINDOW, "is 7, not 30 or more", Declared(token, {"deletionWindowInDays": 7}))
    check(LOCKOUT, "is True", Declared(token, {"bypassPolicyLockoutSafetyCheck": True}))


def test_a_policy_beside_the_key_and_a_computed_one_count_as_well() -> None:
    beside = Declared("kms/keyPolicy:KeyPolicy", {"keyId": UNKNOWN}, "p", uses={"keyId": ["main"]})
    check(DEFINED, None, key(), beside)
    computed = Declared("kms/key:Key", {"policy": UNKNOWN}, "main", uses={"policy": ["other"]})
    check(DEFINED, None, computed, Declared("iam/role:Role", {}, "other"))


def test_how_long_a_key_waits_and_rotates_are_settings() -> None:
    check(WINDOW, None, key(deletionWindowInDays=7), config={"minimumDays": 7})
    resource = key(enableKeyRotation=True, rotationPeriodInDays=365)
    check(ROTATION, "more than 90", resource, config={"maximumDays": 90})


def test_the_policy_that_aws_made_is_not_the_programs() -> None:
    assert "has no policy" in findings_later(DEFINED, key(), key(policy="{}"))[0]
    assert "has no policy" in findings_later(DEFINED, key(), key(policy=UNKNOWN))[0]
