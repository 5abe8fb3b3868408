"""What is known of each AWS type: its record, by token, and what is computed from all records."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import replace

from toolkit.aws.types import services
from toolkit.aws.types.listing import Listing
from toolkit.aws.types.model import AwsType


def _records() -> Iterator[AwsType]:
    """Yield the records of every module of `services`: a new module needs no registration."""
    for module in pkgutil.iter_modules(services.__path__):
        yield from importlib.import_module(f"{services.__name__}.{module.name}").TYPES


TYPES: Mapping[str, AwsType] = {record.token: record for record in _records()}
"""The record of each type, by its token."""
LISTINGS: tuple[Listing, ...] = tuple(
    replace(record.listing, type=token) for token, record in TYPES.items() if record.listing
)
"""Every type whose live resources can be listed."""
SAME = {token: record.same_as for token, record in TYPES.items() if record.same_as}
"""Types by another name of what is listed, so that a live resource is not counted twice."""
_LISTED = {listing.type: listing for listing in LISTINGS}
LISTING_BY_TYPE: Mapping[str, Listing] = _LISTED | {
    token: replace(_LISTED[listed], type=token) for token, listed in SAME.items()
}
HOLDS_DATA = tuple(token for token, record in TYPES.items() if record.holds_data)
"""Types of which a run must delete or replace none: what is in them is gone with them."""


def find(token: str) -> AwsType:
    """Return what is known of a type; a record of nothing but its token where nothing is."""
    return TYPES.get(token) or AwsType(token)
