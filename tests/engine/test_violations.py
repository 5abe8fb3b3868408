"""Every rule of the pack, each violated once in a program of its own, through the real engine."""

import re
from pathlib import Path

import pytest

from policy.catalogue import RULES
from tests.support.engine import ROOT, Engine

pytestmark = pytest.mark.engine

PROGRAM = Path(__file__).resolve().parent / "violations"
REPORTED = re.compile(r"^\s+- \[mandatory\] \[severity: \w+\]\s+(\S+)\s+\([\w:/]+: ([\w-]+)\)$", re.MULTILINE)
EXPECTED = {
    "bare-table": {
        "account-resource-protect",
        "account-resource-required-tags",
        "dynamodb-table-billing-on-demand",
        "dynamodb-table-deletion-protection",
        "dynamodb-table-encryption",
        "dynamodb-table-key-attributes",
        "dynamodb-table-point-in-time-recovery",
    },
    "expiring-table": {"account-resource-ignore-changes", "dynamodb-table-ttl-attribute"},
    "bare-bucket": {
        "s3-bucket-access-logging",
        "s3-bucket-encryption",
        "s3-bucket-force-destroy",
        "s3-bucket-has-public-access-block",
        "s3-bucket-ownership-controls",
        "s3-bucket-public-acl",
        "s3-bucket-tls-only",
        "s3-bucket-versioning",
    },
    "open-block": {"s3-bucket-public-access-block"},
    "bare-queue": {
        "sqs-queue-dead-letter",
        "sqs-queue-encryption",
        "sqs-queue-fifo-naming",
        "sqs-queue-tls-only",
    },
    "trusting-role": {"iam-role-confused-deputy"},
    "wide-policy": {"iam-policy-passrole", "iam-policy-wildcard-action", "iam-policy-wildcard-resource"},
    "inverse-policy": {"iam-policy-inverse-elements"},
    "unknown-policy": {"iam-policy-valid-document"},
    "misspelt-policy": {"iam-policy-valid-document"},
    "admin": {"iam-policy-admin-attachment"},
    "public-policy": {"iam-policy-public-principal"},
    "person": {"iam-identity-no-users"},
    "key": {"iam-identity-no-access-keys"},
}
PAIRS = {(rule, resource) for resource, rules in EXPECTED.items() for rule in rules}


def test_the_program_violates_every_rule() -> None:
    assert {rule for rule, _ in PAIRS} == {rule.id for rule in RULES}


def test_exactly_the_planted_violations_are_reported(engine: Engine) -> None:
    result = engine.run("-C", str(PROGRAM), "preview", "--policy-pack", str(ROOT / "policy"))
    assert result.returncode != 0
    assert set(REPORTED.findall(result.stdout)) == PAIRS, result.stdout
    assert "can't run policy" not in result.stdout
    assert "[advisory]" not in result.stdout


def test_a_rule_is_lowered_by_name_only(engine: Engine, tmp_path: Path) -> None:
    config = tmp_path / "config.json"
    config.write_text(
        '{"dynamodb-table-billing-on-demand": "advisory", "sqs-queue-dead-letter": {"maximumReceives": 5}}'
    )
    arguments = ("--policy-pack", str(ROOT / "policy"), "--policy-pack-config", str(config))
    shown = engine.run("-C", str(PROGRAM), "preview", *arguments).stdout
    assert re.search(r"\[advisory\] \[severity: medium\]\s+dynamodb-table-billing-on-demand", shown)
    assert set(REPORTED.findall(shown)) == PAIRS - {("dynamodb-table-billing-on-demand", "bare-table")}
