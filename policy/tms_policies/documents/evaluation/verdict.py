"""What applies to a request, and the answer to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tms_policies.documents.evaluation.statements import Policy


class Decision(StrEnum):
    """What AWS would answer."""

    ALLOWED = "allowed"
    EXPLICIT_DENY = "explicit deny"
    IMPLICIT_DENY = "implicit deny"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verdict:
    """The answer to a request.

    Attributes:
        decision: What AWS would answer; unknown if that depends on a value that is not known yet, or on
            something of which AWS does not say what it does.
        by: The statement and policy that decided, or what does not allow it.
        reason: One line for a reviewer.
    """

    decision: Decision
    by: str
    reason: str

    @property
    def allowed(self) -> bool:
        """Whether the request is allowed for certain."""
        return self.decision is Decision.ALLOWED


@dataclass(frozen=True)
class Policies:
    """All policies that apply to a request.

    Attributes:
        identity: Managed and inline policies of the user with its groups, or of the role.
        boundary: The permissions boundary; None without one.
        session: Policies given when the session was made.
        resource: The resource's own policy: a bucket's, a key's, a role's trust policy; None without one.
        scps: Service control policies of the principal's account: for each level, from the root to the
            account, those attached there. None for an account that is in no organization, or manages it.
        rcps: Resource control policies of the resource's account, likewise, with AWS's own
            `RCPFullAWSAccess`; only where the service takes part in them.
    """

    identity: Sequence[Policy] = ()
    boundary: Policy | None = None
    session: Sequence[Policy] = ()
    resource: Policy | None = None
    scps: Sequence[Sequence[Policy]] = ()
    rcps: Sequence[Sequence[Policy]] = ()
