"""Who may use the stack's key: every kind of grant, under every way of encryption, from code or from a stack file."""

from itertools import product
from typing import Any

import pytest

from components.grants import GRANTABLE, GRANTS, Kind, Need
from components.key_policy import key_access
from components.naming import Naming
from components.settings import parse
from tests.support.stackfile import ACCOUNT, changed, stack_config

NAMING = Naming("us-east-1", ACCOUNT)
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
AGENT = "orchestrator"
ROLE = NAMING.role("trade-matching-system-agentcore-orchestrator-production")
SERVICES: dict[Kind, str] = {"prefix": "S3", "table": "Dynamodb", "queue": "Sqs", "agent": ""}
TARGETS: dict[Kind, str] = {
    "prefix": "reports",
    "table": "exceptions",
    "queue": "compliance",
    "agent": "pdf-adapter",
}
SECTIONS: dict[Kind, str] = {"prefix": "buckets", "table": "tables", "queue": "queues"}
WAYS: dict[Kind, list[dict[str, Any]]] = {
    "prefix": [
        {},
        {"encryption": {"buckets": "stack-key"}},
        {"encryption": {"buckets": KEY}},
        {"documents.encryption": "stack-key"},
        {"encryption": {"buckets": "stack-key"}, "documents.encryption": "AES256"},
    ],
    "table": [
        {},
        {"encryption": {"tables": "aws-owned"}},
        {"encryption": {"tables": "stack-key"}},
        {"encryption": {"tables": KEY}},
        {"tables.exceptions.encryption": "stack-key"},
        {"encryption": {"tables": "stack-key"}, "tables.exceptions.encryption": "aws-managed"},
    ],
    "queue": [{}, {"encryption": {"queues": "stack-key"}}, {"encryption": {"queues": KEY}}],
    "agent": [{}, {"encryption": {"tables": "stack-key", "buckets": "stack-key", "queues": "stack-key"}}],
}
CASES = [
    (kind, settings_changed, source)
    for kind in WAYS
    for settings_changed, source in product(WAYS[kind], ("code", "stack file"))
]
CHANGES = [case for case in CASES if case[0] != "agent" or case[2] == "code"]


def encrypted_with_the_key(kind: Kind, settings_changed: dict[str, Any]) -> bool:
    """Return whether the target of a grant is encrypted with the stack's key, as docs/settings.md has it."""
    exceptions: dict[Kind, str] = {"prefix": "documents.encryption", "table": "tables.exceptions.encryption"}
    default = settings_changed.get("encryption", {}).get(SECTIONS.get(kind, "nothing"))
    return settings_changed.get(exceptions.get(kind, "nothing"), default) == "stack-key"


@pytest.mark.parametrize(
    ("kind", "settings_changed", "source"),
    CHANGES,
    ids=[f"{kind}-{settings_changed}-{source}" for kind, settings_changed, source in CHANGES],
)
def test_who_may_read_what_the_key_encrypts_may_use_the_key(
    kind: Kind, settings_changed: dict[str, Any], source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S3 user guide, "Using server-side encryption with AWS KMS keys", Permissions."""
    action = GRANTABLE[kind][0]
    config = stack_config("local")
    for path, value in settings_changed.items():
        config = changed(config, path, value)
    reason = "reads what others have written"
    needs = (Need(kind, TARGETS[kind], (action,), reason),) if source == "code" else ()
    monkeypatch.setitem(GRANTS, AGENT, needs)
    if source == "stack file":
        grants = [{kind: TARGETS[kind], "actions": [action], "reason": reason}]
        config = changed(config, f"agents.{AGENT}.grants", grants)
    policy = key_access(parse(config, "f"), NAMING)
    users = {statement["Sid"] for statement in policy if ROLE in statement["Principal"].get("AWS", ())}
    expected = (
        {f"UsedByAgentsThrough{SERVICES[kind]}"}
        if encrypted_with_the_key(kind, settings_changed)
        else set[str]()
    )
    assert users == expected


@pytest.mark.parametrize(
    ("agent", "grant", "encryption", "sid"),
    [
        (
            "orchestrator",
            {"prefix": "reports", "actions": ["s3:GetObject"], "reason": "reads matching reports"},
            {"buckets": "stack-key"},
            "UsedByAgentsThroughS3",
        ),
        (
            "pdf-adapter",
            {"table": "exceptions", "actions": ["dynamodb:GetItem"], "reason": "looks up exceptions it reported"},
            {"tables": "stack-key"},
            "UsedByAgentsThroughDynamodb",
        ),
    ],
)  # fmt: skip
def test_an_agent_that_a_stack_grants_a_store_is_in_the_keys_policy(
    agent: str, grant: dict[str, Any], encryption: dict[str, str], sid: str
) -> None:
    config = changed(
        changed(stack_config("local"), f"agents.{agent}.grants", [grant]), "encryption", encryption
    )
    settings = parse(changed(config, "key", {"alias": "tms"}), "Pulumi.local.yaml")
    (statement,) = (entry for entry in key_access(settings, NAMING) if entry["Sid"] == sid)
    assert NAMING.role(settings.agents[agent].role_name) in statement["Principal"]["AWS"]
