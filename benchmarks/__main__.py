"""`make bench`: the pack, the program, the launcher and adoption, measured against each other in one run.

`python -m benchmarks adopt` measures adoption only.
"""

import os
import subprocess
import sys
import tempfile

from rich.console import Console
from rich.table import Table

from benchmarks.adoption import adoption
from benchmarks.discovery import LATENCY, discovery, step
from benchmarks.measure import ROOT, alternate
from benchmarks.pack import RESOURCES, cost
from embedded.engine import build

ROUNDS = 5
FEW, MANY = 1_000, 10_000


def main() -> None:
    """Print a table for each part; each figure is the median of its rounds."""
    if sys.argv[1:] != ["adopt"]:
        print_program_table()
    Console().print(adoption_table())


def print_program_table() -> None:
    """Print the figures of the pack, the program and the launcher."""
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "EMBEDDED": "1",
            "EMBEDDED_HOME": home,
            "PULUMI_SKIP_UPDATE_CHECK": "true",
        }
        try:
            Console().print(program_table(environment))
        finally:
            subprocess.run([sys.executable, "-m", "embedded.aws.stop"], check=True, cwd=ROOT, env=environment)


def program_table(environment: dict[str, str]) -> Table:
    """Measure on an empty embedded AWS, and return the table."""
    preview = [str(ROOT / "pulumiw"), "preview", "--stack", "local", "--non-interactive"]
    times = alternate(
        {
            "preview without the pack": preview,
            "preview with the pack": [*preview, "--policy-pack", "policy"],
            "program build (mocks, imports included)": [sys.executable, "-m", "benchmarks.program"],
            "pulumi version, bare": [str(build.ensure()), "version"],
            "pulumi version, through pulumiw": [str(ROOT / "pulumiw"), "version"],
        },
        environment,
        ROUNDS,
    )
    pack = cost(environment)
    ratio = times["preview with the pack"] / times["preview without the pack"]
    table = Table("what", "figure", title=f"medians of {ROUNDS} alternating rounds on {os.cpu_count()} cores")
    for name, seconds in times.items():
        table.add_row(name, f"{seconds:.2f} s")
    table.add_row("preview with / without the pack", f"{ratio:.2f}")
    table.add_row("pack ready (start to first answer)", f"{pack.ready:.2f} s")
    table.add_row(f"pack cost per resource ({RESOURCES} of ours)", f"{pack.resource * 1000:.2f} ms")
    per_rule = pack.resource / pack.rules * 1e6
    table.add_row(f"pack cost per rule and resource ({pack.rules} rules)", f"{per_rule:.1f} µs")
    table.add_row("pack cost of the stack as a whole", f"{pack.stack * 1000:.0f} ms")
    table.add_row("pack memory (resident set)", f"{pack.memory / 2**20:.0f} MiB")
    return table


def adoption_table() -> Table:
    """Measure adoption of accounts with many resources and of the whole estate, and return the table."""
    table = Table("what", "figure", title=f"adoption on {os.cpu_count()} cores")
    few, many = discovery(FEW), discovery(MANY)
    for account in (few, many):
        label = f"{account.resources:,} resources"
        table.add_row(f"{label}: calls ({LATENCY * 1000:.0f} ms each)", f"{account.calls}")
        table.add_row(f"{label}: calls per resource", f"{account.calls / account.resources:.4f}")
        table.add_row(f"{label}: listed in", f"{account.listing:.2f} s")
        table.add_row(
            f"{label}: listed / its calls alone, as many at once", f"{account.listing / account.ideal:.2f}"
        )
        table.add_row(f"{label}: clients made before", f"{account.clients:.2f} s")
        table.add_row(f"{label}: peak of memory", f"{account.peak / 2**20:.1f} MiB")
    table.add_row(f"peak memory, {MANY:,} / {FEW:,} resources", f"{many.peak / few.peak:.2f}")
    table.add_row(f"tms adopt discover, {MANY:,} / {FEW:,} resources", f"{step(MANY) / step(FEW):.2f}")
    times, count = adoption()
    for name, seconds in times.items():
        table.add_row(f"{name} of {count} resources", f"{seconds:.1f} s")
    ratio = (times["run"] + times["apply"]) / times["import"]
    table.add_row("run and apply / bare pulumi import", f"{ratio:.1f}")
    return table


if __name__ == "__main__":
    main()
