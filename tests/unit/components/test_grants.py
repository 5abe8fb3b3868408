"""Each agent's permissions, judged call by call with moto's policy evaluator."""

import json
from itertools import product

import pulumi
import pytest
from moto.iam.access_control import IAMPolicy, PermissionResult

from components.grants import GRANTS, Need
from components.naming import Naming
from components.settings import parse
from components.statements import INLINE_POLICY_CHARACTERS, permissions, trust
from tests.support.permissions import needs
from tests.support.stackfile import ACCOUNT, changed, stack_config

SETTINGS = parse(stack_config("production"), "f")
NAMING = Naming("us-east-1", ACCOUNT)
DOCUMENTS = {agent: json.loads(permissions(agent, SETTINGS, NAMING)) for agent in GRANTS}


def permitted(agent: str, action: str, resource: str) -> bool:
    policy = IAMPolicy({"policy_document": json.dumps(DOCUMENTS[agent])})
    return policy.is_action_permitted(action, resource) == PermissionResult.PERMITTED


def resource_of(kind: str, target: str) -> str:
    """Give one real resource behind a logical name."""
    if kind == "prefix":
        return f"arn:aws:s3:::{SETTINGS.documents.name}/{SETTINGS.documents.prefixes[target].path}x.json"
    if kind == "table":
        return NAMING.table(SETTINGS.tables[target].name)
    if kind == "queue":
        return NAMING.queue(SETTINGS.queues[target].name)
    return NAMING.runtime(SETTINGS.agents[target].runtime_name)[0].replace("*", "AbCdE12345")


NEEDS = [(agent, need) for agent in GRANTS for need in needs(agent, SETTINGS)]
ACTIONS = {
    kind: sorted({action for _, need in NEEDS if need.kind == kind for action in need.actions})
    for kind in ("prefix", "table", "queue", "agent")
}
TARGETS = {
    "prefix": SETTINGS.documents.prefixes,
    "table": SETTINGS.tables,
    "queue": SETTINGS.queues,
    "agent": SETTINGS.agents,
}


@pytest.mark.parametrize(
    ("agent", "need"), NEEDS, ids=lambda part: part.target if isinstance(part, Need) else part
)
def test_what_an_agent_needs_it_may_do(agent: str, need: Need) -> None:
    for action in need.actions:
        assert permitted(agent, action, resource_of(need.kind, need.target)), action


@pytest.mark.parametrize("agent", GRANTS)
def test_what_no_need_names_is_denied(agent: str) -> None:
    needed = {(need.kind, need.target, action) for need in needs(agent, SETTINGS) for action in need.actions}
    count = 0
    for kind, targets in TARGETS.items():
        for target, action in product(targets, ACTIONS[kind]):
            if (kind, target, action) not in needed:
                count += 1
                assert not permitted(agent, action, resource_of(kind, target)), (action, target)
    assert count > 50


@pytest.mark.parametrize("agent", GRANTS)
@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("s3:DeleteObject", f"arn:aws:s3:::{SETTINGS.documents.name}/BANK/x.pdf"),
        ("s3:GetObject", f"arn:aws:s3:::{SETTINGS.documents.name}/elsewhere/x.pdf"),
        ("s3:GetObject", f"arn:aws:s3:::{SETTINGS.audit.name}/s3-access-logs/x"),
        ("dynamodb:DeleteItem", NAMING.table("BankTradeData")),
        ("dynamodb:DeleteTable", NAMING.table("BankTradeData")),
        ("dynamodb:GetItem", NAMING.table("BankTradeData-production")),
        ("dynamodb:GetItem", "arn:aws:dynamodb:eu-west-1:123456789012:table/BankTradeData"),
        ("sqs:PurgeQueue", NAMING.queue("trade-matching-system-ops-desk-queue-production.fifo")),
        (
            "bedrock:InvokeModel",
            "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-opus-4-20250514-v1:0",
        ),
        ("bedrock:InvokeModel", "arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-pro-v1:0"),
        ("iam:PassRole", NAMING.role("anything")),
        ("sts:AssumeRole", NAMING.role("anything")),
        ("kms:Decrypt", "arn:aws:kms:us-east-1:123456789012:key/k"),
        ("logs:PutLogEvents", "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/x:log-stream:y"),
        ("ecr:BatchGetImage", NAMING.repository("somebody-elses")),
    ],
)
def test_nobody_may_do_what_no_agent_needs(agent: str, action: str, resource: str) -> None:
    assert not permitted(agent, action, resource)


@pytest.mark.parametrize("region", ["us-east-1", "us-east-2", "us-west-2"])
def test_a_model_is_reached_through_its_profile_in_every_region_behind_it(region: str) -> None:
    profile = f"arn:aws:bedrock:us-east-1:{ACCOUNT}:inference-profile/us.amazon.nova-pro-v1:0"
    assert permitted("pdf-adapter", "bedrock:InvokeModel", profile)
    assert permitted(
        "pdf-adapter",
        "bedrock:InvokeModelWithResponseStream",
        f"arn:aws:bedrock:{region}::foundation-model/amazon.nova-pro-v1:0",
    )
    assert not permitted("trade-matching", "bedrock:InvokeModel", profile)


def test_a_model_without_a_profile_is_the_one_of_the_region_only() -> None:
    arns = NAMING.models("amazon.nova-pro-v1:0", None)
    assert arns == ["arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0"]
    worldwide = NAMING.models("amazon.nova-pro-v1:0", "global")
    assert "arn:aws:bedrock:::foundation-model/amazon.nova-pro-v1:0" in worldwide


def test_a_prefix_that_the_settings_add_opens_an_optional_need() -> None:
    assert "orchestration" not in json.dumps(DOCUMENTS["orchestrator"])
    prefix = {"path": "orchestration/decisions/", "glacierAfterDays": 90}
    settings = parse(changed(stack_config("production"), "documents.prefixes.decisions", prefix), "f")
    assert "/orchestration/decisions/*" in permissions("orchestrator", settings, NAMING)


def test_no_action_holds_a_wildcard_and_a_star_resource_has_no_resource_level_action() -> None:
    open_to_all = {
        "ecr:GetAuthorizationToken",
        "cloudwatch:PutMetricData",
        "xray:PutTraceSegments",
        "xray:PutTelemetryRecords",
        "xray:GetSamplingRules",
        "xray:GetSamplingTargets",
    }
    for document in DOCUMENTS.values():
        assert len(json.dumps(document)) < INLINE_POLICY_CHARACTERS
        for statement in document["Statement"]:
            assert not any("*" in action for action in statement["Action"])
            assert statement["Resource"] != ["*"] or set(statement["Action"]) <= open_to_all


def test_listing_is_limited_to_the_agents_own_prefixes() -> None:
    for agent, document in DOCUMENTS.items():
        paths = {
            SETTINGS.documents.prefixes[need.target].path
            for need in needs(agent, SETTINGS)
            if need.kind == "prefix"
        }
        listing = [
            statement for statement in document["Statement"] if statement["Action"] == ["s3:ListBucket"]
        ]
        listed = {path for statement in listing for path in statement["Condition"]["StringLike"]["s3:prefix"]}
        assert listed == {f"{path}*" for path in paths}


def test_only_agentcore_of_this_account_may_assume_an_execution_role() -> None:
    (statement,) = json.loads(trust(NAMING))["Statement"]
    assert statement["Principal"] == {"Service": "bedrock-agentcore.amazonaws.com"}
    assert statement["Condition"] == {
        "StringEquals": {"aws:SourceAccount": ACCOUNT},
        "ArnLike": {"aws:SourceArn": f"arn:aws:bedrock-agentcore:us-east-1:{ACCOUNT}:*"},
    }


def test_a_document_beyond_iams_limit_is_refused() -> None:
    many = [{"id": f"vendor.model-{number:03}-{'x' * 60}", "profile": "us"} for number in range(40)]
    settings = parse(changed(stack_config("production"), "agents.pdf-adapter.models", many), "f")
    with pytest.raises(pulumi.RunError, match=r"agents\.pdf-adapter: its permissions have \d+ characters"):
        permissions("pdf-adapter", settings, NAMING)


def test_two_partitions_spell_their_own_arns() -> None:
    assert Naming("cn-north-1", ACCOUNT).bucket("b") == "arn:aws-cn:s3:::b"
    assert Naming("us-gov-west-1", ACCOUNT).table("t").startswith("arn:aws-us-gov:dynamodb:us-gov-west-1:")
