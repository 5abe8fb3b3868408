"""The URNs of the production stack, as recorded: `python -m tests.support.urns` records them anew."""

from tests.support.stackfile import PROJECT, ROOT, STACK, run_program, stack_config

SNAPSHOT = ROOT / "tests" / "engine" / "production.urns"
RECORDED = SNAPSHOT.read_text().split() if SNAPSHOT.exists() else []
STEPS = len(RECORDED)
"""How many steps a preview of the whole system has: resources, components and the stack."""
PARTS = sum("$aws:" in urn for urn in RECORDED)
"""How many of them AWS knows."""


def production_urns() -> list[str]:
    """Give the URN of everything that the program registers for the production stack file."""
    _, monitor = run_program(stack_config("production"))
    return sorted([*monitor.requests, monitor.make_urn("", STACK, f"{PROJECT}-production")])


if __name__ == "__main__":
    SNAPSHOT.write_text("".join(f"{urn}\n" for urn in production_urns()))
