"""Ids of what a state has, in the form that imports them."""

from collections.abc import Iterable, Mapping
from typing import Any

from toolkit.aws.types import LISTING_BY_TYPE
from toolkit.aws.types.import_ids import function_name


def import_ids(resource: Mapping[str, Any]) -> set[str]:
    """Return the ids by which a resource of a state may be listed.

    What is inside something else is imported by both ids, but some types keep only their own in the state.
    """
    identity = str(resource.get("id") or "")
    listing = LISTING_BY_TYPE.get(str(resource["type"]))
    properties = {**(resource.get("inputs") or {}), **(resource.get("outputs") or {})}
    within = {
        key: function_name(properties[key])
        for key in (listing.within if listing else ())
        if isinstance(properties.get(key), str)
    }
    if not listing or not within or within.keys() < listing.within.keys() or not identity:
        return {identity}
    return {identity, listing.identity(identity, "", within)}


def imported(resources: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the ids of what the state has of the account, by URN."""
    return {
        str(resource["urn"]): str(resource["id"])
        for resource in resources
        if resource.get("id") and not str(resource["type"]).startswith("pulumi:")
    }
