import os
from typing import Any

import pytest
from hypothesis import settings

from tests.support.order import longest_first
from tests.support.tally import Counts, lines

# How long an example takes depends on the machine, so there is no deadline. `suite` tries the same examples in each
# run, so that a change fails by itself and not by chance; `dev` tries fewer of them; `explore` looks for new ones.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.register_profile("dev", settings.get_profile("suite"), max_examples=25)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))

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


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes longest where several workers share the tests; by itself, a run begins with what is quick."""
    items.sort(key=lambda item: longest_first(item.path), reverse=not hasattr(config, "workerinput"))


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
