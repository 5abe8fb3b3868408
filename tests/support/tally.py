"""How many requests each judge of the agents' roles allowed and denied, for the end of a test run."""

from collections import Counter
from collections.abc import Iterator

Counts = Counter[tuple[str, str, str]]
"""By judge, agent and outcome, which is `allowed` or `denied`."""


def lines(counts: Counts) -> Iterator[str]:
    """Give a line for each judge, and one for each agent under it."""
    for judge in sorted({judge for judge, _, _ in counts}):
        agents = sorted({agent for one, agent, _ in counts if one == judge})
        yield f"{judge}: {_told(counts, judge, agents)}"
        for agent in agents:
            yield f"  {agent}: {_told(counts, judge, [agent])}"


def _told(counts: Counts, judge: str, agents: list[str]) -> str:
    allowed, denied = (
        sum(counts[judge, agent, outcome] for agent in agents) for outcome in ("allowed", "denied")
    )
    return f"{allowed} allowed, {denied} denied"
