"""Rules about tables: compliant, violating, missing, unknown."""

from typing import Any

import pytest

from tests.support.policies import UNKNOWN, Declared, check

S_ID = {"name": "id", "type": "S"}
GOOD: dict[str, Any] = {
    "name": "trades",
    "hashKey": "id",
    "attributes": [S_ID],
    "billingMode": "PAY_PER_REQUEST",
    "pointInTimeRecovery": {"enabled": True},
    "serverSideEncryption": {"enabled": True},
    "deletionProtectionEnabled": True,
    "ttl": {"enabled": True, "attributeName": "expiresAt"},
}
PITR = "dynamodb-table-point-in-time-recovery"
SSE = "dynamodb-table-encryption"
BILLING = "dynamodb-table-billing-on-demand"
DELETION = "dynamodb-table-deletion-protection"
KEYS = "dynamodb-table-key-attributes"
TTL = "dynamodb-table-ttl-attribute"
NOT_PROVEN = "cannot be proven at preview"


def table(**changed: object) -> Declared:
    return Declared("dynamodb/table:Table", {k: v for k, v in {**GOOD, **changed}.items() if v is not ...})


@pytest.mark.parametrize("rule", [PITR, SSE, BILLING, DELETION, KEYS, TTL])
def test_a_complete_table_satisfies_every_rule(rule: str) -> None:
    check(rule, None, table())


@pytest.mark.parametrize(
    "value", [..., None, {}, {"enabled": False}, {"enabled": "false"}, {"enabled": None}, [], "yes", 7]
)
@pytest.mark.parametrize(("rule", "name"), [(PITR, "pointInTimeRecovery"), (SSE, "serverSideEncryption")])
def test_recovery_and_encryption_must_be_on_however_off_is_spelled(
    rule: str, name: str, value: object
) -> None:
    check(rule, f"{name}.enabled of it is", table(**{name: value}))


@pytest.mark.parametrize("value", [UNKNOWN, {"enabled": UNKNOWN}])
@pytest.mark.parametrize(("rule", "name"), [(PITR, "pointInTimeRecovery"), (SSE, "serverSideEncryption")])
def test_what_is_not_known_is_not_proven(rule: str, name: str, value: object) -> None:
    check(rule, NOT_PROVEN, table(**{name: value}))


@pytest.mark.parametrize(
    ("rule", "changed", "expected"),
    [
        (PITR, {"pointInTimeRecovery": {"enabled": "true"}}, None),
        (PITR, {"replicas": [{"regionName": "eu-west-1"}]}, "replicas[0].pointInTimeRecovery"),
        (PITR, {"replicas": [{"pointInTimeRecovery": True}]}, None),
        (PITR, {"replicas": [{"pointInTimeRecovery": UNKNOWN}]}, NOT_PROVEN),
        (PITR, {"replicas": UNKNOWN}, NOT_PROVEN),
        (BILLING, {"billingMode": ...}, "missing, which means PROVISIONED"),
        (BILLING, {"billingMode": "PROVISIONED"}, "'PROVISIONED'"),
        (BILLING, {"billingMode": UNKNOWN}, NOT_PROVEN),
        (DELETION, {"deletionProtectionEnabled": ...}, "missing"),
        (DELETION, {"deletionProtectionEnabled": False}, "False"),
        (DELETION, {"deletionProtectionEnabled": UNKNOWN}, NOT_PROVEN),
        (KEYS, {"attributes": []}, "hashKey of it is 'id', which attributes does not declare"),
        (KEYS, {"attributes": ...}, "does not declare"),
        (KEYS, {"attributes": [S_ID, {"name": "spare", "type": "S"}]}, "'spare', which is no key"),
        (KEYS, {"attributes": [S_ID, S_ID]}, "2 times"),
        (KEYS, {"rangeKey": "at"}, "rangeKey of it is 'at'"),
        (KEYS, {"globalSecondaryIndexes": [{"hashKey": "party"}]}, "globalSecondaryIndexes[0].hashKey"),
        (
            KEYS,
            {"globalSecondaryIndexes": [{"keySchemas": [{"attributeName": "p"}]}]},
            "keySchemas[0].attributeName",
        ),
        (KEYS, {"localSecondaryIndexes": [{"rangeKey": "day"}]}, "localSecondaryIndexes[0].rangeKey"),
        (KEYS, {"localSecondaryIndexes": [{"rangeKey": "id"}]}, None),
        (KEYS, {"hashKey": UNKNOWN}, NOT_PROVEN),
        (KEYS, {"attributes": [{"name": UNKNOWN, "type": "S"}]}, NOT_PROVEN),
        (TTL, {"ttl": {"enabled": True, "attributeName": "id"}}, "'id', which is a key"),
        (TTL, {"ttl": {"enabled": True}}, "attributeName of it is missing"),
        (TTL, {"ttl": ...}, None),
        (TTL, {"ttl": {"enabled": False}}, None),
        (TTL, {"ttl": UNKNOWN}, NOT_PROVEN),
        (TTL, {"ttl": {"enabled": True, "attributeName": UNKNOWN}}, NOT_PROVEN),
    ],
)
def test_a_table_is_judged_as_it_is_declared(
    rule: str, changed: dict[str, Any], expected: str | None
) -> None:
    check(rule, expected, table(**changed))
