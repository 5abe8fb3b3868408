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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    counts = config.stash.get(_COUNTS, Counts())
    if counts:
        terminalreporter.section(
            "the agents' roles, tried; every answer was the expected one unless a test failed"
        )
        for line in lines(counts):
            terminalreporter.write_line(line)
