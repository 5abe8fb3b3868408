"""Allowed or denied, and why.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html, with
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from tms_policies.documents.evaluation import reasons
from tms_policies.documents.evaluation.callers import Reach
from tms_policies.documents.evaluation.organization import Level, levels
from tms_policies.documents.evaluation.outcomes import NOTHING, OPEN, SHUT, Outcome, best, least
from tms_policies.documents.evaluation.reasons import Found
from tms_policies.documents.evaluation.request import Request
from tms_policies.documents.evaluation.statements import Policy
from tms_policies.documents.evaluation.truth import MAYBE, NO, YES
from tms_policies.documents.evaluation.verdict import Decision, Policies, Verdict
from tms_policies.model import Unknown


class _Case:
    """One request on one resource."""

    def __init__(self, request: Request, target: str | Unknown, policies: Policies) -> None:
        self.request = request
        self.target = target
        self.policies = policies

    def decided(self) -> Verdict:
        """Return the verdict: a denial anywhere wins, then everything that grants and limits must allow."""
        denial = self._denial()
        if denial.truth is YES and denial.found:
            reason = reasons.denied(denial.found, self.request, self.target)
            return Verdict(Decision.EXPLICIT_DENY, denial.found.named, reason)
        allowed = least(self._granted(), *self._levels())
        if allowed.truth is NO:
            reason = reasons.missing(allowed.by, allowed.among, self.request, self.target)
            return Verdict(Decision.IMPLICIT_DENY, allowed.by, reason)
        if allowed.truth is MAYBE:
            return self._doubted(allowed)
        if denial.truth is MAYBE:
            return self._doubted(denial)
        by = allowed.found.named if allowed.found else allowed.by
        return Verdict(Decision.ALLOWED, by, f"allowed by {by}")

    def _doubted(self, outcome: Outcome) -> Verdict:
        if outcome.found is None:
            return Verdict(Decision.UNKNOWN, outcome.by, f"{outcome.by} is not given and must allow it")
        reason = reasons.doubted(outcome.found, self.request, self.target)
        return Verdict(Decision.UNKNOWN, outcome.found.named, reason)

    def _denial(self) -> Outcome:
        strongest = SHUT
        for result in self._found(self._all(), "Deny"):
            truth = result.statement.applies(self.request, self.target)
            if truth > strongest.truth:
                strongest = Outcome(truth, result)
            if truth is YES:
                break
        return strongest

    def _found(self, policies: Iterable[Policy], effect: str) -> Iterator[Found]:
        """Yield the statements that have an effect, or may have it."""
        for policy in policies:
            for statement in policy.statements:
                if statement.may(effect):
                    yield Found(policy, statement)

    @cached_property
    def _guards(self) -> Sequence[Level]:
        """The levels of the organization that apply."""
        return levels(self.request.principal, self.policies)

    def _all(self) -> Iterator[Policy]:
        value = self.policies
        yield from value.identity
        yield from value.session
        yield from (item for item in (value.boundary, value.resource) if item is not None)
        for _, level in self._guards:
            yield from level

    def _levels(self) -> Iterator[Outcome]:
        """Return what each level of the organization says."""
        return (self._allowing(level, name) for name, level in self._guards)

    def _allowing(self, policies: Sequence[Policy], by: str, reach: Reach | None = None) -> Outcome:
        """Return whether some statement of policies allows it.

        Args:
            policies: Of one sort.
            by: What does not allow it, if none does.
            reach: Count only statements that name who calls in this way.
        """
        strongest = Outcome(NO, by=by, among=policies)
        for result in self._found(policies, "Allow"):
            truth = result.statement.applies(self.request, self.target, reach)
            if truth > strongest.truth:
                strongest = Outcome(truth, result)
            if strongest.truth is YES:
                break
        return strongest

    def _granted(self) -> Outcome:
        """Return whether identity and resource together allow it, without the organization."""
        principal = self.request.principal
        direct, role, account = (
            self._by_resource(item) for item in (Reach.DIRECT, Reach.ROLE, Reach.ACCOUNT)
        )
        if not principal.account:
            return direct
        owner = self.request.owner_of(self.target)
        if owner != principal.account:
            return least(best(direct, role, account), self._by_identity)
        names = best(least(role, self._by_boundary, self._by_session), direct)
        reason = self._own_policy_decides()
        if not reason:
            return best(self._by_identity, names)
        if self.policies.resource is None:
            return Outcome(MAYBE, by=reason)
        return best(least(self._by_identity, account), names)

    def _own_policy_decides(self) -> str:
        """Name the policy that must allow or delegate, whatever the identity's policies say; empty if none.

        https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html and
        https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_compare-resource-policies.html
        """
        if self.policies.resource is not None and self.policies.resource.kind == "trust":
            return "the role's trust policy"
        if self.request.action.lower().startswith("sts:assumerole"):
            return "the role's trust policy"
        on_key = isinstance(self.target, Unknown) or ":key/" in self.target
        return "the key policy" if self.request.service == "kms" and on_key else ""

    def _by_resource(self, reach: Reach) -> Outcome:
        """Return whether the resource's policy allows it by naming who calls in one way."""
        policy = self.policies.resource
        if policy is None:
            return Outcome(NO, by="the resource, which has no policy,")
        return self._allowing([policy], policy.name, reach)

    @cached_property
    def _by_identity(self) -> Outcome:
        """Whether the identity's side allows it: its policies, within boundary and session.

        The root user needs no policy, and has no boundary.
        """
        if self.request.principal.is_root:
            return OPEN
        value = self.policies
        among = [*value.identity, *([value.resource] if value.resource else [])]
        result = self._allowing(value.identity, NOTHING)
        result = result if result.truth is not NO else Outcome(NO, by=NOTHING, among=among)
        return least(result, self._by_boundary, self._by_session)

    @cached_property
    def _by_boundary(self) -> Outcome:
        """Whether the permissions boundary lets it through."""
        bound = self.policies.boundary
        return OPEN if bound is None else self._allowing([bound], bound.name)

    @cached_property
    def _by_session(self) -> Outcome:
        """Whether the session policies let it through; a federated user without any may do nothing."""
        if self.policies.session or self.request.principal.is_federated_user:
            return self._allowing(self.policies.session, "the session policy")
        return OPEN


_WORST = (Decision.EXPLICIT_DENY, Decision.IMPLICIT_DENY, Decision.UNKNOWN, Decision.ALLOWED)


def evaluate(request: Request, policies: Policies) -> Verdict:
    """Return whether AWS would allow a request.

    Args:
        request: Who asks for what; it must be allowed on every resource.
        policies: All that apply.

    Raises:
        ValueError: If the request names no resource; `*` stands for none.
    """
    if not request.resources:
        raise ValueError('a request needs a resource, "*" where the action has none')
    results = [_Case(request, item, policies).decided() for item in request.targets]
    return min(results, key=lambda item: _WORST.index(item.decision))
