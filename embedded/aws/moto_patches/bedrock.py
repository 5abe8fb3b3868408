"""Patches of moto's Bedrock."""

import json
from urllib.parse import unquote

from moto.bedrock.responses import BedrockResponse
from moto.core.exceptions import JsonRESTError

_MODELS = {
    "amazon.nova-pro-v1:0": ("Nova Pro", "Amazon"),
    "anthropic.claude-3-5-sonnet-20241022-v2:0": ("Claude 3.5 Sonnet v2", "Anthropic"),
}
"""Names and providers: those that the system was made with; what Bedrock offers now, only Bedrock knows."""
_PROFILE = "us"
_REGIONS = ("us-east-1", "us-east-2", "us-west-2")


class _AbsentError(JsonRESTError):
    code = 404

    def __init__(self) -> None:
        """Create the error of Bedrock for an unknown id."""
        message = "The provided model identifier was not found."
        super().__init__("ResourceNotFoundException", message)


def tell_of_models() -> None:
    """Foundation models and inference profiles can be asked for.

    AWS: GetFoundationModel and GetInferenceProfile (docs.aws.amazon.com/bedrock/latest/APIReference/,
    API_GetFoundationModel.html and API_GetInferenceProfile.html).
    moto: it has neither.
    """

    def get_foundation_model(self: BedrockResponse) -> str:
        model = unquote(self.path.rpartition("/")[2])
        if model not in _MODELS:
            raise _AbsentError
        return json.dumps({"modelDetails": _details(self, model)})

    def get_inference_profile(self: BedrockResponse) -> str:
        profile = unquote(self.path.rpartition("/")[2])
        prefix, _, model = profile.partition(".")
        if prefix != _PROFILE or model not in _MODELS:
            raise _AbsentError
        arn_prefix = f"arn:{self.partition}:bedrock:{self.region}:{self.current_account}"
        return json.dumps(
            {
                "inferenceProfileName": f"US {_MODELS[model][0]}",
                "inferenceProfileArn": f"{arn_prefix}:inference-profile/{profile}",
                "inferenceProfileId": profile,
                "models": [{"modelArn": _arn(self.partition, region, model)} for region in _REGIONS],
                "status": "ACTIVE",
                "type": "SYSTEM_DEFINED",
            }
        )

    BedrockResponse.get_foundation_model = get_foundation_model  # pyright: ignore[reportAttributeAccessIssue]
    BedrockResponse.get_inference_profile = get_inference_profile  # pyright: ignore[reportAttributeAccessIssue]


def _arn(partition: str, region: str, model: str) -> str:
    return f"arn:{partition}:bedrock:{region}::foundation-model/{model}"


def _details(response: BedrockResponse, model: str) -> dict[str, object]:
    name, provider = _MODELS[model]
    return {
        "modelArn": _arn(response.partition, response.region, model),
        "modelId": model,
        "modelName": name,
        "providerName": provider,
        "inferenceTypesSupported": ["ON_DEMAND", "INFERENCE_PROFILE"],
        "modelLifecycle": {"status": "ACTIVE"},
    }
