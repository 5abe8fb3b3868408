"""The guidelines' own names and numbers, against the stack files and the agents' declarations as they are committed.

Nothing is read from a setting to expect it of another: what is expected stands here as the guidelines have it.
"""

from typing import Any

import pytest

from components.settings import Settings, SettingsError, parse
from components.settings.declarations import read_all
from tests.support.stackfile import ROOT, changed, everything, registered, stack_config

STACKS = pytest.mark.parametrize("stack", ["production", "local"])
CLAUDE = "anthropic.claude-3-5-sonnet-20241022-v2:0"
NOVA = "amazon.nova-pro-v1:0"


def settings(stack: str) -> Settings:
    return parse(stack_config(stack), f"Pulumi.{stack}.yaml")


@STACKS
def test_the_five_tables_have_their_keys_all_of_text(stack: str) -> None:
    keys = {
        table.name: [(key.name, key.type) for key in (table.hash_key, table.range_key) if key]
        for table in settings(stack).tables.values()
    }
    assert keys == {
        "BankTradeData": [("trade_id", "S"), ("internal_reference", "S")],
        "CounterpartyTradeData": [("trade_id", "S"), ("internal_reference", "S")],
        "ai-trade-matching-processing-status": [("sessionId", "S")],
        "ExceptionsTable": [("exception_id", "S"), ("timestamp", "S")],
        "AgentRegistry": [("agent_id", "S")],
    }


@STACKS
def test_the_status_table_expires_by_its_attribute_and_has_its_purpose(stack: str) -> None:
    (table,) = [
        candidate
        for candidate in settings(stack).tables.values()
        if candidate.name == "ai-trade-matching-processing-status"
    ]
    assert (table.ttl_attribute, table.purpose) == ("expiresAt", "workflow-status-tracking")


@STACKS
def test_the_bucket_has_its_name_and_its_five_folders(stack: str) -> None:
    documents = settings(stack).documents
    assert documents.name == "trade-matching-system-agentcore-production"
    assert {prefix.path for prefix in documents.prefixes.values()} == {
        *("BANK/", "COUNTERPARTY/", "canonical-outputs/", "reports/", "exceptions/")
    }


@STACKS
def test_the_tags_are_the_three_and_managed_by_is_pulumi(stack: str) -> None:
    """Where the guidelines' Terraform says terraform, this is not it."""
    assert settings(stack).tags == {
        "Environment": stack,
        "Project": "trade-matching-system",
        "ManagedBy": "pulumi",
    }


@STACKS
def test_the_region_is_us_east_1(stack: str) -> None:
    assert stack_config(stack)["aws:region"] == "us-east-1"
    assert settings(stack).region == "us-east-1"


@STACKS
def test_queues_are_fifo_by_name_or_say_why_not_and_hide_messages_for_30_to_300_seconds(stack: str) -> None:
    for queue in settings(stack).queues.values():
        for name in (queue.name, queue.dead_letter_name):
            assert name.endswith(".fifo") is (queue.standard_reason is None), name
        assert 30 <= queue.visibility_timeout_seconds <= 300


@pytest.mark.parametrize("seconds", [29, 301])
def test_no_other_visibility_timeout_is_taken(seconds: int) -> None:
    config = changed(stack_config("production"), "queues.matching.visibilityTimeoutSeconds", seconds)
    with pytest.raises(SettingsError, match=f"{seconds} is refused; allowed is 30 to 300 seconds"):
        parse(config, "f")


@STACKS
def test_log_groups_are_named_after_agent_api_and_function(stack: str) -> None:
    names = {
        resource.inputs["name"]
        for resource in registered(stack_config(stack), stack)
        if _is(resource, "LogGroup")
    }
    assert {f"/aws/bedrock/agentcore/{agent}" for agent in settings(stack).agents} <= names
    assert {"/aws/apigateway/trade-matching-api", "/aws/lambda/s3-event-processor-production"} <= names


@STACKS
def test_agents_have_the_two_models_cool_and_with_half_a_minute(stack: str) -> None:
    stack_settings = settings(stack)
    declared, wrong = read_all(stack_settings.agents, ROOT)
    assert wrong == []
    for agent, declaration in declared.items():
        model = NOVA if agent == "pdf-adapter" else CLAUDE
        assert [allowed.id for allowed in stack_settings.agents[agent].models] == [model]
        assert declaration.model_id == f"us.{model}"
        assert declaration.temperature == 0.1
    assert type(next(iter(declared.values()))).model_fields["timeout"].default == 30


@STACKS
def test_the_program_makes_no_people_and_no_keys_of_people(stack: str) -> None:
    types = {resource.typ for resource in registered(everything(stack), stack)}
    assert "aws:iam/role:Role" in types
    assert not {
        token for token in types if "User" in token or "AccessKey" in token or "LoginProfile" in token
    }


def _is(resource: Any, kind: str) -> bool:  # noqa: ANN401 - what the mocks recorded
    return str(resource.typ).endswith(f":{kind}")
