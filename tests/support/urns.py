"""URNs as recorded, of production and of everything: `python -m tests.support.urns` records them anew."""

from typing import Any

from tests.support.stackfile import PROJECT, ROOT, STACK, everything, ran, stack_config

SNAPSHOT = ROOT / "tests" / "engine" / "production.urns"
EVERYTHING = ROOT / "tests" / "engine" / "everything.urns"
"""Those of the local stack with all that is optional switched on."""
RECORDED = SNAPSHOT.read_text().split() if SNAPSHOT.exists() else []
STEPS = len(RECORDED)
"""How many steps a preview of the whole system has: resources, components and the stack."""
PARTS = sum("$aws:" in urn for urn in RECORDED)
"""How many of them AWS knows."""
CHANGED = (
    "a URN changed: live resources would be replaced or orphaned. Give the renamed resource an alias "
    "(pulumi.Alias) and record anew with `.venv/bin/python -m tests.support.urns`"
)


def production_urns() -> list[str]:
    """Give the URN of everything that the program registers for the production stack file."""
    return _urns(stack_config("production"), "production")


def everything_urns() -> list[str]:
    """Give the URN of everything that the program registers with all that is optional switched on."""
    return _urns(everything("local"), "local")


def _urns(config: dict[str, Any], stack: str) -> list[str]:
    _, monitor = ran(config, stack)
    return sorted([*monitor.requests, monitor.make_urn("", STACK, f"{PROJECT}-{stack}")])


if __name__ == "__main__":
    for file, urns in ((SNAPSHOT, production_urns()), (EVERYTHING, everything_urns())):
        file.write_text("".join(f"{urn}\n" for urn in urns))
