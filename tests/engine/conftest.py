from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.engine import PACK, Engine, box_environment, end
from tests.support.estate import Estate


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Give the real engine on an AWS that lives as long as the test session."""
    yield from _engine(tmp_path_factory.mktemp("box"))


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Engine]:
    """Give the real engine on an AWS of its own, for what an account has once only."""
    yield from _engine(tmp_path / "box")


def _engine(home: Path) -> Iterator[Engine]:
    environment = box_environment(home)
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
    before = built.aws()
    yield built
    assert built.aws() == before
