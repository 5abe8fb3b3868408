"""How long adoption of the whole estate takes, compared with a bare import, which proves nothing."""

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
    """Write the import file of a person who knows every id: the ids that adoption found."""
    estate.engine.succeed("preview", "--stack", "local", "--import-file", str(file), folder=estate.project)
    report = json.loads((estate.project / ".adopt" / "local" / "report.json").read_text())
    ids = {(resource["type"], resource["name"]): resource["id"] for resource in report["resources"]}
    imports: dict[str, Any] = json.loads(file.read_text())
    for resource in imports["resources"]:
        if not resource.get("component"):
            resource["id"] = ids[resource["type"], resource.get("logicalName") or resource["name"]]
    file.write_text(json.dumps(imports))
    return file


def rounds(estate: Estate, file: Path) -> tuple[dict[str, float], dict[str, int]]:
    """Return medians in seconds, and the number of resources in the state afterwards, by command.

    Args:
        estate: An estate whose state is empty.
        file: Path to write the import file to.
    """
    tms = [str(ROOT / "tms"), "adopt"]
    stack = ["--stack", "local"]
    bare = [str(ROOT / "pulumiw"), "import", *stack, "--yes", "--skip-preview", "--generate-code=false"]
    times: dict[str, list[float]] = {"run": [], "apply": [], "import": []}
    counts: dict[str, int] = {}
    for _ in range(_ROUNDS):
        estate.reset()
        times["run"].append(seconds([*tms, "run", *stack], estate.environment, estate.project))
        import_file = _import_file(estate, file)
        times["apply"].append(seconds([*tms, "apply", *stack, "--yes"], estate.environment, estate.project))
        counts["apply"] = len(estate.state())
        estate.reset()
        command = [*bare, "--non-interactive", "--file", str(import_file)]
        times["import"].append(seconds(command, estate.environment, estate.project))
        counts["import"] = len(estate.state())
    return {name: statistics.median(values) for name, values in times.items()}, counts


def adoption() -> tuple[dict[str, float], int]:
    """Return medians in seconds of `run`, `apply` and the bare `import`, and the number of adopted resources.

    Raises:
        RuntimeError: `apply` and `import` left different numbers of resources in the state.
    """
    with tempfile.TemporaryDirectory() as name:
        home, project = Path(name) / "aws", Path(name) / "system"
        home.mkdir()
        estate = Estate(home, project)
        try:
            times, counts = rounds(estate, home / "import.json")
        finally:
            command = [sys.executable, "-m", "embedded.aws.stop"]
            subprocess.run(command, check=True, cwd=ROOT, env=estate.environment)
    if counts["apply"] != counts["import"]:
        raise RuntimeError(f"resources in the state: {counts}")
    return times, counts["apply"]
