"""The real CLI for tests, on an embedded AWS of the test session's own."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3

ROOT = Path(__file__).resolve().parents[2]
PACK = ("--policy-pack", "policy")


@dataclass(frozen=True)
class Engine:
    """Runs `./pulumiw` in embedded mode against the session's own AWS.

    Attributes:
        environment: What the command sees.
    """

    environment: dict[str, str]
    command: str = str(ROOT / "pulumiw")

    def run(
        self, *arguments: str, folder: Path = ROOT, timeout: int = 900
    ) -> subprocess.CompletedProcess[str]:
        """Run one command in a folder; standard error goes into the captured output."""
        return subprocess.run(
            [self.command, *arguments, "--non-interactive"],
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


def embedded_environment(home: Path) -> dict[str, str]:
    """Return the caller's environment with an embedded AWS of its own, without settings of the engine."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PULUMI_", "AWS_"))}
    return {**kept, "EMBEDDED": "1", "EMBEDDED_HOME": str(home), "NO_COLOR": "1"}


def end(environment: Mapping[str, str]) -> None:
    """End the embedded AWS of an environment."""
    command = [str(ROOT / ".venv" / "bin" / "python"), "-m", "embedded.aws.stop"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def person(endpoint: str, service: str, region: str = "us-east-1") -> Any:  # noqa: ANN401 - boto3 makes clients at run time
    """Give a client of the fake account, as a person at the console."""
    return boto3.client(
        service,  # pyright: ignore[reportArgumentType,reportCallIssue] - one of many
        endpoint_url=endpoint,
        region_name=region,
        aws_access_key_id="person",
        aws_secret_access_key="person",  # noqa: S106 - the fake account takes any
    )
