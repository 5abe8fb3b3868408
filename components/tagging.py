"""Tags of every resource, visible in each diff."""

from collections.abc import Mapping
from typing import Protocol


class Tagged(Protocol):
    """Settings that say which tags every resource has."""

    @property
    def tags(self) -> Mapping[str, str]:
        """The tags."""
        ...


def tags(settings: Tagged, purpose: str) -> dict[str, str]:
    """Give the stack's tags with the resource's own purpose."""
    return {**settings.tags, "Purpose": purpose}
