"""Rules about Bedrock: what models are asked and answer is recorded."""

from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Rule, Unknown
from tms_policies.values import is_false, look, shown, unproven

LOGGING = "aws:bedrockmodel/invocationLoggingConfiguration:InvocationLoggingConfiguration"


def destination(logging: Resource, _settings: Bag) -> Iterable[Finding]:
    """Invocations go to a log group or a bucket."""
    given = look(logging.props, "loggingConfig")
    if not isinstance(given, Unknown) and not any(
        look(given, name) for name in ("cloudwatchConfig", "s3Config")
    ):
        yield Finding(
            f"loggingConfig of {logging.name} names neither log group nor bucket: nothing is recorded",
            'logging_config={..., "cloudwatch_config": {"log_group_name": ..., "role_arn": ...}}',
        )


def text(logging: Resource, _settings: Bag) -> Iterable[Finding]:
    """Prompts and answers are delivered; the provider's default is that they are."""
    value = look(logging.props, "loggingConfig", "textDataDeliveryEnabled")
    where = f"loggingConfig.textDataDeliveryEnabled of {logging.name}"
    if isinstance(value, Unknown):
        yield unproven(value, f"{where} must be true")
    elif is_false(value):
        yield Finding(f"{where} is {shown(value)}", '"text_data_delivery_enabled": True')


RULES = (
    Rule(
        "bedrock-logging-destination",
        "high",
        (),
        "The log of model invocations has a destination.",
        "Give logging_config a cloudwatch_config or an s3_config.",
        (LOGGING,),
        destination,
        reads=("loggingConfig",),
        why="Without a destination nobody can show what a model was asked and what it answered. "
        "https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html",
    ),
    Rule(
        "bedrock-logging-text",
        "high",
        (),
        "The log of model invocations holds prompts and answers.",
        "Leave text_data_delivery_enabled out, or set it to True.",
        (LOGGING,),
        text,
        reads=("loggingConfig",),
        why="A log without the text shows that a model was called, and not why a trade was matched. "
        "https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html",
    ),
)
