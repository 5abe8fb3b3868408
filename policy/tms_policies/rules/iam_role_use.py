"""Rules about who uses a role: one runtime, one kind of principal, and somebody at all."""

from collections.abc import Iterable, Iterator
from typing import Any

from tms_policies.documents import principals
from tms_policies.documents.documents_of import documents
from tms_policies.model import Bag, Finding, Resource, Stack, Unknown
from tms_policies.references import tail
from tms_policies.registry import rule
from tms_policies.rules.agentcore import RUNTIME
from tms_policies.settings import switch
from tms_policies.values import unproven

ROLE = "aws:iam/role:Role"
_PROFILE = "aws:iam/instanceProfile:InstanceProfile"


def _handed(value: Any, name: str) -> Iterator[str | Unknown]:  # noqa: ANN401 - a property bag holds anything
    """Yield the value of every property that is named for a role, however deep."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _handed(item, str(key))
    elif isinstance(value, list):
        for item in value:
            yield from _handed(item, name)
    elif isinstance(value, (str, Unknown)) and ("role" in name.lower() or name == "credentialsArn"):
        yield value


def _uses(user: Resource, role: Resource) -> bool:
    """Return whether a resource acts by a role: it names it, or computes its own unknown from it."""
    name = role.props.get("name")
    for prop, value in user.props.items():
        computed = role.urn in user.dependencies.get(prop, ())
        for item in _handed(value, prop):
            if computed if isinstance(item, Unknown) else tail(item) == name:
                return True
    return False


def _users(stack: Stack, role: Resource) -> list[Resource]:
    """Return what acts by a role; what only grants to it is no user."""
    able = (
        resource
        for resource in stack.resources
        if resource.type == _PROFILE or not resource.type.startswith("aws:iam/")
    )
    return [resource for resource in able if resource.type.startswith("aws:") and _uses(resource, role)]


def _shared(stack: Stack) -> Iterator[tuple[str, list[Resource]]]:
    """Yield each role of runtimes, in the stack or elsewhere, with the runtimes that have it."""
    results: dict[str, list[Resource]] = {}
    for runtime in stack.of(RUNTIME):
        arn = runtime.props.get("roleArn")
        role = next((resource for resource in stack.of(ROLE) if _uses(runtime, resource)), None)
        if role or isinstance(arn, str):
            results.setdefault(role.name if role else tail(str(arn)), []).append(runtime)
    yield from results.items()


@rule(
    "agentcore-runtime-own-role",
    severity="high",
    scope="stack",
    types=(RUNTIME,),
    reads=("roleArn",),
    remedy="Give each runtime its own iam.Role.",
    why="An agent reads text that others wrote, and a prompt that misleads it uses all its rights: "
    "with a shared role also those that only another agent needs. "
    "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html",
)
def own_role(stack: Stack, _settings: Bag) -> Iterable[Finding]:
    """Each agent runtime has a role of its own."""
    roles = stack.of(ROLE)
    for runtime in stack.of(RUNTIME):
        arn = runtime.props.get("roleArn")
        if isinstance(arn, Unknown) and not any(_uses(runtime, role) for role in roles):
            yield unproven(arn, f"{runtime.name} must have a role of its own", runtime.urn)
    for role, runtimes in _shared(stack):
        for runtime in runtimes if len(runtimes) > 1 else ():
            peers = ", ".join(sorted(item.name for item in runtimes if item is not runtime))
            yield Finding(
                f"roleArn of {runtime.name} is {role}, which {peers} has too: "
                "each agent may do what the other needs",
                f'role_arn=iam.Role("{runtime.name}-role", ...).arn with this agent\'s rights only',
                runtime.urn,
            )


def _trusted(role: Resource) -> set[str]:
    """Return the kinds of principals that may assume a role: each service, accounts, identity providers."""
    results: set[str] = set()
    for attachment in documents(role):
        for statement in attachment.document.statements:
            if attachment.kind == "trust" and statement.allows:
                results.update(principals.services(statement))
                results.update(["accounts"] if principals.accounts(statement) else [])
                results.update(["identity providers"] if principals.federated(statement) else [])
    return results


@rule(
    "iam-role-one-principal",
    severity="high",
    scope="stack",
    types=(ROLE,),
    reads=("assumeRolePolicy",),
    remedy="Make a role for each service that assumes one.",
    why="A role's policies are then the sum of what all its users need, so that each of them has "
    "rights that it never uses, and none can be taken away from one alone. "
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
)
def one_principal(stack: Stack, _settings: Bag) -> Iterable[Finding]:
    """A role is for one kind of principal."""
    for role in stack.of(ROLE):
        trusted = _trusted(role)
        kinds = {item.type.partition("/")[0].removeprefix("aws:") for item in _users(stack, role)}
        result = trusted if len(trusted) > 1 else kinds
        if len(result) > 1:
            yield Finding(
                f"the role {role.name} is for {', '.join(sorted(result))}: each may do what the others need",
                "a role of its own for each kind of principal",
                role.urn,
            )


@rule(
    "iam-role-used",
    severity="low",
    scope="stack",
    types=(ROLE,),
    settings={
        "usersInStack": switch(
            "Whether all that uses the stack's roles is in the stack too; false where runtimes "
            "or people that assume them are made elsewhere",
            default=False,
        )
    },
    remedy="Take the role out, or give it to what needs it.",
    why="A role that nothing uses keeps its rights and its trust, and nobody notices when somebody "
    "else assumes it. "
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
)
def used(stack: Stack, settings: Bag) -> Iterable[Finding]:
    """Each role is used, if what uses roles is in the stack."""
    for role in stack.of(ROLE) if settings["usersInStack"] else ():
        if not _users(stack, role):
            yield Finding(
                f"nothing in this stack uses the role {role.name}",
                f"role_arn={role.name}.arn on what needs it, or no such role",
                role.urn,
            )
