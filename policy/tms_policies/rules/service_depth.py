"""Single demands on services at the system's edge: gateways, agents of Bedrock, browsers, user pools."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tms_policies.model import Bag, Finding, Resource, Rule, Unknown
from tms_policies.rules.needs import must_be, must_have, switch
from tms_policies.values import blocks, look, unproven

STAGE = "aws:apigatewayv2/stage:Stage"
INTEGRATION = "aws:apigatewayv2/integration:Integration"
DATA_SOURCE = "aws:bedrock/agentDataSource:AgentDataSource"
AGENT = "aws:bedrock/agentAgent:AgentAgent"
BROWSER = "aws:bedrock/agentcoreBrowser:AgentcoreBrowser"
POOL = "aws:cognito/userPool:UserPool"


def _socket_logs(stage: Resource, settings: Bag) -> Iterable[Finding]:
    """Only WebSocket APIs log their execution; for HTTP APIs the level has no effect."""
    if not settings["webSockets"]:
        return
    line = 'default_route_settings={"logging_level": "ERROR"}'
    yield from must_be(stage, ("ERROR", "INFO"), line, "defaultRouteSettings", "loggingLevel", absent="OFF")


def _link_tls(integration: Resource, _settings: Bag) -> Iterable[Finding]:
    kind = integration.props.get("connectionType")
    if isinstance(kind, Unknown):
        yield unproven(kind, f"whether {integration.name} goes through a VPC link must be known")
    elif kind == "VPC_LINK":
        yield from must_have(
            integration, 'tls_config={"server_name_to_verify": "<name>"}', "tlsConfig", "serverNameToVerify"
        )


def _source_key(source: Resource, _settings: Bag) -> Iterable[Finding]:
    line = 'server_side_encryption_configuration={"kms_key_arn": key.arn}'
    return must_have(source, line, "serverSideEncryptionConfiguration", "kmsKeyArn")


def _agent_key(agent: Resource, settings: Bag) -> Iterable[Finding]:
    if settings["required"]:
        yield from must_have(agent, "customer_encryption_key_arn=key.arn", "customerEncryptionKeyArn")


def _guardrail(agent: Resource, _settings: Bag) -> Iterable[Finding]:
    given = agent.props.get("guardrailConfigurations")
    if not isinstance(given, Unknown) and not any(
        look(one, "guardrailIdentifier") for one in blocks(given if isinstance(given, list) else [given])
    ):
        yield Finding(
            f"guardrailConfigurations of {agent.name} is missing",
            'guardrail_configurations=[{"guardrail_identifier": guardrail.id, "guardrail_version": "1"}]',
        )


def _recording(browser: Resource, _settings: Bag) -> Iterable[Finding]:
    given = browser.props.get("recording")
    block = given[0] if isinstance(given, list) and given else given
    enabled = look(block, "enabled")
    if isinstance(block, Unknown) or isinstance(enabled, Unknown):
        yield unproven(block if isinstance(block, Unknown) else enabled, f"{browser.name} must record")
    elif enabled is not True or not look(block, "s3Location"):
        yield Finding(
            f"recording of {browser.name} is off or has no place",
            'recording={"enabled": True, "s3_location": {"bucket": ..., "prefix": ...}}',
        )


def _custom_sign_in(pool: Resource, _settings: Bag) -> Iterable[Finding]:
    """Matters only to pools whose functions answer challenges of their own."""
    if look(pool.props, "lambdaConfig", "defineAuthChallenge"):
        path = ("userPoolAddOns", "advancedSecurityAdditionalFlows", "customAuthMode")
        line = (
            'user_pool_add_ons={"advanced_security_additional_flows": {"custom_auth_mode": "ENFORCED"}, ...}'
        )
        yield from must_be(pool, ("ENFORCED",), line, *path, absent="no check")


def _rule(
    rule: str,
    controls: tuple[str, ...],
    token: str,
    texts: tuple[str, str, str],
    check: Callable[[Resource, Bag], Iterable[Finding]],
    reads: str,
    settings: Mapping[str, Mapping[str, Any]] | None = None,
) -> Rule:
    """Describe one rule: (what holds, how, why)."""
    what, remedy, why = texts
    return Rule(rule, "medium", controls, what, remedy, (token,), check, (reads,), settings or {}, why=why)


RULES = (
    _rule(
        "apigateway-stage-execution-logs",
        ("FSBP:APIGateway.1",),
        STAGE,
        (
            "A WebSocket API's stage logs its execution, if the setting says that stages are of such APIs.",
            "Set default_route_settings.logging_level.",
            (
                "What a route did with a message is otherwise seen by nobody. "
                "https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html"
            ),
        ),
        _socket_logs,
        "defaultRouteSettings",
        {"webSockets": switch("Whether the stages are of WebSocket APIs", default=False)},
    ),
    _rule(
        "apigateway-integration-tls",
        ("FSBP:APIGateway.10",),
        INTEGRATION,
        (
            "An integration through a VPC link uses TLS and verifies the server's name.",
            "Set tls_config.server_name_to_verify.",
            "Requests go through the VPC in plain text otherwise.",
        ),
        _link_tls,
        "tlsConfig",
    ),
    _rule(
        "bedrock-source-encryption",
        ("FSBP:Bedrock.1",),
        DATA_SOURCE,
        (
            "A knowledge base's data source is read with a key in KMS.",
            "Set server_side_encryption_configuration.kms_key_arn.",
            (
                "Copies that Bedrock keeps while it reads are otherwise encrypted with a key of AWS alone. "
                "https://docs.aws.amazon.com/bedrock/latest/userguide/encryption-kb.html"
            ),
        ),
        _source_key,
        "serverSideEncryptionConfiguration",
    ),
    _rule(
        "bedrock-agent-customer-key",
        ("CKV_AWS_373",),
        AGENT,
        (
            "A Bedrock agent is encrypted with a key of your own, if the setting asks for it.",
            "Set customer_encryption_key_arn.",
            (
                "Who may read an agent's prompts and sessions is then a matter of the key's policy too. "
                "https://docs.aws.amazon.com/bedrock/latest/userguide/encryption-agents.html"
            ),
        ),
        _agent_key,
        "customerEncryptionKeyArn",
        {"required": switch("Whether a key of your own is demanded", default=False)},
    ),
    _rule(
        "bedrock-agent-guardrail",
        ("CKV_AWS_383",),
        AGENT,
        (
            "A Bedrock agent has a guardrail.",
            "Set guardrail_configurations.",
            (
                "What a document says can otherwise make the agent do or tell anything. "
                "https://docs.aws.amazon.com/bedrock/latest/userguide/agents-guardrail.html"
            ),
        ),
        _guardrail,
        "guardrailConfigurations",
    ),
    _rule(
        "agentcore-browser-recording",
        ("FSBP:BedrockAgentCore.6",),
        BROWSER,
        (
            "A browser for agents records its sessions to a bucket.",
            "Set recording with a place.",
            (
                "What an agent did on a page cannot be shown otherwise. "
                "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/browser-session-recording.html"
            ),
        ),
        _recording,
        "recording",
    ),
    _rule(
        "cognito-pool-custom-sign-in",
        ("FSBP:Cognito.4",),
        POOL,
        (
            "A user pool with challenges of its own enforces threat protection for them.",
            "Set user_pool_add_ons.advanced_security_additional_flows.custom_auth_mode.",
            (
                "Threat protection looks at the standard sign-ins only, unless it is told. "
                "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-threat-protection.html"
            ),
        ),
        _custom_sign_in,
        "userPoolAddOns",
    ),
)
