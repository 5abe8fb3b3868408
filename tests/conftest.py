from typing import Any

import pytest
from hypothesis import settings

from tests.support.tally import Counts, lines

# how long an example takes is the machine's affair, not a property of the code
settings.register_profile("any-machine", deadline=None)
settings.load_profile("any-machine")

_COUNTS = pytest.StashKey[Counts]()


@pytest.fixture(scope="session")
def tally(pytestconfig: pytest.Config) -> Counts:
    """Give the counts of what was tried with the agents' roles, which the end of the run shows."""
    return pytestconfig.stash.setdefault(_COUNTS, Counts())


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the counts of a worker to whom it works for, which alone has an end to show them at."""
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["tally"] = [
            [*key, count] for key, count in session.config.stash.get(_COUNTS, Counts()).items()
        ]


class _Workers:
    """What only those can take part in who run with workers."""

    def __init__(self, counts: Counts) -> None:
        self._counts = counts

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:  # noqa: ANN401 - xdist has no types
        for *key, count in getattr(node, "workeroutput", {}).get("tally", []):
            judge, agent, outcome = key
            self._counts[judge, agent, outcome] += count


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(_Workers(config.stash.setdefault(_COUNTS, Counts())))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    counts = config.stash.get(_COUNTS, Counts())
    if counts:
        terminalreporter.section(
            "the agents' roles, tried; every answer was the expected one unless a test failed"
        )
        for line in lines(counts):
            terminalreporter.write_line(line)
