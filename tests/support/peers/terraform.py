"""Planned resources of the AWS provider as Terraform writes them: the provider is Terraform's, under other names."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

# Where Terraform's type is not `aws_<module>_<resource>`
_TYPES = {
    "aws:apigatewayv2/api:Api": "aws_apigatewayv2_api",
    "aws:bedrock/agentAgent:AgentAgent": "aws_bedrockagent_agent",
    "aws:bedrock/agentDataSource:AgentDataSource": "aws_bedrockagent_data_source",
    "aws:bedrock/agentcoreBrowser:AgentcoreBrowser": "aws_bedrockagentcore_browser",
    "aws:bedrockmodel/invocationLoggingConfiguration:InvocationLoggingConfiguration": (
        "aws_bedrock_model_invocation_logging_configuration"
    ),
    "aws:cloudtrail/trail:Trail": "aws_cloudtrail",
    "aws:cloudwatch/logGroup:LogGroup": "aws_cloudwatch_log_group",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": "aws_default_security_group",
    "aws:ec2/securityGroup:SecurityGroup": "aws_security_group",
    "aws:ec2/vpcEndpoint:VpcEndpoint": "aws_vpc_endpoint",
}
# Blocks that Pulumi gives as lists under a plural name
_BLOCKS = {
    "attributes": "attribute",
    "globalSecondaryIndexes": "global_secondary_index",
    "replicas": "replica",
    "rules": "rule",
    "corsRules": "cors_rule",
    "eventSelectors": "event_selector",
    "metricQueries": "metric_query",
    "encryptionConfigurations": "encryption_configuration",
    "notifications": "notification",
    "accountRecoverySettings": "account_recovery_setting",
}
_OWN_WORDS = frozenset(["tags", "variables", "dimensions", "filterPolicy", "parameters"])


def snake(name: str) -> str:
    """Give a property's name as Terraform spells it."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


def _literal(value: object) -> str:
    return json.dumps(value).replace("${", "$${").replace("%{", "%%{")


def _lines(name: str, value: Any, depth: int) -> Iterator[str]:  # noqa: ANN401 - a property bag holds anything
    """Give an argument, or the blocks that an object or a list of objects stands for."""
    margin = "  " * depth
    given = value if isinstance(value, list) else [value]
    if name in _OWN_WORDS or not given or not all(isinstance(one, dict) for one in given):
        yield f"{margin}{snake(name)} = {_literal(value)}"
        return
    for block in given:
        yield f"{margin}{_BLOCKS.get(name, snake(name))} {{"
        for key, one in block.items():
            if not key.startswith("__"):
                yield from _lines(key, one, depth + 1)
        yield f"{margin}}}"


def terraform_type(token: str) -> str:
    """Give the Terraform type of a resource type token."""
    module, _, name = token.split(":")[1].partition("/")
    return _TYPES.get(token, f"aws_{module}_{snake(name)}")


def document(planned: Iterable[Mapping[str, Any]]) -> str:
    """Give the states of planned resources as a Terraform file; what is not known yet is text like any other."""
    found: list[str] = []
    for state in planned:
        name = state["urn"].rpartition("::")[2]
        found.append(f'resource "{terraform_type(state["type"])}" "{name}" {{')
        for key, value in state.get("inputs", {}).items():
            if key != "tagsAll" and not key.startswith("__"):
                found += _lines(key, value, 1)
        found.append("}")
    return "\n".join(found) + "\n"
