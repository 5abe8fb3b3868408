"""One value of a request against one of a condition, operator by operator.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html.
A policy's value that is not of the operator's kind is MAYBE: AWS refuses most of these and does not say what
becomes of the others. A request's value that is not of the kind does not match.
"""

import base64
import binascii
import operator
import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from ipaddress import ip_address

from tms_policies.documents.conditions import network
from tms_policies.documents.evaluation.truth import MAYBE, NO, Truth, said
from tms_policies.documents.globs import holds
from tms_policies.values import number

Compare = Callable[[str, str], Truth]
"""Takes the policy's value, then the request's."""
_ARN_PARTS = 6
# https://www.w3.org/TR/NOTE-datetime
_DATE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?"
)
_EPOCH = re.compile(r"-?\d{5,}(\.\d+)?|-?\d{1,3}(\.\d+)?")


def _text(actual: str, theirs: str) -> Truth:
    return said(actual == theirs)


def _text_any_case(actual: str, theirs: str) -> Truth:
    return said(actual.lower() == theirs.lower())


def _like(actual: str, theirs: str) -> Truth:
    return said(holds(actual, theirs))


def _arn(actual: str, theirs: str) -> Truth:
    """Compare six parts; a wildcard does not reach over a colon before the last."""
    expected, value = actual.split(":", _ARN_PARTS - 1), theirs.split(":", _ARN_PARTS - 1)
    if len(expected) != _ARN_PARTS:
        return MAYBE
    if len(value) != _ARN_PARTS:
        return NO
    return said(all(holds(item, second) for item, second in zip(expected, value, strict=True)))


def _bool(actual: str, theirs: str) -> Truth:
    if actual.lower() not in ("true", "false"):
        return MAYBE
    return said(actual.lower() == theirs.lower())


def _address(actual: str, theirs: str) -> Truth:
    expected = network(actual)
    if expected is None:
        return MAYBE
    try:
        return said(ip_address(theirs) in expected)
    except ValueError:
        return NO


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def _binary(actual: str, theirs: str) -> Truth:
    expected = _decoded(actual)
    return MAYBE if expected is None else said(expected == _decoded(theirs))


@lru_cache(maxsize=1024)
def moment(text: str) -> float | None:
    """Return a time as seconds since 1970: from a W3C form of ISO 8601, or from the seconds themselves.

    Four digits are a year. A time without a zone is taken for UTC.
    """
    if _EPOCH.fullmatch(text):
        return float(text)
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    day_part, time_part = (
        f"{year}-{month or '01'}-{day or '01'}",
        f"{hour or '00'}:{minute or '00'}:{second or '00'}",
    )
    try:
        whole = datetime.fromisoformat(f"{day_part}T{time_part}{zone or 'Z'}")
    except ValueError:
        return None
    return whole.astimezone(UTC).timestamp() + float(fraction or 0)


def _ordered(read: Callable[[str], float | None], holds_for: Callable[[float, float], bool]) -> Compare:
    """Return the comparison of two quantities; `holds_for` takes the request's first."""

    def compare(actual: str, theirs: str) -> Truth:
        expected, value = read(actual), read(theirs)
        if expected is None:
            return MAYBE
        return NO if value is None else said(holds_for(value, expected))

    return compare


_ORDERS: dict[str, Callable[[float, float], bool]] = {
    "equals": operator.eq,
    "lessthan": operator.lt,
    "lessthanequals": operator.le,
    "greaterthan": operator.gt,
    "greaterthanequals": operator.ge,
}
COMPARISONS: dict[str, Compare] = {
    "stringequals": _text,
    "stringequalsignorecase": _text_any_case,
    "stringlike": _like,
    "bool": _bool,
    "binaryequals": _binary,
    "ipaddress": _address,
    "arnequals": _arn,
    "arnlike": _arn,
    **{f"numeric{name}": _ordered(number, one) for name, one in _ORDERS.items()},
    **{f"date{name}": _ordered(moment, one) for name, one in _ORDERS.items()},
}
"""By the operator's name in lower case, without a negation."""
NEGATED = {
    "stringnotequals": "stringequals",
    "stringnotequalsignorecase": "stringequalsignorecase",
    "stringnotlike": "stringlike",
    "numericnotequals": "numericequals",
    "datenotequals": "dateequals",
    "notipaddress": "ipaddress",
    "arnnotequals": "arnequals",
    "arnnotlike": "arnlike",
}
"""What each negated operator denies."""
WILD = frozenset(["stringlike", "arnequals", "arnlike"])
"""Operators whose values are patterns."""
FILLED = frozenset([*WILD, "stringequals", "stringequalsignorecase"])
"""Operators whose values may have policy variables."""
