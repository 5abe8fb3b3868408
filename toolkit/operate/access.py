"""May a role do something: its live policies and the resource's, judged as AWS judges them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from components.settings import Settings
from tms_policies.documents.evaluation.decide import evaluate
from tms_policies.documents.evaluation.request import Request, Value
from tms_policies.documents.evaluation.statements import Policy
from tms_policies.documents.evaluation.verdict import Decision, Policies, Verdict
from tms_policies.model import Unknown
from toolkit.errors import UNABLE, CommandError
from toolkit.operate import role_policies
from toolkit.operate.context import StackAccount
from toolkit.operate.resource_names import action_of, resource_of, role_of

# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html: a call may carry
# these, according to where it comes from
_MAYBE = ("aws:SourceIp", "aws:SourceVpc", "aws:SourceVpce", "aws:VpcSourceIp", "aws:UserAgent")
NOT_JUDGED = (
    "not looked at: service and resource control policies of the organization, session policies, "
    "policies of VPC endpoints"
)
_TOLD = {
    Decision.ALLOWED: "allowed",
    Decision.EXPLICIT_DENY: "explicitly denied",
    Decision.IMPLICIT_DENY: "not allowed",
    Decision.UNKNOWN: "cannot be told",
}


@dataclass(frozen=True)
class Answer:
    """Whether a role may do something.

    Attributes:
        role: The role's ARN.
        action: As AWS spells it.
        resource: The ARN.
        verdict: `allowed`, `explicitly denied`, `not allowed` or `cannot be told`.
        by: The statement and policy that decide, or what does not allow it.
        reason: One line that says why.
        change: What would have to change; empty where it is allowed.
        policies: The policies that were judged.
        context: The context keys that were given or assumed.
    """

    role: str
    action: str
    resource: str
    verdict: str
    by: str
    reason: str
    change: str
    policies: tuple[str, ...]
    context: Mapping[str, str]

    @property
    def code(self) -> int:
        """The exit code: 0 allowed, 1 denied or not allowed, 2 cannot be told."""
        return {_TOLD[Decision.ALLOWED]: 0, _TOLD[Decision.UNKNOWN]: UNABLE}.get(self.verdict, 1)


def context_of(given: Sequence[str]) -> dict[str, str]:
    """Read `key=value` of the command line.

    Raises:
        CommandError: One is of another form.
    """
    found: dict[str, str] = {}
    for one in given:
        key, separator, value = one.partition("=")
        if not separator or ":" not in key:
            raise CommandError(UNABLE, f"--context {one}: give KEY=VALUE, such as s3:prefix=BANK/")
        found[key] = value
    return found


def _always(settings: Settings) -> dict[str, str]:
    """Give the keys that every call of an agent carries: it comes over TLS, into the stack's region, now."""
    return {
        "aws:SecureTransport": "true",
        "aws:RequestedRegion": settings.region,
        "aws:ViaAWSService": "false",
        "aws:CurrentTime": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def answered(
    place: StackAccount, settings: Settings, role: str, action: str, resource: str, context: Mapping[str, str]
) -> Answer:
    """Say whether a role may do something.

    Args:
        place: Where the policies are.
        settings: Has the logical names.
        role: Name or ARN of a role, ARN of an assumed one, or logical name of an agent.
        action: Such as `sqs:SendMessage`.
        resource: An ARN or a logical name, as `resource_of` takes it.
        context: Context keys of the request; they go before those that are assumed.

    Raises:
        CommandError: Something of it is not known, or AWS does not say.
    """
    action = action_of(action)
    asked = resource_of(resource, action, settings, place.naming)
    found = role_policies.role_of(place, role_of(role, settings, place.naming))
    if role.startswith("arn:") and ":role/" in role and found.principal.arn != role:
        raise CommandError(
            UNABLE, f"role {role}: there is none", f"the role of that name is {found.principal.arn}"
        )
    own = role_policies.of_resource(place, asked.arn, action)
    told = {**_always(settings), **asked.context, **context}
    lower = {key.lower() for key in told}
    keys: dict[str, Value] = {key: Unknown(key) for key in _MAYBE if key.lower() not in lower}
    request = Request(found.principal, action, (asked.arn,), {**keys, **told})
    policies = Policies(found.identity, found.boundary, resource=own)
    verdict = evaluate(request, policies)
    judged = [*found.identity, *(one for one in (found.boundary, own) if one is not None)]
    return Answer(
        found.principal.arn,
        action,
        asked.arn,
        _TOLD[verdict.decision],
        verdict.by,
        verdict.reason,
        _change(verdict, action, asked.arn, found.boundary),
        tuple(one.name for one in judged),
        told,
    )


def _change(verdict: Verdict, action: str, resource: str, boundary: Policy | None) -> str:
    """Say what would have to change for it to be allowed."""
    if verdict.decision is Decision.ALLOWED:
        return ""
    if verdict.decision is Decision.EXPLICIT_DENY:
        return f"{verdict.by} must no longer be about it: narrow it, or make the call as it demands"
    if verdict.decision is Decision.UNKNOWN:
        return "give what is open with --context KEY=VALUE, or let who asks read the policy"
    if boundary is not None and verdict.by == boundary.name:
        return f"{verdict.by} must allow {action} on {resource} too"
    if verdict.by == "nothing":
        return (
            f"a policy of the role must allow {action} on {resource}; for an agent, write the need into "
            "components/grants.py, or into its grants in the stack's file"
        )
    return f"{verdict.by} must allow it for this role as well"
