"""Time commands as whole processes, alternating, so that a slow moment of the machine affects all alike."""

import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def seconds(command: Sequence[str], environment: Mapping[str, str], folder: Path = ROOT) -> float:
    """Run a command in a folder, by default the checkout, and return the seconds that it took.

    Raises:
        RuntimeError: The command failed.
    """
    begin = time.perf_counter()
    result = subprocess.run(
        list(command), check=False, cwd=folder, env=dict(environment), capture_output=True, text=True
    )
    took = time.perf_counter() - begin
    if result.returncode != 0:
        raise RuntimeError(
            f"{' '.join(command)} ended with {result.returncode}: {result.stdout}{result.stderr}"
        )
    return took


def alternate(
    commands: Mapping[str, Sequence[str]], environment: Mapping[str, str], rounds: int
) -> dict[str, float]:
    """Run each command once unmeasured, then all in turn, and return the median of each in seconds."""
    for command in commands.values():
        seconds(command, environment)
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            times[name].append(seconds(command, environment))
    return {name: statistics.median(values) for name, values in times.items()}
