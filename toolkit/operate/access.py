"""Whether a role may make a call: its live policies and the resource's, evaluated as AWS does."""

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
NOT_EVALUATED = (
    "not looked at: service and resource control policies of the organization, session policies, "
    "policies of VPC endpoints"
)
_OUTCOMES = {
    Decision.ALLOWED: "allowed",
    Decision.EXPLICIT_DENY: "explicitly denied",
    Decision.IMPLICIT_DENY: "not allowed",
    Decision.UNKNOWN: "cannot be told",
}


@dataclass(frozen=True)
class Access:
    """Whether a role may do something.

    Attributes:
        role: The role's ARN.
        action: As AWS spells it.
        resource: The ARN.
        verdict: `allowed`, `explicitly denied`, `not allowed` or `cannot be told`.
        by: The statement and policy that decide, or what does not allow it.
        reason: One line that says why.
        change: What would have to change; empty where it is allowed.
        policies: The policies that were evaluated.
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
        return {_OUTCOMES[Decision.ALLOWED]: 0, _OUTCOMES[Decision.UNKNOWN]: UNABLE}.get(self.verdict, 1)


def context_of(pairs: Sequence[str]) -> dict[str, str]:
    """Return the context keys of the command line, from `key=value`.

    Raises:
        CommandError: A pair has another form.
    """
    context: dict[str, str] = {}
    for pair in pairs:
        key, separator, value = pair.partition("=")
        if not separator or ":" not in key:
            raise CommandError(UNABLE, f"--context {pair}: give KEY=VALUE, such as s3:prefix=BANK/")
        context[key] = value
    return context


def _always(settings: Settings) -> dict[str, str]:
    """Return the context keys that every call of an agent has: over TLS, in the stack's region, now."""
    return {
        "aws:SecureTransport": "true",
        "aws:RequestedRegion": settings.region,
        "aws:ViaAWSService": "false",
        "aws:CurrentTime": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def check_access(
    aws: StackAccount, settings: Settings, role: str, action: str, resource: str, context: Mapping[str, str]
) -> Access:
    """Return whether a role may do something.

    Args:
        aws: The stack's account, which has the policies.
        settings: Has the logical names.
        role: Name or ARN of a role, ARN of an assumed one, or logical name of an agent.
        action: Such as `sqs:SendMessage`.
        resource: An ARN or a logical name, as `resource_of` takes it.
        context: Context keys of the request; they go before those that are assumed.

    Raises:
        CommandError: Role, action or resource are unknown, or AWS refuses a call.
    """
    action = action_of(action)
    target = resource_of(resource, action, settings, aws.naming)
    live_role = role_policies.role_of(aws, role_of(role, settings, aws.naming))
    if role.startswith("arn:") and ":role/" in role and live_role.principal.arn != role:
        raise CommandError(
            UNABLE, f"role {role}: there is none", f"the role of that name is {live_role.principal.arn}"
        )
    resource_policy = role_policies.of_resource(aws, target.arn, action)
    context_keys = {**_always(settings), **target.context, **context}
    lower = {key.lower() for key in context_keys}
    keys: dict[str, Value] = {key: Unknown(key) for key in _MAYBE if key.lower() not in lower}
    request = Request(live_role.principal, action, (target.arn,), {**keys, **context_keys})
    policies = Policies(live_role.identity, live_role.boundary, resource=resource_policy)
    evaluation = evaluate(request, policies)
    judged = [
        *live_role.identity,
        *(policy for policy in (live_role.boundary, resource_policy) if policy is not None),
    ]
    return Access(
        live_role.principal.arn,
        action,
        target.arn,
        _OUTCOMES[evaluation.decision],
        evaluation.by,
        evaluation.reason,
        _change(evaluation, action, target.arn, live_role.boundary),
        tuple(policy.name for policy in judged),
        context_keys,
    )


def _change(evaluation: Verdict, action: str, resource: str, boundary: Policy | None) -> str:
    """Return what would have to change for the call to be allowed."""
    if evaluation.decision is Decision.ALLOWED:
        return ""
    if evaluation.decision is Decision.EXPLICIT_DENY:
        return f"{evaluation.by} must no longer be about it: narrow it, or make the call as it demands"
    if evaluation.decision is Decision.UNKNOWN:
        return "give what is open with --context KEY=VALUE, or let the caller read the policy"
    if boundary is not None and evaluation.by == boundary.name:
        return f"{evaluation.by} must allow {action} on {resource} too"
    if evaluation.by == "nothing":
        return (
            f"a policy of the role must allow {action} on {resource}; for an agent,add the permission to "
            "components/grants.py, or into its grants in the stack's file"
        )
    return f"{evaluation.by} must allow it for this role as well"
