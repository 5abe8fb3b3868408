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
    found = {key.removesuffix("-images"): one for key, one in by_name.items() if key.endswith("-images")}
    assert found.keys() == AGENTS
    for agent, one in found.items():
        assert one["name"] == settings.agents[agent].repository
        assert one["imageTagMutability"] == "IMMUTABLE"
        assert one["imageScanningConfiguration"] == {"scanOnPush": True}
        assert f"{agent}-images-lifecycle" in by_name


def test_no_rule_takes_an_image_with_a_tag_away(by_name: dict[str, dict[str, Any]]) -> None:
    """A count of images knows nothing of what runs: the running one would go once enough others came."""
    for agent in AGENTS:
        rules = json.loads(by_name[f"{agent}-images-lifecycle"]["policy"])["rules"]
        assert [one["selection"]["tagStatus"] for one in rules] == ["untagged"]


def test_without_a_digest_nothing_runs(by_name: dict[str, dict[str, Any]]) -> None:
    assert not [key for key in by_name if key.endswith(("-runtime", "-endpoint"))]


def test_a_runtime_is_its_declaration(complete: dict[str, dict[str, Any]], settings: Settings) -> None:
    for agent, declared in settings.declarations.items():
        own, made = settings.agents[agent], complete[f"{agent}-runtime"]
        image = made["agentRuntimeArtifact"]["containerConfiguration"]["containerUri"]
        assert image == f"{ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/{own.repository}@{DIGEST}"
        assert made["roleArn"] == f"arn:aws:iam::{ACCOUNT}:role/{own.role_name}"
        assert made["agentRuntimeName"] == own.runtime_name
        assert made["networkConfiguration"]["networkMode"] == "VPC"
        given = made["environmentVariables"]
        assert given["BEDROCK_MODEL_ID"] == declared.model_id
        assert given["SYSTEM_PROMPT"] == declared.system_prompt
        assert declared.tools
        assert given["TOOLS"] == ",".join(declared.tools)
        assert made["description"] == declared.description
        assert given["TEMPERATURE"] == "0.1"
        assert given["TIMEOUT_SECONDS"] == str(declared.timeout)
        assert not [value for value in given.values() if "${" in value]
        assert complete[f"{agent}-endpoint"]["name"] == "live"


def test_what_an_agent_is_told_of_the_stack_are_the_stacks_own_names(
    complete: dict[str, dict[str, Any]],
) -> None:
    given = complete["trade-extraction-runtime"]["environmentVariables"]
    assert given["DYNAMODB_BANK_TABLE"] == complete["bank-trades"]["name"]
    queue = complete["matching"]["name"]
    assert given["MATCHING_QUEUE_URL"] == f"https://sqs.us-east-1.amazonaws.com/{ACCOUNT}/{queue}"


def test_the_group_of_the_services_own_endpoint_is_declared_where_the_settings_say_so(
    complete: dict[str, dict[str, Any]],
) -> None:
    config = changed(everything("local"), "observability.defaultEndpointLogs", ...)
    made = {one.name for one in registered(config, "local")}
    assert {f"{agent}-live-logs" for agent in AGENTS} <= made
    assert not {f"{agent}-default-logs" for agent in AGENTS} & made
    assert {f"{agent}-default-logs" for agent in AGENTS} <= set(complete)


def test_what_is_not_watched_has_runtimes_without_log_groups() -> None:
    config = changed(everything("local"), "observability", ...)
    made = {one.name for one in registered(changed(config, "cost.services", ...), "local")}
    assert {f"{agent}-endpoint" for agent in AGENTS} <= made
    assert not [one for one in made if one.endswith(("-live-logs", "-default-logs"))]


KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"


@pytest.mark.parametrize(
    ("choice", "made"),
    [
        ({}, {"encryptionType": "AES256"}),
        ({"images": KEY}, {"encryptionType": "KMS", "kmsKey": KEY}),
        ({"images": "stack-key"}, {"encryptionType": "KMS", "kmsKey": "arn:of:stack-key"}),
    ],
)
def test_images_are_encrypted_as_the_settings_say(choice: dict[str, str], made: dict[str, str]) -> None:
    config = changed(everything("local"), "encryption", choice)
    found = [one.inputs for one in registered(config, "local") if one.name.endswith("-images")]
    assert [one["encryptionConfigurations"] for one in found] == [[made]] * len(AGENTS)
