"""Why a request is answered as it is, in one line."""

from collections.abc import Iterable
from typing import NamedTuple

from tms_policies.documents.actions import expanded, resource_shapes
from tms_policies.documents.evaluation.conditions import Test
from tms_policies.documents.evaluation.ready import Ready
from tms_policies.documents.evaluation.request import Request
from tms_policies.documents.evaluation.statements import Policy
from tms_policies.documents.evaluation.truth import MAYBE, NO
from tms_policies.model import Unknown
from tms_policies.values import shown

_LISTED = 3


class Found(NamedTuple):
    """A statement with the policy that it stands in."""

    policy: Policy
    statement: Ready

    @property
    def named(self) -> str:
        """Name it for a message."""
        return f"{self.statement.label} of {self.policy.name}"


def call(request: Request, target: str | Unknown) -> str:
    """Name what is asked for."""
    return f"{request.action} on {target if isinstance(target, str) else shown(target)}"


def denied(result: Found, request: Request, target: str | Unknown) -> str:
    """Return what denies a request."""
    facts = " and ".join(item.told(request) for item in result.statement.tests)
    return f"explicit deny by {result.named}: {facts or call(request, target)}"


def doubted(result: Found, request: Request, target: str | Unknown) -> str:
    """Return what is not known of a statement that decides."""
    return (
        f"{result.named} decides on {call(request, target)}, and {_open(result.statement, request, target)}"
    )


def _open(statement: Ready, request: Request, target: str | Unknown) -> str:
    """Return the part of a statement that may or may not hold."""
    if statement.fault:
        return statement.fault
    if isinstance(statement.effect, Unknown):
        return "its Effect is not known yet"
    if statement.on_action(request) is MAYBE:
        return "its actions are not known yet"
    if statement.on_resource(request, target) is MAYBE:
        return "which resources it is about is not known yet"
    doubt = next((_doubt(item, request) for item in statement.tests if item.met(request) is MAYBE), None)
    return doubt or f"whether it is about {request.principal.shown()} is not certain"


def _doubt(test: Test, request: Request) -> str:
    """Return why a condition may or may not be met."""
    return f"whether {test.told(request)} meets {test.asked()} is not certain"


def _near(result: Found, request: Request, target: str | Unknown) -> tuple[int, str]:
    """Return how close an Allow is to a request, and what keeps it from allowing it."""
    statement = result.statement
    about = statement.on_resource(request, target) is not NO
    if statement.on_action(request) is NO:
        listed = ", ".join(statement.spelled[:_LISTED]) + (
            ", ..." if len(statement.spelled) > _LISTED else ""
        )
        verb = "allows all but" if statement.but_actions else "allows"
        same = any(_service(item) == request.service for item in statement.spelled)
        return (2 if about and same else 0), f"{verb} {listed} there"
    if not about:
        return 1, "allows it on other resources only"
    if statement.on_principal(request.principal) is NO:
        return 3, f"is not for {request.principal.shown()}"
    failed = next((item for item in statement.tests if item.met(request) is NO), None)
    return 4, f"demands {failed.asked()}, and {failed.told(request)}" if failed else "allows it"


def _service(pattern: str) -> str:
    return pattern.partition(":")[0].lower()


def missing(by: str, among: Iterable[Policy], request: Request, target: str | Unknown) -> str:
    """Return what does not allow a request, and which of its statements comes closest.

    Args:
        by: What does not.
        among: Where a statement that comes close may be.
        request: What is asked for.
        target: On which resource.
    """
    near = [
        (*_near(result, request, target), result)
        for policy in among
        for statement in policy.statements
        if statement.may("Allow") and not statement.fault
        for result in (Found(policy, statement),)
    ]
    best = max(near, key=lambda item: item[0], default=None)
    text = f"{by} {'allows' if by == 'nothing' else 'does not allow'} {call(request, target)}"
    if best is None or not best[0]:
        return text
    return f"{text}: the closest, {best[2].named}, {best[1]}{_only_everything(request, best[0])}"


def _only_everything(request: Request, closeness: int) -> str:
    """Return a note that an action takes `*` only, where a statement names it with other resources."""
    names = expanded(request.action) if closeness == 1 else ()
    return ', and the action takes "Resource": "*" only' if names and not resource_shapes(names[0]) else ""
