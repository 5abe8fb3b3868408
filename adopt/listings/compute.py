"""Listings of what runs: Lambda, ECR, Bedrock and Bedrock AgentCore."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from adopt.listings.model import Listing, Row, rows

_CONTROL = "bedrock-agentcore-control"


def _permission_rows(page: Mapping[str, Any]) -> Iterable[Row]:
    for one in json.loads(page.get("Policy") or "{}").get("Statement", ()):
        principal = one.get("Principal") or {}
        named = principal if isinstance(principal, str) else next(iter(principal.values()), "")
        yield {"id": one["Sid"], "name": one["Sid"], "action": one.get("Action"), "principal": named}


def _memory_rows(page: Mapping[str, Any]) -> Iterable[Row]:
    """A memory's id is its name, a hyphen and ten characters of the service's; a name has no hyphen."""
    for one in page.get("memories", ()):
        owned = bool(one.get("managedByResourceArn"))
        yield {"id": one["id"], "name": str(one["id"]).rpartition("-")[0], "aws": owned}


def _agentcore(kind: str, operation: str, expression: str, **more: Any) -> Listing:  # noqa: ANN401 - a listing's
    action = "bedrock-agentcore:" + "".join(one.capitalize() for one in operation.split("_"))
    return Listing(f"aws:bedrock/{kind}", _CONTROL, operation, action, rows(expression), **more)


def _named(kind: str, operation: str, key: str, name: str = "name", identity: str = "name") -> Listing:
    token = f"agentcore{kind}:Agentcore{kind}"
    declared = "agentRuntimeName" if kind == "AgentRuntime" else "name"
    fields = f"{{id: {identity}, name: {name}, {declared}: {name}}}"
    return _agentcore(token, operation, f"{key}[].{fields}", match=(declared,))


LISTINGS = (
    Listing(
        "aws:lambda/function:Function",
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
        within={"function": "FunctionName"},
        id="{function}/{id}",
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
    _named("AgentRuntime", "list_agent_runtimes", "agentRuntimes", "agentRuntimeName", "agentRuntimeId"),
    _agentcore(
        "agentcoreAgentRuntimeEndpoint:AgentcoreAgentRuntimeEndpoint",
        "list_agent_runtime_endpoints",
        "runtimeEndpoints[].{id: name, name: name, aws: name == 'DEFAULT'}",
        within={"agentRuntimeId": "agentRuntimeId"},
        id="{agentRuntimeId},{id}",
    ),
    Listing(
        "aws:bedrock/agentcoreMemory:AgentcoreMemory",
        _CONTROL,
        "list_memories",
        "bedrock-agentcore:ListMemories",
        _memory_rows,
    ),
    _named("Gateway", "list_gateways", "items", identity="gatewayId"),
    _agentcore(
        "agentcoreGatewayTarget:AgentcoreGatewayTarget",
        "list_gateway_targets",
        "items[].{id: targetId, name: name}",
        within={"gatewayIdentifier": "gatewayIdentifier"},
        id="{gatewayIdentifier},{id}",
    ),
    _named(
        "Browser", "list_browsers", "browserSummaries[?!starts_with(browserId, 'aws.')]", identity="browserId"
    ),
    _named(
        "CodeInterpreter",
        "list_code_interpreters",
        "codeInterpreterSummaries[?!starts_with(codeInterpreterId, 'aws.')]",
        identity="codeInterpreterId",
    ),
    _named("ApiKeyCredentialProvider", "list_api_key_credential_providers", "credentialProviders"),
    _named("Oauth2CredentialProvider", "list_oauth2_credential_providers", "credentialProviders"),
    _named("WorkloadIdentity", "list_workload_identities", "workloadIdentities"),
    _named("PolicyEngine", "list_policy_engines", "policyEngines", identity="policyEngineId"),
    _named("Evaluator", "list_evaluators", "evaluators", "evaluatorName", "evaluatorId"),
)
