"""The real CLI for tests: its own embedded AWS per test session, and scratch projects."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Engine:
    """Runs `./pulumiw` in embedded mode against the session's own AWS.

    Attributes:
        environment: What the command sees.
    """

    environment: dict[str, str]

    def run(
        self, *arguments: str, folder: Path = ROOT, timeout: int = 240
    ) -> subprocess.CompletedProcess[str]:
        """Run one command in a folder; standard error goes into the captured output."""
        return subprocess.run(
            [str(ROOT / "pulumiw"), *arguments, "--non-interactive"],
            cwd=folder,
            env=self.environment,
            check=False,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            timeout=timeout,
        )

    def succeed(self, *arguments: str, folder: Path = ROOT) -> str:
        """Run one command that must exit 0, and give its output."""
        result = self.run(*arguments, folder=folder)
        assert result.returncode == 0, result.stdout
        return result.stdout


def box_environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PULUMI_", "AWS_"))}
    return {**kept, "EMBEDDED": "1", "EMBEDDED_HOME": str(home), "NO_COLOR": "1"}


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
