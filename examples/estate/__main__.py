"""`make adopt-demo`: a hand-made estate is adopted step by step, on one screen.

Everything happens in an embedded AWS of its own, and in `.embedded/demo/`, which each run recreates.
"""

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console

from embedded.aws import server_process
from embedded.aws.stop import stop
from examples.estate import estate, project
from examples.estate.manual_setup import creation
from examples.estate.project import ROOT, STACK

_OUT = Console(highlight=False, soft_wrap=True)


class DemoError(Exception):
    """A step ended with another code than expected; the message holds its output."""


class Demo:
    """One run of the demonstration, in a folder of its own."""

    def __init__(self, home: Path) -> None:
        """Recreate the folder, with the program and a copy of the stack file."""
        self.project = home / "project"
        self.environment = {
            **os.environ,
            "EMBEDDED": "1",
            "EMBEDDED_HOME": str(home / "aws"),
            "NO_COLOR": "1",
        }
        if home.exists():
            os.environ["EMBEDDED_HOME"] = str(home / "aws")
            stop()
            shutil.rmtree(home)
        project.lay_out(self.project)
        shutil.copy(ROOT / f"Pulumi.{STACK}.yaml", self.project)
        self._step = 0

    def engine(self, *arguments: str) -> str:
        """Run an engine command that must succeed, and return its output."""
        return self._run([str(ROOT / "pulumiw"), *arguments, "--stack", STACK, "--non-interactive"], 0)

    def tms(self, code: int, *arguments: str) -> str:
        """Run a step of the adoption that must end with a code, print its last line, return its output."""
        output = self._run(project.step(*arguments), code)
        command = f"./tms adopt {' '.join(arguments)}"
        _OUT.print(f"   [bold]{command}[/]  [dim]exit {code}[/]")
        self._quote(output.splitlines()[-1])
        return output

    def narrate(self, text: str) -> None:
        """Print the heading of the next part."""
        self._step += 1
        _OUT.print(f"[bold cyan]{self._step}[/] {text}")

    def _quote(self, text: str) -> None:
        short = text.removeprefix("tms: ").replace(str(self.project), ".")
        _OUT.print(f"   {short}", style="dim", markup=False)

    def _run(self, command: list[str], code: int) -> str:
        running = f"{Path(command[0]).name} {' '.join(command[1:3])}"
        with _OUT.status(f"[dim]{running} ...[/]"):  # a step takes a while
            result = project.run(command, self.project, self.environment)
        if result.returncode != code:
            raise DemoError(f"{' '.join(command[:3])} ended with {result.returncode}: {result.stdout}")
        return result.stdout

    @property
    def _work(self) -> Path:
        return self.project / ".adopt" / STACK

    def report(self) -> dict[str, Any]:
        """Return what the last step recorded for the report (`report.json`)."""
        return json.loads((self._work / "report.json").read_text())

    def decide(self, *entries: dict[str, Any]) -> None:
        """Add decisions to mapping.yaml, as a person does."""
        file = self._work / "mapping.yaml"
        decisions = project.read_yaml(file) if file.exists() else None
        file.write_text(yaml.safe_dump([*(decisions or []), *entries], sort_keys=False))

    def run(self) -> None:
        """Run the whole demonstration."""
        self._set_up()
        self._decide_differences()
        self._adopt()
        self.narrate("The first update makes what was agreed to, under the policy pack; then nothing differs")
        self.engine("up", "--yes", "--skip-preview", "--policy-pack", str(ROOT / "policy"))
        self.tms(0, "prove")
        self.tms(0, "run")
        self.tms(0, "report")
        coverage = self.report()["coverage"]
        _OUT.print(
            f"\n[bold green]adopted[/] {coverage['adopted']} of {coverage['declared']} declared resources; "
            f"{coverage['unmanaged']} live ones are declared by nothing: coverage {coverage['percent']} %"
        )
        _OUT.print(f"report: {self._work / 'report.html'}", markup=False)

    def _set_up(self) -> None:
        self.narrate("An estate that people made by hand, call by call, over the years; no state knows it")
        planned = creation.planned_resources(self.engine("preview", "--json"))
        record = server_process.running_server(Path(self.environment["EMBEDDED_HOME"]))
        if record is None:
            raise DemoError("the embedded AWS has ended")
        count = estate.set_up_by_hand(f"http://127.0.0.1:{record['port']}", planned)
        _OUT.print(
            f"   [dim]{count} of {len(planned)} that the settings describe, and what nothing describes[/]"
        )

    def _decide_differences(self) -> None:
        self.narrate(
            "What is declared and not there: a person decides (mapping.yaml: create, with the reason)"
        )
        self.tms(4, "run")
        absent = [
            resource["urn"] for resource in self.report()["resources"] if resource["status"] == "absent"
        ]
        types = sorted({_type(urn) for urn in absent})
        self.decide(
            *(
                {"urn": f"*${token}::*", "create": "nobody has made it so far; the first update does"}
                for token in types
            )
        )
        self.narrate("A table has another hash key than every document says: nothing is imported")
        self.tms(5, "run")
        project.configure(self.project, _real_key)
        self.narrate(f"The setting is corrected to {estate.KEY}; what is left can be changed in place")
        self.tms(7, "run")
        differences = self.report()["differences"]
        paths = sorted({(_type(difference["urn"]), difference["path"]) for difference in differences})
        self.decide(
            *(
                {"urn": f"*${token}::*", "change": {path: "agreed with its owner for the first update"}}
                for token, path in paths
            )
        )

    def _adopt(self) -> None:
        self.narrate("Agreed to, property by property (mapping.yaml: change): the rehearsal is clean")
        self.tms(0, "run")
        self.tms(0, "apply", "--yes")


def _type(urn: str) -> str:
    """Return the type token of a resource's URN."""
    return urn.split("::")[2].rpartition("$")[2]


def _real_key(config: dict[str, Any]) -> None:
    tables = config.setdefault("trade-matching-system:tables", {})  # the base has the rest of it
    tables.setdefault("processing-status", {}).setdefault("hashKey", {})["name"] = estate.KEY


def main() -> int:
    """Run the demonstration, end its embedded AWS, and return the exit code."""
    home = Path(os.environ.get("EMBEDDED_HOME") or ROOT / ".embedded").absolute() / "demo"
    try:
        Demo(home).run()
    except (DemoError, server_process.ServerProcessError) as error:
        sys.stderr.write(f"adopt-demo: {error}\n")
        return 1
    finally:
        os.environ["EMBEDDED_HOME"] = str(home / "aws")
        stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
