"""Types of Bedrock AgentCore: runtimes, memories and identities."""

from collections.abc import Iterable, Mapping
from typing import Any

from toolkit.aws.types.import_ids import NAME, joined
from toolkit.aws.types.listing import Listing, Row, rows
from toolkit.aws.types.model import AwsType
from toolkit.aws.types.parts import Cost, Delivery, Loss, ProviderFacts, Unread, actions


def _memory_rows(page: Mapping[str, Any]) -> Iterable[Row]:
    """Yield memories, whose id is the name, a hyphen and ten characters of AWS; names have no hyphen."""
    for memory in page.get("memories", ()):
        owned = bool(memory.get("managedByResourceArn"))
        yield {"id": memory["id"], "name": str(memory["id"]).rpartition("-")[0], "aws": owned}


TYPES: tuple[AwsType, ...] = (
    AwsType(
        "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime",
        listing=Listing(
            "bedrock-agentcore-control",
            "list_agent_runtimes",
            "bedrock-agentcore:ListAgentRuntimes",
            rows(
                "agentRuntimes[].{id: agentRuntimeId, name: agentRuntimeName, agentRuntimeName: "
                "agentRuntimeName}"
            ),
            match=("agentRuntimeName",),
        ),
        loss=Loss("id", "it would get a new id and ARN, and callers of the live one would fail"),
        provider=ProviderFacts(
            ("bedrockagentcore/agent_runtime.go",),
            update=(
                "publishes a new version of the runtime, to which its DEFAULT endpoint moves; "
                "what the provider does not model may be lost; it is agreed to by its own URN, "
                "not by a pattern"
            ),
        ),
        reads=actions("bedrock-agentcore", "GetAgentRuntime ListTagsForResource"),
        delivery=Delivery(
            "runtimes",
            "bedrockagentcore/agent_runtime.go",
            create=(
                *actions("bedrock-agentcore", "CreateAgentRuntime CreateWorkloadIdentity TagResource"),
                *actions("iam", "PassRole"),
            ),
            update=(
                *actions("bedrock-agentcore", "TagResource UntagResource UpdateAgentRuntime"),
                *actions("iam", "PassRole"),
            ),
            delete=actions("bedrock-agentcore", "DeleteAgentRuntime DeleteWorkloadIdentity"),
            documented=actions("bedrock-agentcore", "CreateWorkloadIdentity DeleteWorkloadIdentity"),
        ),
        cost=Cost("by CPU and memory while a session lasts", properties=("lifecycleConfigurations",)),
    ),
    AwsType(
        "aws:bedrock/agentcoreAgentRuntimeEndpoint:AgentcoreAgentRuntimeEndpoint",
        listing=Listing(
            "bedrock-agentcore-control",
            "list_agent_runtime_endpoints",
            "bedrock-agentcore:ListAgentRuntimeEndpoints",
            rows("runtimeEndpoints[].{id: name, name: name, aws: name == 'DEFAULT'}"),
            within={"agentRuntimeId": "agentRuntimeId"},
            parent="aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime",
            id="{agentRuntimeId},{id}",
        ),
        loss=Loss("id", "callers of the live endpoint would fail"),
        reads=actions("bedrock-agentcore", "GetAgentRuntimeEndpoint ListTagsForResource"),
        delivery=Delivery(
            "runtimes",
            "bedrockagentcore/agent_runtime_endpoint.go",
            create=actions("bedrock-agentcore", "CreateAgentRuntimeEndpoint TagResource"),
            update=actions("bedrock-agentcore", "TagResource UntagResource UpdateAgentRuntimeEndpoint"),
            delete=actions("bedrock-agentcore", "DeleteAgentRuntimeEndpoint"),
        ),
    ),
    AwsType(
        "aws:bedrock/agentcoreApiKeyCredentialProvider:AgentcoreApiKeyCredentialProvider",
        import_id=NAME,
        listing=Listing(
            "bedrock-agentcore-control",
            "list_api_key_credential_providers",
            "bedrock-agentcore:ListApiKeyCredentialProviders",
            rows("credentialProviders[].{id: name, name: name}"),
        ),
        provider=ProviderFacts(
            ("pulumi_aws.bedrock.AgentcoreApiKeyCredentialProvider, on api_key_wo",),
            unread={
                "apiKey": Unread(ignored=True, effect="writes the program's key over the live one"),
                "apiKeyWo": Unread(ignored=True, effect="writes the program's key over the live one"),
            },
        ),
        reads=actions("bedrock-agentcore", "GetApiKeyCredentialProvider ListTagsForResource"),
    ),
    AwsType(
        "aws:bedrock/agentcoreMemory:AgentcoreMemory",
        listing=Listing(
            "bedrock-agentcore-control",
            "list_memories",
            "bedrock-agentcore:ListMemories",
            _memory_rows,
        ),
        holds_data=True,
        protect="it holds what agents remember",
        loss=Loss("data", "what agents remember in it would be lost"),
        reads=actions("bedrock-agentcore", "GetMemory ListTagsForResource"),
    ),
    AwsType(
        "aws:bedrock/agentcoreMemoryStrategy:AgentcoreMemoryStrategy",
        listing=Listing(
            "bedrock-agentcore-control",
            "get_memory",
            "bedrock-agentcore:GetMemory",
            rows("memory.strategies[].{id: strategyId, name: name}"),
            within={"memoryId": "memoryId"},
            parent="aws:bedrock/agentcoreMemory:AgentcoreMemory",
            id="{memoryId},{id}",
        ),
    ),
    AwsType(
        "aws:bedrock/agentcoreOauth2CredentialProvider:AgentcoreOauth2CredentialProvider",
        import_id=NAME,
        listing=Listing(
            "bedrock-agentcore-control",
            "list_oauth2_credential_providers",
            "bedrock-agentcore:ListOauth2CredentialProviders",
            rows("credentialProviders[].{id: name, name: name}"),
        ),
        provider=ProviderFacts(
            (
                (
                    "pulumi_aws.bedrock.AgentcoreOauth2CredentialProvider, on the client secret of its "
                    "configuration"
                ),
            ),
            unread={
                "oauth2ProviderConfig": Unread(
                    ignored=True, effect="writes the program's client secret over the live one"
                )
            },
        ),
        reads=actions("bedrock-agentcore", "GetOauth2CredentialProvider ListTagsForResource"),
    ),
    AwsType(
        "aws:bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy",
        import_id=joined("resourceArn"),
        reads=actions("bedrock-agentcore", "GetResourcePolicy"),
    ),
    # AWS has one in each region; only with a key of the account's own is there something to adopt
    AwsType(
        "aws:bedrock/agentcoreTokenVaultCmk:AgentcoreTokenVaultCmk",
        listing=Listing(
            "bedrock-agentcore-control",
            "get_token_vault",
            "bedrock-agentcore:GetTokenVault",
            rows(
                "[@][?kmsConfiguration.keyType == 'CustomerManagedKey'].{id: tokenVaultId, name: "
                "tokenVaultId}"
            ),
            match=(),
        ),
        reads=actions("bedrock-agentcore", "GetTokenVault"),
    ),
    AwsType(
        "aws:bedrock/agentcoreWorkloadIdentity:AgentcoreWorkloadIdentity",
        import_id=NAME,
        listing=Listing(
            "bedrock-agentcore-control",
            "list_workload_identities",
            "bedrock-agentcore:ListWorkloadIdentities",
            rows("workloadIdentities[].{id: name, name: name}"),
        ),
        reads=actions("bedrock-agentcore", "GetWorkloadIdentity ListTagsForResource"),
    ),
)
