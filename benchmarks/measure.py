"""Time commands as whole processes, alternating, so that a slow moment of the machine hits all alike."""

import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def seconds(command: Sequence[str], environment: Mapping[str, str], folder: Path = ROOT) -> float:
    """Run a command in a folder, the checkout unless said, and give the seconds that it took.

    Raises:
        RuntimeError: It failed: a failed run has no time worth printing.
    """
    begin = time.perf_counter()
    done = subprocess.run(
        list(command), check=False, cwd=folder, env=dict(environment), capture_output=True, text=True
    )
    took = time.perf_counter() - begin
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return took


def alternate(
    commands: Mapping[str, Sequence[str]], environment: Mapping[str, str], rounds: int
) -> dict[str, float]:
    """Run each command once unmeasured, then all of them in turn, and give each one's median in seconds."""
    for command in commands.values():
        seconds(command, environment)
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            times[name].append(seconds(command, environment))
    return {name: statistics.median(values) for name, values in times.items()}
