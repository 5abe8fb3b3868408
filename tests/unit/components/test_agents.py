"""Agents, their repositories and runtimes, as the program registers them."""

import json
from typing import Any

import pytest

from components.settings import Settings, read
from tests.support.stackfile import (
    ACCOUNT,
    DIGEST,
    PROJECT,
    ROOT,
    changed,
    everything,
    registered,
    stack_config,
)

AGENTS = set(stack_config("local")[f"{PROJECT}:agents"])


@pytest.fixture(scope="module")
def settings() -> Settings:
    return read("local", ROOT)


def test_each_agent_has_a_repository_whose_tags_stay_and_whose_images_are_scanned(
    by_name: dict[str, dict[str, Any]], settings: Settings
) -> None:
    repositories = {
        key.removesuffix("-images"): repository
        for key, repository in by_name.items()
        if key.endswith("-images")
    }
    assert repositories.keys() == AGENTS
    for agent, repository in repositories.items():
        assert repository["name"] == settings.agents[agent].repository
        assert repository["imageTagMutability"] == "IMMUTABLE"
        assert repository["imageScanningConfiguration"] == {"scanOnPush": True}
        assert f"{agent}-images-lifecycle" in by_name


def test_no_rule_takes_an_image_with_a_tag_away(by_name: dict[str, dict[str, Any]]) -> None:
    """A count of images knows nothing of what runs: the running one would go once enough others came."""
    for agent in AGENTS:
        rules = json.loads(by_name[f"{agent}-images-lifecycle"]["policy"])["rules"]
        assert [rule["selection"]["tagStatus"] for rule in rules] == ["untagged"]


def test_without_a_digest_nothing_runs(by_name: dict[str, dict[str, Any]]) -> None:
    assert not [key for key in by_name if key.endswith(("-runtime", "-endpoint"))]


def test_a_runtime_is_its_declaration(complete: dict[str, dict[str, Any]], settings: Settings) -> None:
    for agent, declared in settings.declarations.items():
        agent_settings, runtime = settings.agents[agent], complete[f"{agent}-runtime"]
        image = runtime["agentRuntimeArtifact"]["containerConfiguration"]["containerUri"]
        assert image == f"{ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/{agent_settings.repository}@{DIGEST}"
        assert runtime["roleArn"] == f"arn:aws:iam::{ACCOUNT}:role/{agent_settings.role_name}"
        assert runtime["agentRuntimeName"] == agent_settings.runtime_name
        assert runtime["networkConfiguration"]["networkMode"] == "VPC"
        variables = runtime["environmentVariables"]
        assert variables["BEDROCK_MODEL_ID"] == declared.model_id
        assert variables["SYSTEM_PROMPT"] == declared.system_prompt
        assert declared.tools
        assert variables["TOOLS"] == ",".join(declared.tools)
        assert runtime["description"] == declared.description
        assert variables["TEMPERATURE"] == "0.1"
        assert variables["TIMEOUT_SECONDS"] == str(declared.timeout)
        assert not [value for value in variables.values() if "${" in value]
        assert complete[f"{agent}-endpoint"]["name"] == "live"


def test_what_an_agent_is_told_of_the_stack_are_the_stacks_own_names(
    complete: dict[str, dict[str, Any]],
) -> None:
    variables = complete["trade-extraction-runtime"]["environmentVariables"]
    assert variables["DYNAMODB_BANK_TABLE"] == complete["bank-trades"]["name"]
    queue = complete["matching"]["name"]
    assert variables["MATCHING_QUEUE_URL"] == f"https://sqs.us-east-1.amazonaws.com/{ACCOUNT}/{queue}"


def test_the_group_of_the_services_own_endpoint_is_declared_where_the_settings_say_so(
    complete: dict[str, dict[str, Any]],
) -> None:
    config = changed(everything("local"), "observability.defaultEndpointLogs", ...)
    names = {resource.name for resource in registered(config, "local")}
    assert {f"{agent}-live-logs" for agent in AGENTS} <= names
    assert not {f"{agent}-default-logs" for agent in AGENTS} & names
    assert {f"{agent}-default-logs" for agent in AGENTS} <= set(complete)


def test_what_is_not_watched_has_runtimes_without_log_groups() -> None:
    config = changed(everything("local"), "observability", ...)
    names = {resource.name for resource in registered(changed(config, "cost.services", ...), "local")}
    assert {f"{agent}-endpoint" for agent in AGENTS} <= names
    assert not [name for name in names if name.endswith(("-live-logs", "-default-logs"))]


KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"


@pytest.mark.parametrize(
    ("choice", "encryption"),
    [
        ({}, {"encryptionType": "AES256"}),
        ({"images": KEY}, {"encryptionType": "KMS", "kmsKey": KEY}),
        ({"images": "stack-key"}, {"encryptionType": "KMS", "kmsKey": "arn:of:stack-key"}),
    ],
)
def test_images_are_encrypted_as_the_settings_say(choice: dict[str, str], encryption: dict[str, str]) -> None:
    config = changed(everything("local"), "encryption", choice)
    repositories = [
        resource.inputs for resource in registered(config, "local") if resource.name.endswith("-images")
    ]
    assert [repository["encryptionConfigurations"] for repository in repositories] == [[encryption]] * len(
        AGENTS
    )
