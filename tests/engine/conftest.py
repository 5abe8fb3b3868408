from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.adopting import READY, work
from tests.support.engine import PACK, Engine, embedded_environment, end
from tests.support.estate import Estate
from tests.support.faulty import Network, on_the_way


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Give the real engine on an AWS that lives as long as the test session."""
    yield from _engine(tmp_path_factory.mktemp("box"))


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Engine]:
    """Give the real engine on an AWS of its own, for what an account has once only."""
    yield from _engine(tmp_path / ".embedded")  # hidden, as in a checkout: a test's project is beside it


def _engine(home: Path) -> Iterator[Engine]:
    environment = embedded_environment(home)
    yield Engine(environment)
    end(environment)


@pytest.fixture(scope="session")
def running(engine: Engine) -> Engine:
    """Give an engine on whose AWS the local stack is up."""
    engine.succeed("up", "--stack", "local", "--yes", "--skip-preview", *PACK)
    return engine


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    home = tmp_path_factory.mktemp("estate")
    estate = Estate(home, tmp_path_factory.mktemp("project") / "system")
    estate.reset()
    estate.expect(0, "discover")  # moto makes what every account has when it is first asked
    yield estate
    end(estate.environment)


@pytest.fixture
def estate(built: Estate) -> Iterator[Estate]:
    """Give the estate, unknown to the state; whatever a test does, AWS is the same afterwards."""
    built.reset()
    with built.untouched():
        yield built
    built.restore()


@pytest.fixture
def network(built: Estate) -> Iterator[Network]:
    with on_the_way(Path(built.environment["EMBEDDED_HOME"])) as found:
        yield found


@pytest.fixture
def emptied(built: Estate) -> Iterator[Estate]:
    """Give the estate to a test that changes AWS itself: moto remembers even what was deleted again."""
    built.reset()
    yield built
    built.restore()


@pytest.fixture(scope="session")
def rehearsal(built: Estate) -> str:
    """Give what a clean rehearsal of the estate leaves, as it comes."""
    built.reset()
    assert READY in built.expect(0, "run")
    return (work(built) / "rehearsal.json").read_text()


@pytest.fixture
def rehearsed(estate: Estate, rehearsal: str) -> Estate:
    """Give the estate after a clean rehearsal."""
    work(estate).mkdir(parents=True)
    (work(estate) / "rehearsal.json").write_text(rehearsal)
    return estate
