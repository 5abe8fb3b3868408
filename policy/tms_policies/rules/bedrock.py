"""Rules about Bedrock: what models are asked and answer is recorded."""

from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Unknown
from tms_policies.must import must_be_set
from tms_policies.registry import rule
from tms_policies.settings import switch
from tms_policies.values import blocks, is_false, look, shown, unproven

LOGGING = "aws:bedrockmodel/invocationLoggingConfiguration:InvocationLoggingConfiguration"
DATA_SOURCE = "aws:bedrock/agentDataSource:AgentDataSource"
AGENT = "aws:bedrock/agentAgent:AgentAgent"


@rule(
    "bedrock-logging-destination",
    severity="high",
    types=(LOGGING,),
    reads=("loggingConfig",),
    remedy="Give logging_config a cloudwatch_config or an s3_config.",
    why="Without a destination nobody can show what a model was asked and what it answered. "
    "https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html",
)
def destination(logging: Resource, _settings: Bag) -> Iterable[Finding]:
    """The log of model invocations has a destination."""
    value = look(logging.props, "loggingConfig")
    if not isinstance(value, Unknown) and not any(
        look(value, name) for name in ("cloudwatchConfig", "s3Config")
    ):
        yield Finding(
            f"loggingConfig of {logging.name} names neither log group nor bucket: nothing is recorded",
            'logging_config={..., "cloudwatch_config": {"log_group_name": ..., "role_arn": ...}}',
        )


@rule(
    "bedrock-logging-text",
    severity="high",
    types=(LOGGING,),
    reads=("loggingConfig",),
    remedy="Leave text_data_delivery_enabled out, or set it to True.",
    why="A log without the text shows that a model was called, and not why a trade was matched. "
    "https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html",
)
def text(logging: Resource, _settings: Bag) -> Iterable[Finding]:
    """The log of model invocations holds prompts and answers.

    Prompts and answers are delivered; the provider's default is that they are.
    """
    value = look(logging.props, "loggingConfig", "textDataDeliveryEnabled")
    location = f"loggingConfig.textDataDeliveryEnabled of {logging.name}"
    if isinstance(value, Unknown):
        yield unproven(value, f"{location} must be true")
    elif is_false(value):
        yield Finding(f"{location} is {shown(value)}", '"text_data_delivery_enabled": True')


@rule(
    "bedrock-source-encryption",
    severity="medium",
    types=(DATA_SOURCE,),
    reads=("serverSideEncryptionConfiguration",),
    remedy="Set server_side_encryption_configuration.kms_key_arn.",
    why="Copies that Bedrock keeps while it reads are otherwise encrypted with a key of AWS alone. "
    "https://docs.aws.amazon.com/bedrock/latest/userguide/encryption-kb.html",
)
def data_source_key(source: Resource, _settings: Bag) -> Iterable[Finding]:
    """A knowledge base's data source is read with a key in KMS."""
    line = 'server_side_encryption_configuration={"kms_key_arn": key.arn}'
    return must_be_set(source, "serverSideEncryptionConfiguration.kmsKeyArn", line)


@rule(
    "bedrock-agent-customer-key",
    severity="medium",
    types=(AGENT,),
    reads=("customerEncryptionKeyArn",),
    settings={"required": switch("Whether a key of your own is demanded", default=False)},
    remedy="Set customer_encryption_key_arn.",
    why="Who may read an agent's prompts and sessions is then a matter of the key's policy too. "
    "https://docs.aws.amazon.com/bedrock/latest/userguide/encryption-agents.html",
)
def agent_customer_key(agent: Resource, settings: Bag) -> Iterable[Finding]:
    """A Bedrock agent is encrypted with a key of your own, if the setting asks for it."""
    if settings["required"]:
        yield from must_be_set(agent, "customerEncryptionKeyArn", "customer_encryption_key_arn=key.arn")


@rule(
    "bedrock-agent-guardrail",
    severity="medium",
    types=(AGENT,),
    reads=("guardrailConfigurations",),
    remedy="Set guardrail_configurations.",
    why="What a document says can otherwise make the agent do or tell anything. "
    "https://docs.aws.amazon.com/bedrock/latest/userguide/agents-guardrail.html",
)
def guardrail(agent: Resource, _settings: Bag) -> Iterable[Finding]:
    """A Bedrock agent has a guardrail."""
    value = agent.props.get("guardrailConfigurations")
    if not isinstance(value, Unknown) and not any(
        look(block, "guardrailIdentifier") for block in blocks(value if isinstance(value, list) else [value])
    ):
        yield Finding(
            f"guardrailConfigurations of {agent.name} is missing",
            'guardrail_configurations=[{"guardrail_identifier": guardrail.id, "guardrail_version": "1"}]',
        )
