"""What is not well, and what to do next."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """Something that is not well.

    Attributes:
        said: What it is.
        step: What to do next.
    """

    said: str
    step: str
