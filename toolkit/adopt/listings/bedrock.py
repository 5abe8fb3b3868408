"""Listings of Bedrock AgentCore, with the kinds that the provider has no type for."""

from collections.abc import Iterable, Mapping
from typing import Any

from toolkit.adopt.listings.model import Listing, Row, rows

_CONTROL = "bedrock-agentcore-control"


def _memory_rows(page: Mapping[str, Any]) -> Iterable[Row]:
    """A memory's id is its name, a hyphen and ten characters of the service's; a name has no hyphen."""
    for one in page.get("memories", ()):
        owned = bool(one.get("managedByResourceArn"))
        yield {"id": one["id"], "name": str(one["id"]).rpartition("-")[0], "aws": owned}


def _token(kind: str) -> str:
    return f"aws:bedrock/agentcore{kind}:Agentcore{kind}"


def _listing(token: str, operation: str, expression: str, **more: Any) -> Listing:  # noqa: ANN401 - a listing's
    action = "bedrock-agentcore:" + "".join(one.capitalize() for one in operation.split("_"))
    return Listing(token, _CONTROL, operation, action, rows(expression), **more)


def _named(
    kind: str, operation: str, key: str, name: str = "name", identity: str = "name", declared: str = ""
) -> Listing:
    """List what is told by its name, which most types declare as `name`."""
    match = declared or "name"
    fields = f"{{id: {identity}, name: {name}, {match}: {name}}}"
    return _listing(_token(kind), operation, f"{key}[].{fields}", match=(match,))


def _inside(
    kind: str, parent: str, prop: str, operation: str, expression: str, match: str = "name"
) -> Listing:
    """List what is inside another one, by whose id it is asked for and imported."""
    return _listing(
        _token(kind),
        operation,
        expression,
        parent=_token(parent),
        within={prop: prop},
        match=(match,),
        id=f"{{{prop}}},{{id}}",
    )


def _untyped(kind: str, operation: str, expression: str, **more: Any) -> Listing:  # noqa: ANN401 - a listing's
    token = f"aws:bedrock-agentcore/{kind[0].lower()}{kind[1:]}:{kind}"
    return _listing(token, operation, expression, typeless=True, **more)


LISTINGS = (
    _named(
        *("AgentRuntime", "list_agent_runtimes", "agentRuntimes"),
        name="agentRuntimeName",
        identity="agentRuntimeId",
        declared="agentRuntimeName",
    ),
    _inside(
        *("AgentRuntimeEndpoint", "AgentRuntime", "agentRuntimeId", "list_agent_runtime_endpoints"),
        "runtimeEndpoints[].{id: name, name: name, aws: name == 'DEFAULT'}",
    ),
    Listing(_token("Memory"), _CONTROL, "list_memories", "bedrock-agentcore:ListMemories", _memory_rows),
    _inside(
        *("MemoryStrategy", "Memory", "memoryId", "get_memory"),
        "memory.strategies[].{id: strategyId, name: name}",
    ),
    _named("Gateway", "list_gateways", "items", identity="gatewayId"),
    _inside(
        *("GatewayTarget", "Gateway", "gatewayIdentifier", "list_gateway_targets"),
        "items[].{id: targetId, name: name}",
    ),
    _inside(
        *("GatewayRule", "Gateway", "gatewayIdentifier", "list_gateway_rules"),
        "gatewayRules[].{id: ruleId, name: ruleId, priority: priority, aws: system && `true`}",
        match="priority",  # of which a gateway has each once
    ),
    _named(
        "Browser", "list_browsers", "browserSummaries[?!starts_with(browserId, 'aws.')]", identity="browserId"
    ),
    _named("BrowserProfile", "list_browser_profiles", "profileSummaries", identity="profileId"),
    _named(
        "CodeInterpreter",
        "list_code_interpreters",
        "codeInterpreterSummaries[?!starts_with(codeInterpreterId, 'aws.')]",
        identity="codeInterpreterId",
    ),
    _named("ApiKeyCredentialProvider", "list_api_key_credential_providers", "credentialProviders"),
    _named("Oauth2CredentialProvider", "list_oauth2_credential_providers", "credentialProviders"),
    _named("WorkloadIdentity", "list_workload_identities", "workloadIdentities"),
    _listing(
        _token("TokenVaultCmk"),
        "get_token_vault",
        # AWS has one in each region; only with a key of one's own is there something to adopt
        "[@][?kmsConfiguration.keyType == 'CustomerManagedKey'].{id: tokenVaultId, name: tokenVaultId}",
        match=(),
    ),
    _named("PolicyEngine", "list_policy_engines", "policyEngines", identity="policyEngineId"),
    _inside(
        *("Policy", "PolicyEngine", "policyEngineId", "list_policies"),
        "policies[].{id: policyId, name: name}",
    ),
    _named(
        *("Evaluator", "list_evaluators", "evaluators[?evaluatorType != 'Builtin']"),
        name="evaluatorName",
        identity="evaluatorId",
        declared="evaluatorName",
    ),
    _named(
        *("OnlineEvaluationConfig", "list_online_evaluation_configs", "onlineEvaluationConfigs"),
        name="onlineEvaluationConfigName",
        identity="onlineEvaluationConfigId",
        declared="onlineEvaluationConfigName",
    ),
    _named(
        *("Harness", "list_harnesses", "harnesses"),
        name="harnessName",
        identity="harnessId",
        declared="harnessName",
    ),
    _named("Registry", "list_registries", "registries", identity="registryId"),
    # What boto3 lists and the provider, pulumi-aws 7.51.1, has no type for. Stores of agents' insights are
    # left out: the service authorization reference has no action that lists them
    _untyped(
        "CapacityProvider",
        "list_capacity_providers",
        "capacityProviders[].{id: capacityProviderId, name: name}",
    ),
    _untyped(
        "ConfigurationBundle", "list_configuration_bundles", "bundles[].{id: bundleId, name: bundleName}"
    ),
    _untyped("ConsentPortal", "list_consent_portals", "consentPortals[].{id: consentPortalId, name: name}"),
    _untyped("Dataset", "list_datasets", "datasets[].{id: datasetId, name: datasetName}"),
    _untyped(
        "GatewayRateLimit",
        "list_gateway_rate_limits",
        "rateLimits[].{id: rateLimitId, name: rateLimitId}",
        parent=_token("Gateway"),
        within={"gatewayIdentifier": "gatewayIdentifier"},
        id="{gatewayIdentifier},{id}",
    ),
    _untyped(
        "HarnessEndpoint",
        "list_harness_endpoints",
        "endpoints[].{id: endpointName, name: endpointName, aws: endpointName == 'DEFAULT'}",
        parent=_token("Harness"),
        within={"harnessId": "harnessId"},
        id="{harnessId},{id}",
    ),
    _untyped(
        "PaymentManager", "list_payment_managers", "paymentManagers[].{id: paymentManagerId, name: name}"
    ),
    _untyped(
        "PaymentConnector",
        "list_payment_connectors",
        "paymentConnectors[].{id: paymentConnectorId, name: name}",
        parent="aws:bedrock-agentcore/paymentManager:PaymentManager",
        within={"paymentManagerId": "paymentManagerId"},
        id="{paymentManagerId},{id}",
    ),
    _untyped(
        "PaymentCredentialProvider",
        "list_payment_credential_providers",
        "credentialProviders[].{id: name, name: name}",
    ),
)
