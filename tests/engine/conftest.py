import subprocess
from collections.abc import Iterator

import pytest

from tests.support.engine import ROOT, Engine, box_environment


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
