"""The shape of an agent's own declaration, `deployment/<agent>/agentcore.yaml`."""

import json
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from components.settings.fields import LogicalName, matching, text, within

ImageDigest = Annotated[
    str, matching(r"sha256:[0-9a-f]{64}", "an image's digest (sha256: and 64 hex digits); a tag can be moved")
]


VARIABLES = 50
"""How many environment variables a runtime takes (CreateAgentRuntime, environmentVariables)."""
OWN_VARIABLES = (
    "AWS_REGION",
    "BEDROCK_MODEL_ID",
    "SYSTEM_PROMPT",
    "TOOLS",
    "TEMPERATURE",
    "TIMEOUT_SECONDS",
    "AGENTCORE_MEMORY_ID",
)
"""What a runtime is given of its declaration; `environment` may not say these again."""


class Declaration(BaseModel):
    """One agent as its `agentcore.yaml` declares it."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, title="agentcore.yaml")

    name: LogicalName = Field(
        description="the agent's name: that of its folder and of its entry in the stack"
    )
    description: Annotated[str, text(4096)] = Field(
        description="what the agent does, as the console shows it"
    )
    model_id: str = Field(
        description="foundation model or inference profile, out of the models that the stack allows the agent"
    )
    system_prompt: Annotated[str, text(5000)] = Field(
        description="what the model is told before each document"
    )
    tools: list[Annotated[str, matching(r"[a-z][a-z0-9_]{0,63}", "lower-case letters, digits and '_'")]] = (
        Field(description="names of the tools that the agent registers with its model; [] for none")
    )
    execution_role_arn: str = Field(
        description="ARN of the agent's own execution role, with ${account} and ${partition} left open"
    )
    timeout: Annotated[int, within(1, 900, "seconds")] = Field(
        default=30, description="seconds that a call may take; AgentCore ends a synchronous one after 900"
    )
    temperature: Annotated[float, within(0, 1, "")] = Field(
        default=0.1, description="randomness of the model's answers, 0 to 1"
    )
    environment: dict[
        Annotated[str, matching(r"[A-Z][A-Z0-9_]{0,99}", "capital letters, digits and '_'")],
        Annotated[str, text(5000, 0)],
    ] = Field(
        default={},
        json_schema_extra={
            "additionalProperties": False,
            "maxProperties": VARIABLES - len(OWN_VARIABLES),
            "propertyNames": {"not": {"enum": list(OWN_VARIABLES)}},
        },
        description="environment variables; ${tables.NAME}, ${queues.NAME}, ${documents}, ${region} and "
        "${account} stand for what the stack calls it",
    )
    network_mode: Literal["VPC", "PUBLIC"] = Field(
        default="VPC", description="VPC runs in the network of the stack, PUBLIC reaches the whole internet"
    )
    memory: bool = Field(default=False, description="whether it uses the memory that the stack names for it")
    image_digest: ImageDigest | None = Field(
        default=None,
        description="digest of the image in the agent's repository; no runtime is made without one. The "
        "stack's imageDigest goes first",
    )


def schema() -> str:
    """Return the JSON Schema of `agentcore.yaml`, for editors."""
    content = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Declaration.model_json_schema(),
        "description": "An agent on Bedrock AgentCore; written by `make docs`, not by hand.",
    }
    return json.dumps(content, indent=2) + "\n"
