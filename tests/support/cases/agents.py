"""Agent runtimes, their endpoints, and memories."""

from tests.support.cases.case import ACCOUNT, IAM, REGION, Case

_IMAGE = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/agents/rich:1"
_ID = "{agentRuntimeId}"

AGENTS = [
    Case(
        "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime",
        "runtime-minimal",
        _ID,
        {
            "agentRuntimeName": "minimal",
            "agentRuntimeArtifact": {"containerConfiguration": {"containerUri": _IMAGE}},
            "networkConfiguration": {"networkMode": "PUBLIC"},
            "roleArn": f"{IAM}:role/agents/rich",
        },
    ),
    Case(
        "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime",
        "runtime-rich",
        _ID,
        {
            "agentRuntimeName": "rich_agent",
            "description": "matches trades",
            "agentRuntimeArtifact": {
                "codeConfiguration": {
                    "entryPoints": ["main.py"],
                    "runtime": "PYTHON_3_13",
                    "code": {"s3": {"bucket": "round-trip-rich", "prefix": "agents/rich.zip"}},
                }
            },
            "networkConfiguration": {
                "networkMode": "VPC",
                "networkModeConfig": {
                    "securityGroups": ["sg-0123456789abcdef0"],
                    "subnets": ["subnet-0123456789abcdef1", "subnet-0123456789abcdef0"],
                },
            },
            "roleArn": f"{IAM}:role/agents/rich",
            "protocolConfiguration": {"serverProtocol": "MCP"},
            "environmentVariables": {"TABLE": "Rich", "entryPoints": "kept as it is"},
            "lifecycleConfigurations": [{"idleRuntimeSessionTimeout": 300, "maxLifetime": 3600}],
            "filesystemConfigurations": [{"sessionStorage": {"mountPath": "/mnt/work"}}],
            "requestHeaderConfiguration": {"requestHeaderAllowlists": ["Authorization"]},
            "authorizerConfiguration": {
                "customJwtAuthorizer": {
                    "discoveryUrl": "https://login.example.com/.well-known/openid-configuration",
                    "allowedAudiences": ["desk"],
                    "allowedClients": ["web", "batch"],
                    "customClaims": [
                        {
                            "inboundTokenClaimName": "groups",
                            "inboundTokenClaimValueType": "STRING_ARRAY",
                            "authorizingClaimMatchValue": {
                                "claimMatchOperator": "CONTAINS_ANY",
                                "claimMatchValue": {"matchValueStringLists": ["traders"]},
                            },
                        }
                    ],
                }
            },
            "tags": {"Purpose": "agent"},
        },
    ),
    Case(
        "aws:bedrock/agentcoreAgentRuntimeEndpoint:AgentcoreAgentRuntimeEndpoint",
        "endpoint-minimal",
        "{agentRuntimeId},{name}",
        {"agentRuntimeId": {"ref": ["runtime-minimal", "agentRuntimeId"]}, "name": "plain"},
        ("runtime-minimal",),
    ),
    Case(
        "aws:bedrock/agentcoreAgentRuntimeEndpoint:AgentcoreAgentRuntimeEndpoint",
        "endpoint-rich",
        "{agentRuntimeId},{name}",
        {
            "agentRuntimeId": {"ref": ["runtime-rich", "agentRuntimeId"]},
            "name": "live",
            "agentRuntimeVersion": "1",
            "description": "what the desk calls",
            "tags": {"Purpose": "live"},
        },
        ("runtime-rich",),
    ),
    Case(
        "aws:bedrock/agentcoreMemory:AgentcoreMemory",
        "memory-minimal",
        "",
        {"name": "minimal", "eventExpiryDuration": 30},
    ),
    Case(
        "aws:bedrock/agentcoreMemory:AgentcoreMemory",
        "memory-rich",
        "",
        {
            "name": "rich",
            "description": "what agents remember",
            "eventExpiryDuration": 90,
            "encryptionKeyArn": f"arn:aws:kms:{REGION}:{ACCOUNT}:key/memory",
            "memoryExecutionRoleArn": f"{IAM}:role/agents/rich",
            "indexedKeys": [{"key": "desk", "type": "STRING"}],
            "tags": {"Purpose": "agents"},
        },
    ),
]
