"""What the rules need to know of AWS types, from data that the toolkit's records of types are written to."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_DATA: Mapping[str, Any] = json.loads(
    (Path(__file__).parent / "data" / "aws_types.json").read_text(encoding="utf-8")
)


@dataclass(frozen=True)
class SubResource:
    """A property of a type, and another type that sets the same thing.

    Attributes:
        token: The resource's type.
        setting: Its property.
        sub_resource: The other type.
        by: Property of the other type that names the resource.
        several: Whether there may be more than one of them.
        only_if: Values of properties of the other resource, where it may set another setting instead.
    """

    token: str
    setting: str
    sub_resource: str
    by: str
    several: bool = False
    only_if: Mapping[str, str] = field(default_factory=dict[str, str])


HOLDS_DATA: tuple[str, ...] = tuple(_DATA["holds_data"])
"""Types of which a run must delete or replace none: what is in them is gone with them."""
SUB_RESOURCES = tuple(SubResource(**pair) for pair in _DATA["sub_resources"])
"""Settings that two types have."""
