"""One alarm, as data."""

from dataclasses import dataclass
from typing import Literal

from components.observability.metrics import Metric

FIVE_MINUTES = 300
HOUR = 3600


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm.

    Attributes:
        key: Its logical name, and the end of its physical one.
        kind: The section of docs/runbooks.md.
        meaning: What it means, in one sentence.
        metrics: What is watched; several become one as `combined` says.
        threshold: It rings above this.
        period: Seconds.
        periods: How many in a row.
        combined: What becomes of several metrics; percentiles cannot be added.
    """

    key: str
    kind: str
    meaning: str
    metrics: tuple[Metric, ...]
    threshold: float
    period: int = FIVE_MINUTES
    periods: int = 1
    combined: Literal["sum", "max"] = "sum"
