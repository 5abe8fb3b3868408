"""A stack in GovCloud or China: everything is spelled for its partition, or the settings refuse it."""

import json
import re
from typing import Any

import pytest

from components.settings import SettingsError, parse
from tests.support.stackfile import PROJECT, changed, everything, registered

REGIONS = {"us-gov-west-1": "aws-us-gov", "cn-north-1": "aws-cn"}
OF_ANY_PARTITION = re.compile(r'"[a-z0-9.-]+\.amazonaws\.com"')
"""Service principals without a region, which are the same everywhere."""


def elsewhere(region: str) -> dict[str, Any]:
    """Return the config of a stack with all that a region has."""
    config: dict[str, Any] = {**everything("local"), "aws:region": region}
    for agent in config[f"{PROJECT}:agents"].values():
        for model in agent["models"]:
            model.pop("profile", None)
    config = changed(config, "cost", ...)
    if region.startswith("cn-"):
        config = changed(changed(config, "agents", {}), "network", ...)
    return config


def refusal(config: dict[str, Any]) -> list[str]:
    with pytest.raises(SettingsError) as refused:
        parse(config, "f")
    return [line.removeprefix(f"f: {PROJECT}:") for line in refused.value.lines]


def no_declarations(*_: object) -> tuple[dict[str, object], list[str]]:
    return {}, []


def no_contradictions(*_: object) -> list[str]:
    return []


@pytest.mark.parametrize("region", REGIONS)
def test_every_arn_address_and_service_is_of_the_stacks_partition(
    region: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = elsewhere(region)
    if region.startswith("cn-"):  # a declaration names the models of its agent, and there is none
        monkeypatch.setattr("components.settings.declarations.read_all", no_declarations)
    else:
        # they name models with the profile that only the commercial partition has
        monkeypatch.setattr("components.settings.declarations._contradictions", no_contradictions)
    resources = [resource for resource in registered(config, "local") if resource.typ.startswith("aws:")]
    assert len(resources) > 100
    text = json.dumps([resource.inputs for resource in resources]).replace('\\"', '"')
    assert set(re.findall(r"arn:(aws[a-z-]*):", text)) == {REGIONS[region]}
    assert "us-east-1" not in text
    suffix = "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
    addresses = set(re.findall(r"[\w./:-]*\.amazonaws\.com[\w.]*", text))
    regional = {address for address in addresses if region in address}
    assert regional
    assert all(re.search(rf"{re.escape(suffix)}(/|$)", address) for address in regional), regional
    assert all(OF_ANY_PARTITION.fullmatch(f'"{address}"') for address in addresses - regional)
    assert f"https://sqs.{region}.{suffix}/" in text or region.startswith("cn-")


def test_agents_and_network_are_refused_where_there_is_no_bedrock() -> None:
    config = {**elsewhere("us-gov-west-1"), "aws:region": "cn-north-1"}
    nowhere = "is refused; Amazon Bedrock is in no region of China, nor in cn-north-1; leave it out"
    assert refusal(config) == [f"agents: {nowhere}"]
    config = {**elsewhere("cn-north-1"), f"{PROJECT}:network": config[f"{PROJECT}:network"]}
    assert refusal(config) == [f"network: {nowhere}"]


@pytest.mark.parametrize("profile", ["us", "global"])
def test_a_profile_that_routes_to_the_commercial_partition_is_refused(profile: str) -> None:
    config = changed(elsewhere("us-gov-west-1"), "agents.orchestrator.models.0.profile", profile)
    (line,) = refusal(config)
    allowed = "it routes to regions that us-gov-west-1 is apart from; allowed is no profile"
    assert line == f'agents.orchestrator.models[0].profile: "{profile}" is refused; {allowed}'


@pytest.mark.parametrize("region", REGIONS)
def test_costs_are_refused_where_aws_bills_apart(region: str) -> None:
    config = changed(elsewhere(region), "cost", {"budget": "monthly", "monthlyDollars": 10})
    assert refusal(config) == [
        f"cost: is refused; AWS bills {region} apart, and neither there nor in US dollars; leave cost out"
    ]
