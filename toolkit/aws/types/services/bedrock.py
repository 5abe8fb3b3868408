"""Types of Bedrock."""

from toolkit.aws.types.import_ids import region
from toolkit.aws.types.listing import Listing, rows
from toolkit.aws.types.model import AwsType
from toolkit.aws.types.parts import actions

TYPES: tuple[AwsType, ...] = (
    AwsType(
        "aws:bedrock/guardrail:Guardrail",
        listing=Listing(
            "bedrock",
            "list_guardrails",
            "bedrock:ListGuardrails",
            rows("guardrails[].{id: id, name: name}"),
            id="{id},DRAFT",
        ),
        reads=actions("bedrock", "GetGuardrail ListTagsForResource"),
    ),
    # Profiles of other types are Bedrock's own
    AwsType(
        "aws:bedrock/inferenceProfile:InferenceProfile",
        listing=Listing(
            "bedrock",
            "list_inference_profiles",
            "bedrock:ListInferenceProfiles",
            rows("inferenceProfileSummaries[].{id: inferenceProfileId, name: inferenceProfileName}"),
            arguments={"typeEquals": "APPLICATION"},
        ),
        reads=actions("bedrock", "GetInferenceProfile ListTagsForResource"),
    ),
    AwsType(
        "aws:bedrockmodel/invocationLoggingConfiguration:InvocationLoggingConfiguration",
        import_id=region,
    ),
)
