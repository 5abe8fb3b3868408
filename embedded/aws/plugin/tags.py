"""A resource's tags: those that the program gave, and those that every resource has by default."""

from collections.abc import Mapping

from embedded.aws.plugin.inputs import TAGS_ALL
from embedded.aws.plugin.values import Bag


def split_tags(live: Mapping[str, str], default: Mapping[str, str], explicit: Mapping[str, str]) -> Bag:
    """Return live tags as a resource's two tag properties.

    Args:
        live: All tags that the resource has.
        default: The provider's default tags.
        explicit: The tags that the program sets on the resource.

    Returns:
        `tagsAll`, and `tags` without those that are there by default.
    """
    everything = {key: value for key, value in live.items() if not key.startswith("aws:")}
    tags = {k: v for k, v in everything.items() if default.get(k) != v or k in explicit}
    return {"tags": tags, TAGS_ALL: everything} if tags else {TAGS_ALL: everything}
