"""Examples of the rules of `bedrock_models`."""

from tms_policies.examples.documents import allow, policy
from tms_policies.examples.model import Example, case

_MODEL = "anthropic.claude-3-5-sonnet-20241022-v2:0"
_PROFILE = f"arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.{_MODEL}"
_MODELS = [f"arn:aws:bedrock:{region}::foundation-model/{_MODEL}" for region in ("us-east-1", "us-west-2")]
_GLOBAL = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/global."
_ANYWHERE = policy(allow("bedrock:InvokeModel", [f"{_GLOBAL}{_MODEL}", *_MODELS]), name="asking")
EXAMPLES = (
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
