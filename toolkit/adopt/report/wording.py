"""The words of a report, and which of them come first; exit codes are those of docs/adoption.md."""

from typing import Literal

from toolkit.adopt.model import DESTRUCTIVE, DIFFERENCES, MOVED, PARTIAL, UNRESOLVED
from toolkit.errors import IDENTITY, UNABLE

Severity = Literal["stop", "attention", "change", "quiet", "good"]

# More than these are folded: of what is in order, and of anything
FEW = 20
MANY = 200

# Per exit code: what it is called, how bad it is, and what is said when nothing more is known
VERDICTS: dict[int, tuple[str, Severity, str]] = {
    0: ("Clean", "good", "Nothing is left to do"),
    UNABLE: ("Wrong use", "stop", "The use, the configuration or the program is wrong"),
    IDENTITY: ("Wrong account", "stop", "This is another account or region, or there are no credentials"),
    UNRESOLVED: ("To decide", "attention", "Something has to be decided by a person first"),
    DESTRUCTIVE: ("Stop", "stop", "Something would be replaced or deleted"),
    DIFFERENCES: ("Differences", "attention", "Differences are left"),
    MOVED: ("Moved", "attention", "The state, or what was rehearsed, has moved"),
    PARTIAL: ("Partial", "attention", "Some were not imported"),
}
OTHER: tuple[str, Severity, str] = ("Failed", "stop", "The step failed")

FACTS = {"made": "time", "pulumi": "Pulumi", "aws": "AWS provider", "program": "program", "step": "step"}
COMMANDS = ("./tms ", "tms ", "./pulumiw ", "pulumi ", "make ", "git ", "aws ")

STOPS = "Nothing is imported while one of these is left; what would be lost stands with each."
# In the order in which they are told
CONSEQUENCES: dict[str, tuple[str, str, Severity]] = {
    "replaced": ("replaced", "An update would make it anew and delete the live one.", "stop"),
    "deleted": ("deleted", "An update would delete the live one.", "stop"),
    "created": ("created", "An update would make what is not there yet.", "change"),
    "updated in place": (
        "updated in place",
        "An update would change the live one, without replacing it.",
        "change",
    ),
    "cannot be read back": (
        "cannot be read back",
        "AWS does not tell the live value, so nothing is compared; an update writes the program's over it.",
        "quiet",
    ),
    "nothing sent to AWS": ("nothing sent to AWS", "An update would change the state alone.", "quiet"),
}

# In the order in which they are told
STATUSES: dict[str, tuple[str, Severity]] = {
    "ambiguous": ("More than one live resource could be it; a person says which.", "attention"),
    "open": ("Its id cannot be derived; a person gives it.", "attention"),
    "unknown": ("Could not be read; never taken for absent.", "attention"),
    "managed elsewhere": ("Another tool owns it.", "attention"),
    "absent": ("Looked for, and not there.", "change"),
    "found": ("Live, and its id is known.", "good"),
    "adopted": ("In the state of this stack.", "good"),
}
SETTLED = ("found", "adopted")


def nothing(path: str, consequence: str) -> tuple[str, str]:
    """Say what it means that there is no live and no declared value, of a property or a whole resource."""
    if path:
        return "not set", "not set"
    return (
        "not there" if consequence == "created" else "there",
        "not declared" if consequence == "deleted" else "declared",
    )


def no_differences(step: str, code: int) -> str:
    """Say what it means that there are none: only a step that compared may say that nothing differs."""
    if step in ("check", "discover", "resolve", "verify"):
        return f"Not compared: {step} does not look at properties; rehearse does."
    if code == 0:
        return "None: an update would change nothing."
    return "None are recorded; the step ended before it could say that there are none."
