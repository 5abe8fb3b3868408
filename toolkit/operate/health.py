"""The health of the system's parts: a row for each, with what is wrong and what to do next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class HealthIssue:
    """Something that is wrong with a part of the system.

    Attributes:
        message: What is wrong.
        next_step: What to do next.
    """

    message: str
    next_step: str


@dataclass(frozen=True)
class Row:
    """One part of the system.

    Attributes:
        kind: `agent`, `bucket`, `table` or `queue`.
        name: Logical name.
        state: AWS's word for its state, `missing`, or `unknown` if AWS refuses to say.
        facts: Its details.
        issues: What is wrong with it.
    """

    kind: str
    name: str
    state: str
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])
    issues: tuple[HealthIssue, ...] = ()
