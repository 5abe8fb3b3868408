import subprocess
from collections.abc import Iterator

import pytest

from tests.support.engine import PACK, ROOT, Engine, box_environment


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Give the real engine on an AWS that lives as long as the test session."""
    environment = box_environment(tmp_path_factory.mktemp("box"))
    yield Engine(environment)
    subprocess.run(
        [str(ROOT / ".venv" / "bin" / "python"), "-m", "embedded.aws.stop"],
        cwd=ROOT,
        env=environment,
        check=True,
    )


@pytest.fixture(scope="session")
def running(engine: Engine) -> Engine:
    """Give an engine on whose AWS the local stack is up."""
    engine.succeed("up", "--stack", "local", "--yes", "--skip-preview", *PACK)
    return engine
