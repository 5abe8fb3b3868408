"""Examples of the rules about models: which are asked, and what of it is recorded."""

from tms_policies.examples.documents import allow, policy
from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_BUCKET = {"s3Config": {"bucketName": "invocations"}}
_MODEL = "anthropic.claude-3-5-sonnet-20241022-v2:0"
_PROFILE = f"arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.{_MODEL}"
_MODELS = [f"arn:aws:bedrock:{region}::foundation-model/{_MODEL}" for region in ("us-east-1", "us-west-2")]
_GLOBAL = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/global."
_ANYWHERE = policy(allow("bedrock:InvokeModel", [f"{_GLOBAL}{_MODEL}", *_MODELS]), name="asking")


def _logging(config: object) -> Declared:
    kind = "bedrockmodel/invocationLoggingConfiguration:InvocationLoggingConfiguration"
    return Declared(kind, {"loggingConfig": config}, name="invocations")


EXAMPLES = (
    Example(
        "bedrock-logging-destination",
        good=case(_logging(_BUCKET)),
        bad=case(_logging({"textDataDeliveryEnabled": True}), says="names neither log group nor bucket"),
        missing=case(_logging(None), says="names neither log group nor bucket"),
        unknown=case(_logging({"s3Config": UNKNOWN})),
    ),
    Example(
        "bedrock-logging-text",
        good=case(_logging({**_BUCKET, "textDataDeliveryEnabled": True})),
        bad=case(
            _logging({**_BUCKET, "textDataDeliveryEnabled": False}),
            says="loggingConfig.textDataDeliveryEnabled of invocations is False",
        ),
        missing=case(_logging(_BUCKET)),
        unknown=case(
            _logging({**_BUCKET, "textDataDeliveryEnabled": UNKNOWN}), says="cannot be proven at preview"
        ),
    ),
    Example(
        "bedrock-model-named",
        good=case(policy(allow("bedrock:InvokeModel", [_PROFILE, *_MODELS]), name="asking")),
        bad=case(
            policy(
                allow("bedrock:InvokeModel", "arn:aws:bedrock:us-east-1::foundation-model/*"), name="asking"
            ),
            says="lets any model be asked",
        ),
        missing=case(
            policy(allow("bedrock:InvokeModel", _PROFILE), name="asking"),
            says=f"allows the inference profile us.{_MODEL} without its model",
        ),
        unknown="A resource that is not known is reported by iam-policy-wildcard-resource.",
        config=case(_ANYWHERE, globalProfiles=True),
    ),
)
