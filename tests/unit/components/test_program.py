"""What the program registers for the production stack file, under mocks."""

import json
from typing import Any

import pulumi
import pytest

from components.naming import Naming
from tests.support.stackfile import ACCOUNT, PROJECT, changed, registered, run_program, stack_config

Resource = pulumi.runtime.MockResourceArgs
DOCUMENT_KEYS = ("policy", "assumeRolePolicy", "redrivePolicy", "redriveAllowPolicy")
NAMING = Naming("us-east-1", ACCOUNT)
SECTIONS = {name: stack_config("production")[f"{PROJECT}:{name}"] for name in ("tables", "queues", "agents")}


def of_type(production: list[Resource], token: str) -> list[Resource]:
    return [resource for resource in production if resource.typ == token]


def test_two_runs_register_the_same(production: list[Resource]) -> None:
    again = run_program(stack_config("production"))[0].seen
    assert sorted(
        (resource.typ, resource.name, json.dumps(resource.inputs, sort_keys=True)) for resource in again
    ) == sorted(
        (resource.typ, resource.name, json.dumps(resource.inputs, sort_keys=True)) for resource in production
    )


def test_every_table_is_on_demand_recoverable_encrypted_and_guarded(production: list[Resource]) -> None:
    tables = of_type(production, "aws:dynamodb/table:Table")
    assert {resource.inputs["name"] for resource in tables} == {
        table["name"] for table in SECTIONS["tables"].values()
    }
    assert len(tables) == len(SECTIONS["tables"])
    for resource in tables:
        assert resource.inputs["billingMode"] == "PAY_PER_REQUEST"
        assert resource.inputs["pointInTimeRecovery"] == {"enabled": True, "recoveryPeriodInDays": 35}
        assert resource.inputs["serverSideEncryption"] == {"enabled": True}
        assert resource.inputs["deletionProtectionEnabled"] is True


def test_only_the_status_table_expires_items(by_name: dict[str, dict[str, Any]]) -> None:
    expiring = {name: inputs["ttl"] for name, inputs in by_name.items() if inputs.get("ttl")}
    assert expiring == {"processing-status": {"attributeName": "expiresAt", "enabled": True}}


def test_every_key_and_index_attribute_is_declared_once() -> None:
    indexes = {
        "ByDate": {"hashKey": {"name": "trade_date"}, "rangeKey": {"name": "amount", "type": "N"}},
        "ByReference": {"hashKey": {"name": "internal_reference"}, "projection": "KEYS_ONLY"},
    }
    config = changed(stack_config("production"), "tables.bank-trades.indexes", indexes)
    (table,) = (resource for resource in registered(config) if resource.name == "bank-trades")
    assert table.inputs["attributes"] == [
        {"name": "amount", "type": "N"},
        {"name": "internal_reference", "type": "S"},
        {"name": "trade_date", "type": "S"},
        {"name": "trade_id", "type": "S"},
    ]
    assert [index["projectionType"] for index in table.inputs["globalSecondaryIndexes"]] == [
        "ALL",
        "KEYS_ONLY",
    ]
    (policy,) = (resource for resource in registered(config) if resource.name == "trade-matching-permissions")
    assert f"{NAMING.table('BankTradeData')}/index/*" in policy.inputs["policy"]


def test_local_indexes_and_partial_projections_are_settings() -> None:
    config = changed(
        stack_config("production"),
        "tables.bank-trades.localIndexes",
        {"ByTime": {"rangeKey": {"name": "time", "type": "N"}}},
    )
    some = {"ByDay": {"hashKey": {"name": "day"}, "projection": "INCLUDE", "nonKeyAttributes": ["amount"]}}
    (table,) = (
        resource
        for resource in registered(changed(config, "tables.bank-trades.indexes", some))
        if resource.name == "bank-trades"
    )
    assert table.inputs["localSecondaryIndexes"] == [
        {"name": "ByTime", "rangeKey": "time", "projectionType": "ALL"}
    ]
    assert table.inputs["globalSecondaryIndexes"][0]["nonKeyAttributes"] == ["amount"]
    assert [attribute["name"] for attribute in table.inputs["attributes"]] == [
        "day",
        "internal_reference",
        "time",
        "trade_id",
    ]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("aws-owned", {"enabled": False}),
        ("aws-managed", {"enabled": True}),
        (
            "arn:aws:kms:us-east-1:123456789012:key/k-1",
            {"enabled": True, "kmsKeyArn": "arn:aws:kms:us-east-1:123456789012:key/k-1"},
        ),
    ],
)
def test_the_key_of_a_table_is_a_setting(key: str, expected: dict[str, object]) -> None:
    config = changed(stack_config("production"), "tables.bank-trades.encryption", key)
    (table,) = (resource for resource in registered(config) if resource.name == "bank-trades")
    assert table.inputs["serverSideEncryption"] == expected


def test_agents_may_use_a_customer_key_only_through_the_service_it_encrypts_for() -> None:
    key = "arn:aws:kms:us-east-1:123456789012:key/k-1"
    config = changed(stack_config("production"), "encryption", {"tables": key, "buckets": key, "queues": key})
    (policy,) = (resource for resource in registered(config) if resource.name == "pdf-adapter-permissions")
    statements = [
        statement
        for statement in json.loads(policy.inputs["policy"])["Statement"]
        if "kms:Decrypt" in statement["Action"]
    ]
    assert [statement["Condition"]["StringEquals"]["kms:ViaService"] for statement in statements] == [
        "s3.us-east-1.amazonaws.com",
        "sqs.us-east-1.amazonaws.com",
    ]
    assert all(statement["Resource"] == [key] for statement in statements)


def test_both_buckets_are_closed_versioned_and_encrypted(by_name: dict[str, dict[str, Any]]) -> None:
    for name in ("documents", "audit"):
        assert by_name[f"{name}-versioning"]["versioningConfiguration"] == {"status": "Enabled"}
        block = by_name[f"{name}-public-access-block"]
        flags = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
        assert [block[flag] for flag in flags] == [True] * 4
        assert by_name[f"{name}-ownership"]["rule"] == {"objectOwnership": "BucketOwnerEnforced"}
        (rule,) = by_name[f"{name}-encryption"]["rules"]
        assert rule["bucketKeyEnabled"] is True
        first = json.loads(by_name[f"{name}-policy"]["policy"])["Statement"][0]
        assert (first["Effect"], first["Principal"], first["Action"]) == ("Deny", "*", "s3:*")
        assert first["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
        assert len(first["Resource"]) == 2


def test_the_documents_bucket_logs_to_the_audit_bucket_which_lets_it(
    by_name: dict[str, dict[str, Any]],
) -> None:
    logging = by_name["documents-logging"]
    assert logging["targetBucket"] == by_name["audit"]["bucket"]
    (grant,) = [
        statement
        for statement in json.loads(by_name["audit-policy"]["policy"])["Statement"]
        if statement["Sid"] == "AccessLogDelivery"
    ]
    assert grant["Principal"] == {"Service": "logging.s3.amazonaws.com"}
    assert grant["Resource"] == f"{NAMING.bucket(by_name['audit']['bucket'])}/{logging['targetPrefix']}*"
    assert grant["Condition"]["ArnLike"]["aws:SourceArn"] == NAMING.bucket(by_name["documents"]["bucket"])
    assert grant["Condition"]["StringEquals"] == {"aws:SourceAccount": ACCOUNT}


def test_every_prefix_goes_to_glacier_and_nothing_is_deleted_by_age(
    by_name: dict[str, dict[str, Any]],
) -> None:
    rules = {rule["id"]: rule for rule in by_name["documents-lifecycle"]["rules"]}
    prefixes = {rule["filter"]["prefix"] for rule in rules.values()}
    assert prefixes == {"BANK/", "COUNTERPARTY/", "canonical-outputs/", "reports/", "exceptions/", ""}
    moved = [rule for key, rule in rules.items() if key != "abandoned-uploads"]
    assert {rule["transitions"][0]["storageClass"] for rule in moved} == {"GLACIER"}
    assert all("expiration" not in rule and rule["noncurrentVersionExpiration"] for rule in moved)
    assert rules["abandoned-uploads"]["abortIncompleteMultipartUpload"] == {"daysAfterInitiation": 7}


def test_other_accounts_read_the_prefixes_they_were_given_and_no_more() -> None:
    readers = [{"accountId": "111111111111", "prefix": "reports"}]
    config = changed(stack_config("production"), "documents.crossAccountReaders", readers)
    (policy,) = (resource for resource in registered(config) if resource.name == "documents-policy")
    assert json.loads(policy.inputs["policy"])["Statement"][1] == {
        "Sid": "ReadBy111111111111",
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111111111111:root"},
        "Action": "s3:GetObject",
        "Resource": ["arn:aws:s3:::trade-matching-system-agentcore-production/reports/*"],
    }


def test_everything_that_can_carry_tags_carries_ours(production: list[Resource]) -> None:
    tagged = [
        resource
        for resource in production
        if resource.typ.split(":")[-1] in ("Table", "Queue", "Bucket", "Role")
        and resource.typ.startswith("aws:")
    ]
    queues = 2 * len(SECTIONS["queues"])
    roles = len(SECTIONS["agents"]) + 1  # one of them the audit trail's
    assert len(tagged) == len(SECTIONS["tables"]) + queues + 2 + roles
    for resource in tagged:
        assert set(resource.inputs["tags"]) == {"Environment", "Project", "ManagedBy", "Purpose"}


def test_no_policy_document_depends_on_what_is_not_known_yet(production: list[Resource]) -> None:
    documents = [
        resource.inputs[key] for resource in production for key in DOCUMENT_KEYS if key in resource.inputs
    ]
    assert (
        len(documents) >= 5 * 2 + 20 + 2 + 10 * 2
    )  # roles, queues, buckets, redrives; and what else there is
    for text in documents:
        assert "arn:of:" not in text
        assert json.loads(text)


def test_a_permissions_boundary_is_a_setting() -> None:
    arn = f"arn:aws:iam::{ACCOUNT}:policy/boundary"
    config = changed(stack_config("production"), "permissionsBoundaryArn", arn)
    roles = of_type(registered(config), "aws:iam/role:Role")
    assert {role.inputs["permissionsBoundary"] for role in roles} == {arn}
