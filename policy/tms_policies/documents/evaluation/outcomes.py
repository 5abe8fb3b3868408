"""Whether something allows a request, and which of several decides."""

from collections.abc import Sequence
from dataclasses import dataclass

from tms_policies.documents.evaluation.reasons import Found
from tms_policies.documents.evaluation.statements import Policy
from tms_policies.documents.evaluation.truth import NO, YES, Truth

NOTHING = "nothing"


@dataclass(frozen=True)
class Outcome:
    """Whether something allows a request: the statement that does, or what does not and where it could."""

    truth: Truth
    found: Found | None = None
    by: str = ""
    among: Sequence[Policy] = ()


OPEN = Outcome(YES, by="the account's root user, who may do everything")
SHUT = Outcome(NO, by=NOTHING)


def best(*value: Outcome) -> Outcome:
    """Return the one that allows most, the first of equals."""
    return max(value, key=lambda item: item.truth)


def least(*value: Outcome) -> Outcome:
    """Return the one that allows least, the first of equals."""
    return min(value, key=lambda item: item.truth)
