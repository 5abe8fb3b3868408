"""What adoption of the whole estate takes, by a bare import of the same, which proves nothing."""

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.measure import ROOT, seconds
from tests.support.estate import Estate

_ROUNDS = 2


def _import_file(estate: Estate, file: Path) -> Path:
    """Write what `pulumi import` takes from a person who knows every id: those that were found."""
    estate.engine.succeed("preview", "--stack", "local", "--import-file", str(file), folder=estate.project)
    kept = json.loads((estate.project / ".adopt" / "local" / "report.json").read_text())
    ids = {(one["type"], one["name"]): one["id"] for one in kept["resources"]}
    wanted: dict[str, Any] = json.loads(file.read_text())
    for one in wanted["resources"]:
        if not one.get("component"):
            one["id"] = ids[one["type"], one.get("logicalName") or one["name"]]
    file.write_text(json.dumps(wanted))
    return file


def rounds(estate: Estate, file: Path) -> tuple[dict[str, float], dict[str, int]]:
    """Give medians in seconds, and how many resources each way left in the state.

    Args:
        estate: The estate, unknown to its state.
        file: Where the import file goes.
    """
    tms = [str(ROOT / "tms"), "adopt"]
    stack = ["--stack", "local"]
    bare = [str(ROOT / "pulumiw"), "import", *stack, "--yes", "--skip-preview", "--generate-code=false"]
    times: dict[str, list[float]] = {"run": [], "apply": [], "import": []}
    held: dict[str, int] = {}
    for _ in range(_ROUNDS):
        estate.reset()
        times["run"].append(seconds([*tms, "run", *stack], estate.environment, estate.project))
        given = _import_file(estate, file)
        times["apply"].append(seconds([*tms, "apply", *stack, "--yes"], estate.environment, estate.project))
        held["apply"] = len(estate.state())
        estate.reset()
        command = [*bare, "--non-interactive", "--file", str(given)]
        times["import"].append(seconds(command, estate.environment, estate.project))
        held["import"] = len(estate.state())
    return {name: statistics.median(each) for name, each in times.items()}, held


def adoption() -> tuple[dict[str, float], int]:
    """Give medians in seconds of `run`, `apply` and the bare `import`, and how many resources came in.

    Raises:
        RuntimeError: The two ways did not bring in the same.
    """
    with tempfile.TemporaryDirectory() as name:
        home, project = Path(name) / "box", Path(name) / "system"
        home.mkdir()
        estate = Estate(home, project)
        try:
            times, held = rounds(estate, home / "import.json")
        finally:
            command = [sys.executable, "-m", "embedded.aws.stop"]
            subprocess.run(command, check=True, cwd=ROOT, env=estate.environment)
    if held["apply"] != held["import"]:
        raise RuntimeError(f"resources in the state: {held}")
    return times, held["apply"]
