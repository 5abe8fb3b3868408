"""The order of test files: workers that begin with the longest end together."""

from pathlib import Path

_TIERS = ("engine", "integration", "unit", "policy")
_LONGEST = (
    "test_delivery.py",
    "test_adopt.py",
    "test_adopt_moved.py",
    "test_adopt_faults.py",
    "test_everything.py",
    "test_adopt_enforced.py",
    "test_workflow_adopt.py",
    "test_workflows.py",
    "test_adopt_demo.py",
    "test_program.py",
    "test_types_round_trip.py",
)
"""Files of `tests/engine` that take a minute or more, the longest first."""


def longest_first(path: Path) -> tuple[int, int]:
    """Return a sort key of a test file: its tier, then its place among the long ones of the tier."""
    tier = next((index for index, name in enumerate(_TIERS) if name in path.parts), len(_TIERS))
    return tier, _LONGEST.index(path.name) if path.name in _LONGEST else len(_LONGEST)
