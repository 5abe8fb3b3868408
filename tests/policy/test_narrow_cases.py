"""Cases that only just fail a rule, each beside the nearest that passes."""

import json
from typing import Any

import pytest

from tests.support.policies import Declared, check
from tms_policies.documents.globs import covers_resource

ACCOUNT = "123456789012"
QUEUE = f"arn:aws:sqs:us-east-1:{ACCOUNT}:trades-"


def _document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def _statement(effect: str, action: str, resource: str, **elements: object) -> dict[str, Any]:
    return {"Effect": effect, "Action": action, "Resource": resource, **elements}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"iam:PassedToService": "lambda.amazonaws.com"}, None),
        ({"aws:ResourceTag/team": "trades"}, "allows iam:PassRole without saying to which service"),
    ],
)
def test_only_the_receiving_service_limits_a_passed_role(
    condition: dict[str, str], expected: str | None
) -> None:
    statement = _statement(
        "Allow",
        "iam:PassRole",
        f"arn:aws:iam::{ACCOUNT}:role/matching",
        Condition={"StringEquals": condition},
    )
    check(
        "iam-policy-passrole", expected, Declared("iam/policy:Policy", {"policy": _document(statement)}, "it")
    )


@pytest.mark.parametrize(
    ("recording", "expected"),
    [
        ({"enabled": True, "s3Location": {"bucket": "sessions", "prefix": "x"}}, None),
        ({"enabled": True}, "recording of it is off or has no place"),
    ],
)
def test_a_browser_records_to_a_bucket(recording: dict[str, object], expected: str | None) -> None:
    browser = Declared("bedrock/agentcoreBrowser:AgentcoreBrowser", {"recording": recording})
    check("agentcore-browser-recording", expected, browser)


@pytest.mark.parametrize(
    ("value", "expected"), [("prod-1", None), ("prod-1; rm", "is 'prod-1; rm', which does not match")]
)
def test_a_pattern_matches_the_whole_value_of_a_tag(value: str, expected: str | None) -> None:
    tags = {"Environment": value, "Project": "trades", "ManagedBy": "pulumi"}
    queue = Declared("sqs/queue:Queue", {"name": "trades", "tags": tags})
    config = {"patterns": {"Environment": r"prod-\d"}}
    check("account-resource-required-tags", expected, queue, config=config)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (f"arn:aws:kms:us-east-1:{ACCOUNT}:alias/trades", None),
        (f"arn:aws:kms:us-east-1:{ACCOUNT}:alias/aws/sqs", "a key of your own is demanded"),
    ],
)
def test_an_arn_of_an_aws_managed_key_names_no_key_of_ones_own(key: str, expected: str | None) -> None:
    queue = Declared("sqs/queue:Queue", {"name": "trades", "kmsMasterKeyId": key})
    check("sqs-queue-customer-key", expected, queue, config={"required": True})


@pytest.mark.parametrize(
    ("principals", "expected"),
    [
        ([f"arn:aws:iam::{ACCOUNT}:root"], None),
        ([f"arn:aws:iam::{ACCOUNT}:root", f"arn:aws:iam::{ACCOUNT}:role/matching"], "allows the action"),
    ],
)
def test_only_the_account_may_do_everything_with_its_key(principals: list[str], expected: str | None) -> None:
    statement = _statement("Allow", "kms:*", "*", Principal={"AWS": principals})
    key = Declared("kms/key:Key", {"policy": _document(statement)})
    check("iam-policy-wildcard-action", expected, key)


@pytest.mark.parametrize(("denied", "expected"), [("?", None), ("*", "denies it")])
def test_a_denial_of_one_character_leaves_longer_names(denied: str, expected: str | None) -> None:
    role = Declared("iam/role:Role", {"name": "matching"}, "matching")
    policy = _document(
        _statement("Allow", "sqs:SendMessage", f"{QUEUE}*"),
        _statement("Deny", "sqs:SendMessage", QUEUE + denied),
    )
    inline = Declared("iam/rolePolicy:RolePolicy", {"role": "matching", "policy": policy}, "inline")
    check("iam-role-void-grant", expected, role, inline)
    assert covers_resource(QUEUE + denied, f"{QUEUE}*") is (expected is not None)
