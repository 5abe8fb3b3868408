"""Tags of every resource, visible in each diff."""

from collections.abc import Mapping


def tags(common: Mapping[str, str], purpose: str) -> dict[str, str]:
    """Return the stack's tags with the resource's own purpose.

    Args:
        common: Tags of every resource.
        purpose: Value of the tag `Purpose`.
    """
    return {**common, "Purpose": purpose}
