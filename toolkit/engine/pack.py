"""The policy pack that previews and updates run with."""

from typing import Final

from toolkit.installation import ROOT, pack_folder

NAME: Final = "trade-matching-policies"
"""As `policy/PulumiPolicy.yaml` has it and the engine reports it."""
FOLDER: Final = ROOT / "policy"
"""Where it is in a checkout; elsewhere the installed pack is used."""


def arguments() -> tuple[str, str]:
    """Return the arguments that put the pack in force."""
    return ("--policy-pack", str(pack_folder(FOLDER)))
