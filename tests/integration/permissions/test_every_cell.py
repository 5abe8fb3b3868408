"""Every action of anybody on everything of anybody, for each agent: the evaluator says what the grants say."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from components.grants import GRANTS
from components.settings import Encryption, Index, Model, Prefix, Settings, read
from components.settings.grants import Grant
from tests.support.judge import Documents, ask, documents
from tests.support.permissions import GRANTED, granted, needs, pairs
from tests.support.stackfile import ACCOUNT, ROOT
from tests.support.tally import Counts
from tms_policies.documents.actions import covers
from tms_policies.documents.evaluation.decide import evaluate
from tms_policies.documents.evaluation.request import Principal, Request
from tms_policies.documents.evaluation.statements import Policy
from tms_policies.documents.evaluation.verdict import Decision, Policies

JUDGE = "evaluator"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/"


ADDED = {
    "pdf-adapter": [
        {"table": "agent-registry", "actions": ["dynamodb:Query"], "reason": "finds the next agent"},
        {
            "agent": "orchestrator",
            "actions": ["bedrock-agentcore:InvokeAgentRuntime"],
            "reason": "asks for the next step",
        },
    ],
    "trade-matching": [
        {"table": "bank-trades", "actions": ["dynamodb:DeleteItem"], "reason": "takes what was matched"},
        {"prefix": "decisions", "actions": ["s3:DeleteObject"], "reason": "takes back a decision"},
        {
            "queue": "compliance",
            "actions": ["sqs:SendMessage", "sqs:PurgeQueue"],
            "reason": "tells of it, and clears it",
        },
    ],
}
"""Grants by setting, beside those of components/grants.py."""


def plain() -> Settings:
    return read("local", ROOT)


def rich() -> Settings:
    """Give settings with all that the stack files do without: keys, indexes, memories, models, grants."""
    given = plain()
    model = given.agents["orchestrator"].models[0].id
    index = Index.model_validate({"hashKey": {"name": "state"}})
    models = {
        "trade-matching": [],
        "exception-management": [Model(id=model)],
        "orchestrator": [Model(id=model, profile="global")],
    }
    agents = {
        name: agent.model_copy(
            update={
                "memory_id": f"{name}-AbCdE12345",
                "models": models.get(name, agent.models),
                "grants": [Grant.model_validate(one) for one in ADDED.get(name, [])],
            }
        )
        for name, agent in given.agents.items()
    }
    indexed = given.tables["bank-trades"].model_copy(update={"indexes": {"ByState": index}})
    decisions = Prefix.model_validate({"path": "orchestration/decisions/", "glacierAfterDays": 90})
    prefixes = {**given.documents.prefixes, "decisions": decisions}
    return given.model_copy(
        update={
            "agents": agents,
            "tables": {**given.tables, "bank-trades": indexed},
            "documents": given.documents.model_copy(update={"prefixes": prefixes}),
            "encryption": Encryption(tables=f"{KEY}t", buckets=f"{KEY}b", queues=f"{KEY}q"),
        }
    )


SETTINGS: dict[str, Callable[[], Settings]] = {"of the stack": plain, "with all there is": rich}


@cache
def made(name: str) -> tuple[Settings, Documents]:
    settings = SETTINGS[name]()
    return settings, documents(settings)


def disagreements(settings: Settings, held: Documents, agent: str, tally: Counts) -> list[str]:
    """Give every request of an agent that is answered otherwise than its grants say."""
    found: list[str] = []
    for action, thing in pairs(settings):
        verdict = ask(held, agent, action, thing)
        expected = granted(agent, action, thing, settings)
        tally[JUDGE, agent, "allowed" if verdict.allowed else "denied"] += 1
        if verdict.allowed is not expected or verdict.decision is Decision.UNKNOWN:
            found.append(f"{action} on {thing}: {verdict.reason}")
    return found


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize("agent", GRANTS)
def test_an_agent_may_do_what_its_grants_say_and_nothing_else(agent: str, name: str, tally: Counts) -> None:
    assert disagreements(*made(name), agent, tally) == []


@pytest.mark.parametrize("agent", GRANTS)
@pytest.mark.parametrize(
    "statement",
    [
        {"Effect": "Allow", "Action": "sqs:PurgeQueue", "Resource": f"arn:aws:sqs:*:{ACCOUNT}:*-dlq-*"},
        {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::*/BANK/*"},
        {"Effect": "Deny", "Action": "xray:PutTelemetryRecords", "Resource": "*"},
    ],
)
def test_a_document_that_says_more_or_less_is_found_out(agent: str, statement: dict[str, str]) -> None:
    settings, held = made("of the stack")
    document = json.loads(held.texts[agent])
    document["Statement"].append(statement)
    identity = {**held.identity, agent: Policy.of("it", document)}
    found = disagreements(settings, replace(held, identity=identity), agent, Counts())
    assert found
    assert all(one.startswith(f"{statement['Action']} on ") for one in found)


@pytest.mark.parametrize("agent", GRANTS)
@pytest.mark.parametrize("name", SETTINGS)
def test_no_document_has_an_action_that_is_nobodys_need_or_that_serves_nothing(agent: str, name: str) -> None:
    settings, held = made(name)
    served = {
        (action, thing.arn) for action, thing in pairs(settings) if granted(agent, action, thing, settings)
    }
    needed = {*GRANTED, *(action for need in needs(agent, settings) for action in need.actions)}
    for statement in json.loads(held.texts[agent])["Statement"]:
        for action in statement["Action"]:
            assert action in needed
            for pattern in statement["Resource"]:
                assert any(one == action and covers(pattern, arn) for one, arn in served), (action, pattern)


@pytest.mark.parametrize("agent", GRANTS)
def test_without_tls_buckets_and_queues_refuse_what_is_granted(agent: str, tally: Counts) -> None:
    settings, held = made("of the stack")
    plainly = [
        (action, thing)
        for action, thing in pairs(settings)
        if thing.kind in ("prefix", "listing", "queue") and granted(agent, action, thing, settings)
    ]
    assert plainly
    for action, thing in plainly:
        verdict = ask(held, agent, action, thing, {"aws:SecureTransport": "false"})
        tally[JUDGE, agent, "allowed" if verdict.allowed else "denied"] += 1
        assert verdict.decision is Decision.EXPLICIT_DENY, (action, thing)


@pytest.mark.parametrize("agent", GRANTS)
def test_a_permissions_boundary_takes_away_what_it_does_not_have(agent: str, tally: Counts) -> None:
    settings, held = made("of the stack")
    but_stores = {"Effect": "Allow", "NotAction": ["s3:*", "dynamodb:*"], "Resource": "*"}
    boundary = Policy.of("the boundary", {"Version": "2012-10-17", "Statement": [but_stores]})
    for action, thing in pairs(settings):
        allowed = ask(replace(held, boundary=boundary), agent, action, thing).allowed
        tally[JUDGE, agent, "allowed" if allowed else "denied"] += 1
        kept = action.partition(":")[0] not in ("s3", "dynamodb")
        assert allowed is (kept and granted(agent, action, thing, settings)), (action, thing)


AGENTCORE = Principal(service="bedrock-agentcore.amazonaws.com")
SOURCE = {
    "aws:SourceAccount": ACCOUNT,
    "aws:SourceArn": f"arn:aws:bedrock-agentcore:us-east-1:{ACCOUNT}:runtime/pdf_adapter_agent-AbCdE12345",
}
STRANGE = {key: value.replace(ACCOUNT, "1" * 12) for key, value in SOURCE.items()}
CALLERS: list[tuple[Principal, dict[str, str], bool]] = [
    (AGENTCORE, SOURCE, True),
    (AGENTCORE, STRANGE, False),
    (AGENTCORE, {**SOURCE, "aws:SourceAccount": "1" * 12}, False),
    (
        AGENTCORE,
        {**SOURCE, "aws:SourceArn": SOURCE["aws:SourceArn"].replace("us-east-1", "eu-west-1")},
        False,
    ),
    (AGENTCORE, {}, False),
    (Principal(service="lambda.amazonaws.com"), SOURCE, False),
    (Principal(f"arn:aws:iam::{ACCOUNT}:root"), SOURCE, False),
    (Principal(f"arn:aws:iam::{ACCOUNT}:user/ann"), SOURCE, False),
    (Principal("arn:aws:iam::111111111111:role/agent"), SOURCE, False),
]


@pytest.mark.parametrize("agent", GRANTS)
def test_a_role_is_taken_by_agentcore_of_this_account_and_by_nobody_else(agent: str, tally: Counts) -> None:
    _, held = made("of the stack")
    role = f"arn:aws:iam::{ACCOUNT}:role/{held.roles[agent]}"
    others = [(held.who(other), SOURCE, False) for other in GRANTS]
    for caller, context, expected in (*CALLERS, *others):
        request = Request(caller, "sts:AssumeRole", (role,), context)
        everything = Policy.of("all", {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
        allowed = evaluate(request, Policies([everything], resource=held.trust[agent])).allowed
        tally[JUDGE, agent, "allowed" if allowed else "denied"] += 1
        assert allowed is expected, (caller, context)
