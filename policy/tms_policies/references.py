"""Which resource another one belongs to: by known names, else by what its property is computed from."""

from collections.abc import Iterable, Iterator

from tms_policies.model import Resource, Stack
from tms_policies.values import look

_NAMES = ("bucket", "name", "id", "arn", "url")


def tail(value: str) -> str:
    """Return the name that ends an ARN or a URL: `arn:aws:sqs:r:1:q` and `https://x/1/q` give `q`."""
    return value.rstrip("/").rpartition("/")[2].rpartition(":")[2]


def own_names(resource: Resource) -> set[str]:
    """Return the physical names of a resource that are known."""
    return {tail(item) for name in _NAMES if isinstance(item := resource.props.get(name), str) and item}


def refers(holder: Resource, name: str, target: Resource) -> bool:
    """Return whether a property names the target: its known value does, or else it is computed from it."""
    value, names = holder.props.get(name), own_names(target)
    if isinstance(value, str) and names:
        return tail(value) in names
    return target.urn in holder.dependencies.get(name, ())


def attached(stack: Stack, token: str, name: str, target: Resource) -> list[Resource]:
    """Return the resources of a type whose property names the target."""
    return [resource for resource in stack.of(token) if refers(resource, name, target)]


def inline_or_attached(
    stack: Stack, target: Resource, inline: Iterable[str], token: str, name: str
) -> Iterator[tuple[Resource, object]]:
    """Yield what configures the target: (holder, block) for its own inline block and for attached resources.

    Args:
        stack: Where to look.
        target: The resource that is configured.
        inline: Path of the inline block.
        token: Type of the attached resource.
        name: The attached resource's property that names the target.
    """
    block = look(target.props, *inline)
    if block is not None and block not in ("", [], {}):
        yield target, block
    for resource in attached(stack, token, name, target):
        yield resource, resource.props
