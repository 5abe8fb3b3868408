"""Where one action may be done."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Conditions = Mapping[str, Mapping[str, str | list[str]]]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where one action may be done.

    Attributes:
        label: What the resources are called in a statement's id.
        resources: ARNs or ARN patterns; `*` where the action takes none.
        conditions: Condition operators with their keys and values.
    """

    label: str
    resources: tuple[str, ...]
    conditions: Conditions = field(default_factory=dict[str, Mapping[str, str | list[str]]])
