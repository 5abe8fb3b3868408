"""Listings of what runs: Lambda, ECR and Bedrock."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from toolkit.adopt.listings.model import Listing, Row, rows

_FUNCTION = "aws:lambda/function:Function"


def _permission_rows(page: Mapping[str, Any]) -> Iterable[Row]:
    for one in json.loads(page.get("Policy") or "{}").get("Statement", ()):
        principal = one.get("Principal") or {}
        named = principal if isinstance(principal, str) else next(iter(principal.values()), "")
        yield {"id": one["Sid"], "name": one["Sid"], "action": one.get("Action"), "principal": named}


def _url_rows(page: Mapping[str, Any]) -> Iterable[Row]:
    """A function has one URL, and each of its aliases may have one."""
    for one in page.get("FunctionUrlConfigs", ()):
        _, _, _, _, _, _, name, *qualifier = one["FunctionArn"].split(":")
        identity = "/".join((name, *qualifier))
        yield {"id": identity, "name": identity}


LISTINGS = (
    Listing(
        _FUNCTION,
        "lambda",
        "list_functions",
        "lambda:ListFunctions",
        rows("Functions[].{id: FunctionName, name: FunctionName}"),
    ),
    Listing(
        "aws:lambda/eventSourceMapping:EventSourceMapping",
        "lambda",
        "list_event_source_mappings",
        "lambda:ListEventSourceMappings",
        rows(
            "EventSourceMappings[].{id: UUID, name: UUID, functionName: FunctionArn, "
            "eventSourceArn: EventSourceArn}"
        ),
        match=("functionName", "eventSourceArn"),
    ),
    Listing(
        "aws:lambda/permission:Permission",
        "lambda",
        "get_policy",
        "lambda:GetPolicy",
        _permission_rows,
        match=("action", "principal"),
        parent=_FUNCTION,
        within={"function": "FunctionName"},
        id="{function}/{id}",
    ),
    Listing(
        "aws:lambda/alias:Alias",
        "lambda",
        "list_aliases",
        "lambda:ListAliases",
        rows("Aliases[].{id: Name, name: Name}"),
        parent=_FUNCTION,
        within={"functionName": "FunctionName"},
        id="{functionName}/{id}",
    ),
    Listing(
        "aws:lambda/functionUrl:FunctionUrl",
        "lambda",
        "list_function_url_configs",
        "lambda:ListFunctionUrlConfigs",
        _url_rows,
        parent=_FUNCTION,
        within={"functionName": "FunctionName"},
    ),
    Listing(
        "aws:ecr/repository:Repository",
        "ecr",
        "describe_repositories",
        "ecr:DescribeRepositories",
        rows("repositories[].{id: repositoryName, name: repositoryName}"),
    ),
    Listing(
        "aws:bedrock/guardrail:Guardrail",
        "bedrock",
        "list_guardrails",
        "bedrock:ListGuardrails",
        rows("guardrails[].{id: id, name: name}"),
        id="{id},DRAFT",
    ),
    Listing(
        "aws:bedrock/inferenceProfile:InferenceProfile",
        "bedrock",
        "list_inference_profiles",
        "bedrock:ListInferenceProfiles",
        rows("inferenceProfileSummaries[].{id: inferenceProfileId, name: inferenceProfileName}"),
        arguments={"typeEquals": "APPLICATION"},  # the others are Bedrock's own
    ),
)
