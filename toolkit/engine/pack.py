"""The policy pack that previews and updates run with."""

from pathlib import Path
from typing import Final

NAME: Final = "trade-matching-policies"
"""As `policy/PulumiPolicy.yaml` has it and the engine reports it."""
FOLDER: Final = Path(__file__).resolve().parents[2] / "policy"
ARGUMENTS: Final = ("--policy-pack", str(FOLDER))
