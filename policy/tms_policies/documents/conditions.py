"""What a statement's conditions demand."""

import re
from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network, ip_network

from tms_policies.documents.actions import wild
from tms_policies.documents.parse import Statement
from tms_policies.model import Unknown
from tms_policies.values import items

_DEMANDS = frozenset(
    [
        "stringequals",
        "stringequalsignorecase",
        "stringlike",
        "arnequals",
        "arnlike",
        "ipaddress",
        "numericequals",
        "bool",
    ]
)
# Keys whose fixed value says who may call: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
_CALLERS = frozenset(
    [
        "aws:sourceaccount",
        "aws:sourcearn",
        "aws:sourceowner",
        "aws:sourceorgid",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "aws:sourceip",
        "aws:principalaccount",
        "aws:principalarn",
        "aws:principalorgid",
        "aws:principalorgpaths",
        "aws:userid",
        "kms:calleraccount",
        "s3:dataaccesspointaccount",
    ]
)
_ARN_ACCOUNT = 4
# Public addresses in wider ranges are everybody's:
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
_WIDEST = {4: 8, 6: 32}


def demanded(statement: Statement) -> Iterator[tuple[str, str, object]]:
    """Yield (operator, key, value) of each condition that a request must meet, names in lower case.

    Operators with `IfExists` and `ForAllValues` are left out: a request without the key meets them.
    """
    values = statement.elements.get("condition")
    for operator, tests in values.items() if isinstance(values, dict) else ():
        plain = str(operator).lower().removeprefix("foranyvalue:")
        for key, value in tests.items() if plain in _DEMANDS and isinstance(tests, dict) else ():
            for item in items(value):
                yield plain, str(key).lower(), item


def network(value: str) -> IPv4Network | IPv6Network | None:
    """Read a range of addresses; None if it is something else."""
    try:
        return ip_network(value, strict=False)
    except ValueError:
        return None


def _fixed(value: object) -> bool:
    """Return whether a value names someone: no wildcard, or an ARN whose account, or name, is fixed."""
    if not isinstance(value, str) or value in ("", "*"):
        return False
    if not wild(value):
        values = network(value)
        return values is None or values.is_private or values.prefixlen >= _WIDEST[values.version]
    parts = value.split(":")
    if len(parts) <= _ARN_ACCOUNT + 1 or parts[0] != "arn":
        return False
    if parts[_ARN_ACCOUNT]:
        return re.fullmatch(r"\d{12}", parts[_ARN_ACCOUNT]) is not None
    return not wild(parts[_ARN_ACCOUNT + 1].partition("/")[0])


def names(statement: Statement, key: str) -> bool:
    """Return whether a condition demands the key with values that all name someone, or are not known yet."""
    results = [value for _, item, value in demanded(statement) if item == key.lower()]
    return bool(results) and all(isinstance(item, Unknown) or _fixed(item) for item in results)


def caller_fixed(statement: Statement) -> bool:
    """Return whether some condition fixes who may call."""
    grouped: dict[tuple[str, str], list[object]] = {}
    for operator, key, value in demanded(statement):
        if key in _CALLERS:
            grouped.setdefault((operator, key), []).append(value)
    return any(all(_fixed(item) for item in result) for result in grouped.values())


def unknown_caller(statement: Statement) -> Unknown | None:
    """Return the first caller condition whose value is not known."""
    return next(
        (value for _, key, value in demanded(statement) if key in _CALLERS and isinstance(value, Unknown)),
        None,
    )


def only_without_tls(statement: Statement) -> bool:
    """Return whether the statement holds for exactly the requests without TLS."""
    values = statement.elements.get("condition")
    tests = [
        (str(operator).lower(), str(key).lower(), str(item).lower())
        for operator, result in (values.items() if isinstance(values, dict) else ())
        if isinstance(result, dict)
        for key, value in result.items()
        for item in items(value)
    ]
    return tests == [("bool", "aws:securetransport", "false")]
