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


def opposite(value: Truth) -> Truth:
    """Return the negation."""
    return _OPPOSITE[value]


def said(value: bool) -> Truth:  # noqa: FBT001 - it is a conversion
    """Return a plain yes or no as a truth."""
    return YES if value else NO


def any_of(value: Iterable[Truth]) -> Truth:
    """Return whether one of them holds; none of none does. What follows a yes is not tried."""
    result = NO
    for item in value:
        if item is YES:
            return YES
        result = max(result, item)
    return result


def all_of(value: Iterable[Truth]) -> Truth:
    """Return whether all of them hold; all of none do. What follows a no is not tried."""
    result = YES
    for item in value:
        if item is NO:
            return NO
        result = min(result, item)
    return result
