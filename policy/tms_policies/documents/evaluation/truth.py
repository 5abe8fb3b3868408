"""Yes, no, and not known yet: `min` is and, `max` is or."""

from collections.abc import Iterable
from enum import IntEnum


class Truth(IntEnum):
    """How a test came out; one whose value is not known yet is in between."""

    NO = 0
    MAYBE = 1
    YES = 2


NO, MAYBE, YES = Truth.NO, Truth.MAYBE, Truth.YES
_OPPOSITE = {NO: YES, MAYBE: MAYBE, YES: NO}


def opposite(given: Truth) -> Truth:
    """Give the negation."""
    return _OPPOSITE[given]


def said(given: bool) -> Truth:  # noqa: FBT001 - it is a conversion
    """Give a plain yes or no as a truth."""
    return YES if given else NO


def any_of(given: Iterable[Truth]) -> Truth:
    """Say whether one of them holds; none of none does. What follows a yes is not tried."""
    found = NO
    for one in given:
        if one is YES:
            return YES
        found = max(found, one)
    return found


def all_of(given: Iterable[Truth]) -> Truth:
    """Say whether all of them hold; all of none do. What follows a no is not tried."""
    found = YES
    for one in given:
        if one is NO:
            return NO
        found = min(found, one)
    return found
