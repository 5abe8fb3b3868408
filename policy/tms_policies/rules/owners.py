"""One setting, one owner: what a resource says of itself, no other resource says as well.

The provider writes both in turn, so each run undoes the other's. Which pairs exclude one another stands in
the notes of each type at https://www.pulumi.com/registry/packages/aws/api-docs/.
"""

from collections.abc import Iterable, Iterator

from tms_policies.aws_types import SUB_RESOURCES, SubResource
from tms_policies.model import Bag, Finding, Resource, Stack
from tms_policies.must import is_set
from tms_policies.references import attached
from tms_policies.registry import rule


@rule(
    "account-resource-one-owner",
    severity="high",
    scope="stack",
    types=tuple(dict.fromkeys(token for pair in SUB_RESOURCES for token in (pair.token, pair.sub_resource))),
    remedy="Keep the setting in one place.",
    why="The provider writes both in turn, and each run undoes the other's: what stands depends on the "
    "order, every preview shows a change, and a policy that denies may be the one that is lost. "
    "https://www.pulumi.com/registry/packages/aws/api-docs/",
)
def one_owner(stack: Stack, _settings: Bag) -> Iterable[Finding]:
    """No two resources set one setting."""
    for pair in SUB_RESOURCES:
        for resource in stack.of(pair.token):
            beside = attached(stack, pair.sub_resource, pair.by, resource)
            setters = [
                sub
                for sub in beside
                if all(sub.props.get(name) == value for name, value in pair.only_if.items())
            ]
            yield from _owners(resource, pair, setters)


def _owners(resource: Resource, pair: SubResource, beside: list[Resource]) -> Iterator[Finding]:
    """Check one setting of one resource."""
    kind = pair.sub_resource.rpartition(":")[2]
    names = ", ".join(item.name for item in beside)
    if beside and is_set(resource, pair.setting):
        yield Finding(
            f"{pair.setting} of {resource.name} is set again by the {kind} {names}: "
            "each run undoes the other's",
            f"the {kind} alone, and {resource.name} without {pair.setting}",
            resource.urn,
        )
    elif len(beside) > 1 and not pair.several:
        yield Finding(
            f"{resource.name} has {len(beside)} {kind} resources, {names}: the last one written stands",
            f"one {kind} for {resource.name}",
            resource.urn,
        )
