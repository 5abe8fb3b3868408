"""Types of Bedrock AgentCore's gateways."""

from toolkit.aws.types.listing import Listing, rows
from toolkit.aws.types.model import AwsType
from toolkit.aws.types.parts import Loss, actions

TYPES: tuple[AwsType, ...] = (
    AwsType(
        "aws:bedrock/agentcoreGateway:AgentcoreGateway",
        listing=Listing(
            "bedrock-agentcore-control",
            "list_gateways",
            "bedrock-agentcore:ListGateways",
            rows("items[].{id: gatewayId, name: name}"),
        ),
        loss=Loss("id", "it would get a new address, and callers of the live one would fail"),
        reads=actions("bedrock-agentcore", "GetGateway ListTagsForResource"),
    ),
    # A gateway has each priority once
    AwsType(
        "aws:bedrock/agentcoreGatewayRule:AgentcoreGatewayRule",
        listing=Listing(
            "bedrock-agentcore-control",
            "list_gateway_rules",
            "bedrock-agentcore:ListGatewayRules",
            rows("gatewayRules[].{id: ruleId, name: ruleId, priority: priority, aws: system && `true`}"),
            match=("priority",),
            within={"gatewayIdentifier": "gatewayIdentifier"},
            parent="aws:bedrock/agentcoreGateway:AgentcoreGateway",
            id="{gatewayIdentifier},{id}",
        ),
        reads=actions("bedrock-agentcore", "GetGatewayRule"),
    ),
    AwsType(
        "aws:bedrock/agentcoreGatewayTarget:AgentcoreGatewayTarget",
        listing=Listing(
            "bedrock-agentcore-control",
            "list_gateway_targets",
            "bedrock-agentcore:ListGatewayTargets",
            rows("items[].{id: targetId, name: name}"),
            within={"gatewayIdentifier": "gatewayIdentifier"},
            parent="aws:bedrock/agentcoreGateway:AgentcoreGateway",
            id="{gatewayIdentifier},{id}",
        ),
        reads=actions("bedrock-agentcore", "GetGatewayTarget"),
    ),
)
