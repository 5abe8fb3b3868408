"""Tags of every resource, visible in each diff."""

from components.settings import Settings


def tags(settings: Settings, purpose: str) -> dict[str, str]:
    """Give the stack's tags with the resource's own purpose."""
    return {**settings.tags, "Purpose": purpose}
