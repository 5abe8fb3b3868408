"""The stack's key: who may use it, held both ways against who needs it."""

import json

import pytest

from components.naming import Naming
from components.statements import allow, document
from tests.support.stackfile import ACCOUNT, changed, everything, registered
from tms_policies.documents.evaluation.decide import evaluate
from tms_policies.documents.evaluation.request import Principal, Request
from tms_policies.documents.evaluation.statements import Policy
from tms_policies.documents.evaluation.verdict import Policies

NAMING = Naming("us-east-1", ACCOUNT)
READERS = [{"accountId": "1" * 12, "prefix": "reports"}, {"accountId": "2" * 12, "prefix": "bank"}]
ROOTS = {f"arn:aws:iam::{account}:root" for account in ("1" * 12, "2" * 12)}
READING = {"pdf-adapter", "trade-extraction", "trade-matching", "exception-management"}
WRITING = {"trade-extraction", "trade-matching", "exception-management", "orchestrator"}
EVERY = READING | WRITING
Used = dict[str, set[str]]


def roles(agents: set[str]) -> set[str]:
    return {NAMING.role(f"trade-matching-system-agentcore-{agent}-production") for agent in agents}


def services(*names: str) -> set[str]:
    return {f"{name}.amazonaws.com" for name in names}


WHOLE: Used = {
    "dynamodb": roles(WRITING),
    "s3": roles(EVERY) | ROOTS,
    "sqs": roles(EVERY),
    "account": services("budgets", "cloudwatch", "costalerts", "events", "sns"),
    "logs": services("logs.us-east-1"),
    "trail": services("cloudtrail"),
}
NOBODY: Used = {}
TOPIC: Used = {"account": services("budgets", "cloudwatch", "costalerts")}
ALARMS: Used = {"account": services("cloudwatch")}
TRAIL: Used = {"logs": services("logs.us-east-1"), "trail": services("cloudtrail")}


def using(policy: str) -> Used:
    """Give the principals of a key's policy beside the account itself, by what they are limited to."""
    users: Used = {}
    for statement in json.loads(policy)["Statement"]:
        assert statement["Effect"] == "Allow"
        if statement["Sid"] == "AdministeredByTheAccount":
            assert statement["Principal"] == {"AWS": NAMING.account_root(ACCOUNT)}
            continue
        assert not [action for action in statement["Action"] if "*" in action]
        (kind,) = statement["Principal"]
        identifiers = statement["Principal"][kind]
        limits = {key: value for block in statement["Condition"].values() for key, value in block.items()}
        if through := limits.get("kms:ViaService"):
            limit = through.removesuffix(".us-east-1.amazonaws.com")
        elif limits.get("aws:SourceAccount") == ACCOUNT:
            limit = "account"
        else:
            limit = "logs" if "kms:EncryptionContext:aws:logs:arn" in limits else "trail"
        users.setdefault(limit, set()).update([identifiers] if isinstance(identifiers, str) else identifiers)
    return users


LESS = {"tables": "stack-key"}
USERS: list[tuple[str, dict[str, object], Used]] = [
    ("everything", {}, WHOLE),
    ("tables alone", {"encryption": LESS}, {**TOPIC, **TRAIL, "dynamodb": roles(WRITING)}),
    ("topic and trail alone", {"encryption": {}}, {**TOPIC, **TRAIL}),
    ("no anomalies", {"encryption": {}, "cost": ...}, {**ALARMS, **TRAIL}),
    ("topic alone", {"encryption": {}, "cost": ..., "auditTrail": ...}, ALARMS),
    (
        "one table",
        {"encryption": {}, "tables.exceptions.encryption": "stack-key"},
        {**TOPIC, **TRAIL, "dynamodb": roles({"exception-management"})},
    ),
    (
        "the bucket by its own setting",
        {"encryption": {}, "documents.encryption": "stack-key"},
        {**TOPIC, **TRAIL, "s3": roles(EVERY) | ROOTS},
    ),
    (
        "the bucket with S3's key",
        {"documents.encryption": "AES256"},
        {key: principals for key, principals in WHOLE.items() if key != "s3"},
    ),
    (
        "no decisions are kept",
        {"documents.prefixes.decisions": ...},
        {**WHOLE, "s3": roles(READING) | ROOTS},
    ),
    (
        "S3 itself sends",
        {"ingest.queue": "extraction"},
        {**WHOLE, "account": services("budgets", "cloudwatch", "costalerts", "s3", "sns")},
    ),
    (
        "no topic sends",
        {"queues.orchestrator-monitoring.topics": []},
        {**WHOLE, "account": services("budgets", "cloudwatch", "costalerts", "events")},
    ),
]


@pytest.mark.parametrize(("name", "settings_changed", "expected"), USERS, ids=[case[0] for case in USERS])
def test_the_keys_policy_names_every_user_and_no_other(
    name: str, settings_changed: dict[str, object], expected: Used
) -> None:
    config = changed(everything("local"), "documents.crossAccountReaders", READERS)
    config = changed(config, "observability.logKey", ...) if "encryption" in settings_changed else config
    for path, value in settings_changed.items():
        config = changed(config, path, value)
    resources = {resource.name: resource.inputs for resource in registered(config, "local")}
    assert using(resources["stack-key"]["policy"]) == expected, name


def test_accounts_that_read_documents_may_decrypt_those_and_nothing_else() -> None:
    config = changed(everything("local"), "documents.crossAccountReaders", READERS)
    resources = {resource.name: resource.inputs for resource in registered(config, "local")}
    policy = Policy.of("the key", resources["stack-key"]["policy"], "resource")
    key = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/k-1"
    bucket = "arn:aws:s3:::trade-matching-system-agentcore-production"
    s3 = "s3.us-east-1.amazonaws.com"

    def may(account: str, action: str, through: str, context: str) -> bool:
        person = f"arn:aws:iam::{account}:role/reader"
        reader_policy = Policy.of("own", document([allow("All", ["kms:*"], ["*"])]), "identity")
        conditions = {"kms:ViaService": through, "kms:EncryptionContext:aws:s3:arn": context}
        request = Request(Principal(arn=person), action, (key,), conditions, ACCOUNT)
        return evaluate(request, Policies(identity=(reader_policy,), resource=policy)).allowed

    for account in ("1" * 12, "2" * 12):
        assert may(account, "kms:Decrypt", s3, bucket)
        assert may(account, "kms:Decrypt", s3, f"{bucket}/reports/x.json")
        assert not may(account, "kms:GenerateDataKey", s3, bucket)
        assert not may(account, "kms:Decrypt", "sqs.us-east-1.amazonaws.com", bucket)
        assert not may(
            account, "kms:Decrypt", s3, "arn:aws:s3:::trade-matching-system-agentcore-logs-production"
        )
    assert not may("3" * 12, "kms:Decrypt", s3, bucket)
