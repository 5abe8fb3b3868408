"""Examples of the rules of `agentcore`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/matching"
_DIGEST = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_KEY = "arn:aws:kms:us-east-1:123456789012:key/1c5e2d4b-9c1f-4f0e-8a55-6f2f3c7a9b10"
_ISSUER = "https://login.bank.test/.well-known/openid-configuration"


def _runtime(**props: object) -> Declared:
    value = {"agentRuntimeName": "matching", **props}
    return Declared("bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime", value, name="matching")


def _runs(image: str) -> Declared:
    return _runtime(agentRuntimeArtifact={"containerConfiguration": {"containerUri": image}})


def _gateway(**props: object) -> Declared:
    return Declared("bedrock/agentcoreGateway:AgentcoreGateway", {"name": "tools", **props}, name="tools")


def _memory(**props: object) -> Declared:
    return Declared("bedrock/agentcoreMemory:AgentcoreMemory", {"name": "cases", **props}, name="cases")


def _tokens(**extra: object) -> Declared:
    return _gateway(authorizerConfiguration={"customJwtAuthorizer": {"discoveryUrl": _ISSUER, **extra}})


_PUBLIC = _runtime(networkConfiguration={"networkMode": "PUBLIC"})


EXAMPLES = (
    Example(
        "agentcore-runtime-pinned-artifact",
        good=case(_runs(f"{_IMAGE}@{_DIGEST}")),
        bad=case(_runs(f"{_IMAGE}:latest"), says="without a digest, what runs changes without a deployment"),
        missing=case(_runtime(), says="containerUri of matching is missing"),
        unknown=case(_runs(UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "agentcore-runtime-network",
        good=case(_runtime(networkConfiguration={"networkMode": "VPC"})),
        bad=case(_PUBLIC, says="networkConfiguration.networkMode of matching is 'PUBLIC'"),
        missing=case(_runtime(), says="networkConfiguration.networkMode of matching is missing"),
        unknown=case(_runtime(networkConfiguration={"networkMode": UNKNOWN}), says=_NOT_PROVEN),
        config=case(_PUBLIC, allowedModes=["PUBLIC"]),
    ),
    Example(
        "agentcore-gateway-authorizer",
        good=case(_gateway(authorizerType="CUSTOM_JWT")),
        bad=case(_gateway(authorizerType="NONE"), says="authorizerType of tools is 'NONE'"),
        missing=case(_gateway(), says="authorizerType of tools is missing"),
        unknown=case(_gateway(authorizerType=UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "agentcore-gateway-audience",
        good=case(_tokens(allowedClients=["matching-desk"])),
        bad=case(_tokens(), says="names neither audiences nor clients: every token of the issuer passes"),
        missing=case(_gateway()),
        unknown=case(_gateway(authorizerConfiguration=UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "agentcore-gateway-no-debug",
        good=case(_gateway()),
        bad=case(_gateway(exceptionLevel="DEBUG"), says="exceptionLevel of tools is 'DEBUG'"),
        missing=case(_gateway(exceptionLevel="")),
        unknown=case(_gateway(exceptionLevel=UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "agentcore-data-customer-key",
        good=case(_memory(encryptionKeyArn=_KEY)),
        bad=case(_memory(encryptionKeyArn=""), says="encryptionKeyArn of cases is missing"),
        missing=case(_gateway(), says="kmsKeyArn of tools is missing"),
        unknown=case(_memory(encryptionKeyArn=UNKNOWN)),
        config=case(_memory(), required=False),
    ),
    Example(
        "agentcore-memory-event-expiry",
        good=case(_memory(eventExpiryDuration=90)),
        bad=case(_memory(eventExpiryDuration=3), says="eventExpiryDuration of cases is 3, not 7 to 365"),
        missing=case(_memory(), says="eventExpiryDuration of cases is missing"),
        unknown=case(_memory(eventExpiryDuration=UNKNOWN), says=_NOT_PROVEN),
        config=case(_memory(eventExpiryDuration=30), says="is 30, not 60 to 365", minimumDays=60),
    ),
)
