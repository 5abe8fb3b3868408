"""Whether a statement's Principal or NotPrincipal is about who makes a request, and how closely.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html and
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
"""

from collections.abc import Sequence
from enum import IntEnum

from tms_policies.documents.evaluation.request import Principal, account_of
from tms_policies.documents.evaluation.truth import MAYBE, NO, YES, Truth, any_of
from tms_policies.model import Unknown

Named = Sequence[tuple[str, object]]
"""Each principal of an element with its sort."""


class Reach(IntEnum):
    """How closely a resource's policy names who calls, which says what else limits its grant.

    ACCOUNT delegates to the account, ROLE grants to the role behind a session, DIRECT to the caller itself.
    """

    NONE = 0
    ACCOUNT = 1
    ROLE = 2
    DIRECT = 3


def _name(arn: str) -> str:
    """Return the last part of an ARN's path."""
    return arn.rpartition("/")[2]


def _same_role(written: str, principal: Principal) -> bool:
    """Return whether an ARN is of the role behind a session; roles are unique by name, whatever the path."""
    if principal.role or not principal.behind:
        return written == principal.behind
    same_kind = written.partition("/")[0] == principal.behind.partition("/")[0]
    return same_kind and _name(written) == _name(principal.behind)


def _session_of(written: str, role: str) -> bool:
    """Return whether an ARN is of a session of a role."""
    parts = written.rpartition(":")[2].split("/")
    return parts[0] == "assumed-role" and len(parts) > 1 and parts[1] == _name(role)


def _identity(written: str, principal: Principal) -> tuple[Truth, Reach]:
    """Compare an `AWS` principal that is not `*`."""
    if not principal.account or principal.account not in (written, account_of(written)):
        return NO, Reach.NONE
    if written == principal.account or written.endswith(":root"):
        return YES, Reach.DIRECT if principal.is_root else Reach.ACCOUNT
    if written == principal.arn:
        return YES, Reach.ROLE if principal.is_role else Reach.DIRECT
    if _same_role(written, principal):
        return YES, Reach.ROLE
    if principal.is_role and _session_of(written, principal.arn):
        return MAYBE, Reach.DIRECT
    return NO, Reach.NONE


def _own(sort: str, principal: Principal) -> str:
    """Return what a principal other than an account's goes by, for a sort in lower case."""
    return {
        "service": principal.service,
        "federated": principal.federated,
        "canonicaluser": principal.canonical,
    }.get(sort, "")


def _one(sort: str, written: object, principal: Principal) -> tuple[Truth, Reach]:
    """Compare one principal of a statement; `{"AWS": "*"}` is everybody, as `*` is."""
    if isinstance(written, Unknown):
        return MAYBE, Reach.DIRECT
    sort = sort.lower()
    if sort in ("*", "aws"):
        if written == "*":
            return YES, Reach.DIRECT
        return _identity(str(written), principal)
    actual = _own(sort, principal)
    return (YES, Reach.DIRECT) if actual and written in ("*", actual) else (NO, Reach.NONE)


def reached(names: Named, principal: Principal, reach: Reach | None) -> Truth:
    """Return whether a Principal element is about somebody, in one way or, without a way, in any."""
    result = (_one(sort, written, principal) for sort, written in names)
    return any_of(item for item, way in result if reach in (None, way))


def spared(names: Named, principal: Principal) -> Truth:
    """Return whether a NotPrincipal element leaves somebody out.

    The account, the role and the session may each be looked up, so only who has all of them listed is left
    out for certain, and only who has none of them listed is not.
    """
    results = [_one(sort, written, principal) for sort, written in names]
    if any(item is MAYBE for item, _ in results):
        return MAYBE
    reaches = {reach for item, reach in results if item is YES}
    if not reaches:
        return NO
    needed = {Reach.DIRECT}
    if principal.account and not principal.is_root and not any(item == "*" for _, item in names):
        needed |= {Reach.ACCOUNT} | ({Reach.ROLE} if principal.behind else set[Reach]())
        if principal.is_role:
            needed = {Reach.ACCOUNT, Reach.ROLE}
    return YES if needed <= reaches else MAYBE
