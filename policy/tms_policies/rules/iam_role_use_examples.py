"""Examples of the rules of `iam_role_use`."""

from tms_policies.examples.documents import role
from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_ROLES = "arn:aws:iam::123456789012:role"


def _trust(*services: str) -> dict[str, object]:
    return {"Effect": "Allow", "Principal": {"Service": list(services)}, "Action": "sts:AssumeRole"}


def _runtime(name: str, arn: object = None, **uses: list[str]) -> Declared:
    props = {"agentRuntimeName": name} | ({} if arn is None else {"roleArn": arn})
    return Declared("bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime", props, name=name, uses=uses)


def _function(arn: object, **uses: list[str]) -> Declared:
    return Declared("lambda/function:Function", {"name": "capture", "role": arn}, name="capture", uses=uses)


_SHARED = role(_trust("lambda.amazonaws.com"), name="agents")


_IDLE = role(_trust("lambda.amazonaws.com"), name="reporting")


EXAMPLES = (
    Example(
        "agentcore-runtime-own-role",
        good=case(
            _runtime("matching", f"{_ROLES}/matching-role"), _runtime("pricing", f"{_ROLES}/pricing-role")
        ),
        bad=case(
            _runtime("matching", f"{_ROLES}/agents"),
            _runtime("pricing", f"{_ROLES}/agents"),
            says="roleArn of matching is agents, which pricing has too",
        ),
        missing=case(_runtime("matching")),
        unknown=case(_runtime("matching", UNKNOWN), says="cannot be proven at preview"),
    ),
    Example(
        "iam-role-one-principal",
        good=case(
            role(_trust("lambda.amazonaws.com"), name="capture-role"), _function(f"{_ROLES}/capture-role")
        ),
        bad=case(
            role(_trust("bedrock-agentcore.amazonaws.com", "lambda.amazonaws.com"), name="agents"),
            says="the role agents is for bedrock-agentcore.amazonaws.com, lambda.amazonaws.com",
        ),
        missing=case(role(name="capture-role")),
        unknown=case(
            _SHARED,
            _function(UNKNOWN, role=["agents"]),
            _runtime("matching", UNKNOWN, roleArn=["agents"]),
            says="the role agents is for bedrock, lambda",
        ),
    ),
    Example(
        "iam-role-used",
        good=case(_IDLE, _function(f"{_ROLES}/reporting"), usersInStack=True),
        bad=case(_IDLE, says="nothing in this stack uses the role reporting", usersInStack=True),
        missing="The rule asks for no property of a role.",
        unknown=case(_IDLE, _function(UNKNOWN, role=["reporting"]), usersInStack=True),
        config=case(_IDLE, says="nothing in this stack uses the role reporting", usersInStack=True),
    ),
)
