"""Rules about Bedrock AgentCore: what runs, in which network, who may call it, what it remembers.

Property names and their values: the `bedrock.Agentcore*` resources of the AWS provider.
"""

import re
from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Unknown
from tms_policies.must import must_be, must_be_set, must_lie
from tms_policies.registry import rule
from tms_policies.settings import integer, strings, switch
from tms_policies.values import look, shown, unproven

RUNTIME = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime"
GATEWAY = "aws:bedrock/agentcoreGateway:AgentcoreGateway"
MEMORY = "aws:bedrock/agentcoreMemory:AgentcoreMemory"
VAULT = "aws:bedrock/agentcoreTokenVaultCmk:AgentcoreTokenVaultCmk"
_NETWORKED = (
    RUNTIME,
    "aws:bedrock/agentcoreBrowser:AgentcoreBrowser",
    "aws:bedrock/agentcoreCodeInterpreter:AgentcoreCodeInterpreter",
)
_DIGEST = re.compile(r".+@sha256:[0-9a-f]{64}")


@rule(
    "agentcore-runtime-pinned-artifact",
    severity="high",
    types=(RUNTIME,),
    reads=("agentRuntimeArtifact",),
    remedy="Name the image as <repository>@sha256:<digest>; for code, give the object's version_id.",
    why="Whoever may push to the repository, or write the object, could otherwise change what an "
    "agent runs without a deployment. "
    "https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html",
)
def artifact(runtime: Resource, _settings: Bag) -> Iterable[Finding]:
    """An agent runtime runs an image by digest, or code by the version of its object."""
    path = "agentRuntimeArtifact.containerConfiguration.containerUri"
    value = look(runtime.props, "agentRuntimeArtifact")
    code = look(value, "codeConfiguration")
    uri = look(value, "containerConfiguration", "containerUri")
    if isinstance(uri, Unknown):
        yield unproven(uri, f"{path} of {runtime.name} must name an image by digest")
    elif code and not uri:
        path = "agentRuntimeArtifact.codeConfiguration.code.s3.versionId"
        line = 'code={"s3": {..., "version_id": "<version of the object>"}}'
        yield from must_be_set(runtime, path, line)
    elif not isinstance(uri, str) or not _DIGEST.fullmatch(uri):
        state = "missing" if uri is None else shown(uri)
        yield Finding(
            f"{path} of {runtime.name} is {state}: without a digest, what runs changes without a deployment",
            'container_uri="<registry>/<repository>@sha256:<digest>"',
        )


@rule(
    "agentcore-runtime-network",
    severity="high",
    types=_NETWORKED,
    reads=("networkConfiguration",),
    settings={
        "allowedModes": strings(
            "Network modes that are allowed; add PUBLIC where agents must reach the internet directly",
            "VPC",
            "SANDBOX",
            enum=["PUBLIC", "SANDBOX", "VPC"],
        )
    },
    remedy='Set network_mode to "VPC" with subnets and security groups.',
    why="In a public network an agent, and whatever a document makes it do, reaches the whole "
    "internet. https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/agentcore-vpc.html",
)
def network(resource: Resource, settings: Bag) -> Iterable[Finding]:
    """Agent runtimes, browsers and code interpreters are in a network mode that is allowed."""
    allowed = settings["allowedModes"]
    line = 'network_configuration={"network_mode": "VPC", ... with subnets and security groups}'
    return must_be(resource, "networkConfiguration.networkMode", allowed, line)


@rule(
    "agentcore-gateway-authorizer",
    severity="critical",
    types=(GATEWAY,),
    reads=("authorizerType",),
    remedy="Set authorizer_type to CUSTOM_JWT (with authorizer_configuration) or AWS_IAM.",
    why="A gateway without an authorizer lets whoever finds its address use the tools behind it. "
    "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-inbound-auth.html",
)
def authorizer(gateway: Resource, _settings: Bag) -> Iterable[Finding]:
    """A gateway authorizes its callers."""
    return must_be(gateway, "authorizerType", ("CUSTOM_JWT", "AWS_IAM"), 'authorizer_type="CUSTOM_JWT"')


@rule(
    "agentcore-gateway-audience",
    severity="high",
    types=(GATEWAY, RUNTIME),
    reads=("authorizerConfiguration",),
    remedy="Name allowed_clients or allowed_audiences.",
    why="An issuer signs tokens for many applications; without an audience a token made for any of "
    "them opens this one.",
)
def audience(resource: Resource, _settings: Bag) -> Iterable[Finding]:
    """A JWT authorizer takes the tokens of named audiences or clients only."""
    jwt = look(resource.props, "authorizerConfiguration", "customJwtAuthorizer")
    location = f"authorizerConfiguration.customJwtAuthorizer of {resource.name}"
    if isinstance(jwt, Unknown):
        yield unproven(jwt, f"{location} must name audiences or clients")
    elif jwt and not any(look(jwt, name) for name in ("allowedAudiences", "allowedClients")):
        yield Finding(
            f"{location} names neither audiences nor clients: every token of the issuer passes",
            '"allowed_clients": ["<client id>"], or "allowed_audiences"',
        )


@rule(
    "agentcore-gateway-no-debug",
    severity="low",
    types=(GATEWAY,),
    reads=("exceptionLevel",),
    remedy="Leave exception_level out.",
    why="Details of errors tell a caller how the inside is built, and may hold data.",
)
def no_debug(gateway: Resource, _settings: Bag) -> Iterable[Finding]:
    """A gateway's errors tell callers nothing of its inside."""
    return must_be(gateway, "exceptionLevel", (None, ""), "exception_level left out")


@rule(
    "agentcore-data-customer-key",
    severity="medium",
    types=(MEMORY, GATEWAY, VAULT),
    reads=("encryptionKeyArn", "kmsKeyArn", "kmsConfiguration"),
    settings={
        "required": switch("Whether a key of the customer's own is required; else AWS's", default=True)
    },
    remedy="Give the ARN of a key of your own.",
    why="Who may read an agent's memory and credentials is then a matter of the key's policy too, and "
    "the key can be switched off. "
    "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/data-encryption.html",
)
def customer_key(resource: Resource, settings: Bag) -> Iterable[Finding]:
    """Memories, gateways and the token vault are encrypted with a customer's key."""
    if not settings["required"]:
        return
    if resource.type == VAULT:
        line = 'kms_configuration={"key_type": "CustomerManagedKey", "kms_key_arn": "<key ARN>"}'
        yield from must_be(resource, "kmsConfiguration.keyType", ("CustomerManagedKey",), line)
    elif resource.type == MEMORY:
        yield from must_be_set(resource, "encryptionKeyArn", 'encryption_key_arn="<key ARN>"')
    else:
        yield from must_be_set(resource, "kmsKeyArn", 'kms_key_arn="<key ARN>"')


@rule(
    "agentcore-memory-event-expiry",
    severity="medium",
    types=(MEMORY,),
    reads=("eventExpiryDuration",),
    settings={
        "minimumDays": integer("Fewest days that events are kept", 7, (1, 365)),
        "maximumDays": integer("Most days that events are kept", 365, (1, 365)),
    },
    remedy="Set event_expiry_duration, in days.",
    why="Events hold what trades and people said: kept too long they are a liability, too short the "
    "agent forgets.",
)
def event_expiry(memory: Resource, settings: Bag) -> Iterable[Finding]:
    """A memory's events expire within set limits."""
    limits = settings["minimumDays"], settings["maximumDays"]
    line = f"event_expiry_duration={limits[1]:g}"
    return must_lie(memory, "eventExpiryDuration", limits, line)
