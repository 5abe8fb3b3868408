"""`make adopt-demo`: a hand-made estate comes under management, step by step, on one screen.

Everything happens in an embedded AWS of its own, and in `.embedded/demo/`, which is made anew every time.
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
from examples.estate.manual_setup import bedrock
from examples.estate.project import ROOT, STACK

_OUT = Console(highlight=False, soft_wrap=True)


class DemoError(Exception):
    """A step did not end as it must; the message holds what it said."""


class Demo:
    """One run of it, in a folder of its own."""

    def __init__(self, home: Path) -> None:
        """Make the folder anew, with the program and a copy of the stack file."""
        self.project = home / "project"
        self.environment = {
            **os.environ,
            "EMBEDDED": "1",
            "EMBEDDED_HOME": str(home / "box"),
            "NO_COLOR": "1",
        }
        if home.exists():
            os.environ["EMBEDDED_HOME"] = str(home / "box")
            stop()
            shutil.rmtree(home)
        project.lay_out(self.project)
        shutil.copy(ROOT / f"Pulumi.{STACK}.yaml", self.project)
        self._step = 0

    def engine(self, *arguments: str) -> str:
        """Run the engine, which must succeed."""
        return self._run([str(ROOT / "pulumiw"), *arguments, "--stack", STACK, "--non-interactive"], 0)

    def tms(self, code: int, *arguments: str) -> str:
        """Run a step of the adoption, which must end with a code, and show its last line."""
        said = self._run(project.step(*arguments), code)
        command = f"./tms adopt {' '.join(arguments)}"
        _OUT.print(f"   [bold]{command}[/]  [dim]exit {code}[/]")
        self._quote(said.splitlines()[-1])
        return said

    def tell(self, what: str) -> None:
        """Begin the next part of the story."""
        self._step += 1
        _OUT.print(f"[bold cyan]{self._step}[/] {what}")

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

    def found(self) -> dict[str, Any]:
        """Give what the last step kept for the report."""
        return json.loads((self._work / "report.json").read_text())

    def decide(self, *entries: dict[str, Any]) -> None:
        """Add decisions to mapping.yaml, as a person does."""
        file = self._work / "mapping.yaml"
        kept = yaml.safe_load(file.read_text()) if file.exists() else None
        file.write_text(yaml.safe_dump([*(kept or []), *entries], sort_keys=False))

    def play(self) -> None:
        """Tell the whole story."""
        self._made_by_hand()
        self._decided()
        self._adopted()
        self.tell("The first update makes what was agreed to, under the policy pack; then nothing differs")
        self.engine("up", "--yes", "--skip-preview", "--policy-pack", str(ROOT / "policy"))
        self.tms(0, "prove")
        self.tms(0, "run")
        self.tms(0, "report")
        covered = self.found()["coverage"]
        _OUT.print(
            f"\n[bold green]adopted[/] {covered['adopted']} of {covered['declared']} declared resources; "
            f"{covered['unmanaged']} live ones are declared by nothing: coverage {covered['percent']} %"
        )
        _OUT.print(f"report: {self._work / 'report.html'}", markup=False)

    def _made_by_hand(self) -> None:
        self.tell("An estate that people made by hand, call by call, over the years; no state knows it")
        described = bedrock.described(self.engine("preview", "--json"))
        record = server_process.answering(Path(self.environment["EMBEDDED_HOME"]))
        if record is None:
            raise DemoError("the embedded AWS has ended")
        made = estate.made_by_hand(f"http://127.0.0.1:{record['port']}", described)
        _OUT.print(
            f"   [dim]{made} of {len(described)} that the settings describe, and what nothing describes[/]"
        )

    def _decided(self) -> None:
        self.tell("What is declared and not there: a person decides (mapping.yaml: create, with the reason)")
        self.tms(4, "run")
        absent = [one["urn"] for one in self.found()["resources"] if one["status"] == "absent"]
        kinds = sorted({urn.split("::")[2].rpartition("$")[2] for urn in absent})
        self.decide(
            *(
                {"urn": f"*${kind}::*", "create": "nobody has made it so far; the first update does"}
                for kind in kinds
            )
        )
        self.tell("A table has another hash key than every document says: nothing is imported")
        self.tms(5, "run")
        project.configure(self.project, _real_key)
        self.tell(f"The setting is corrected to {estate.KEY}; what is left can be changed in place")
        self.tms(7, "run")
        left = sorted(
            {
                (one["urn"].split("::")[2].rpartition("$")[2], one["path"])
                for one in self.found()["differences"]
            }
        )
        self.decide(
            *(
                {"urn": f"*${kind}::*", "change": {path: "agreed with its owner for the first update"}}
                for kind, path in left
            )
        )

    def _adopted(self) -> None:
        self.tell("Agreed to, property by property (mapping.yaml: change): the rehearsal is clean")
        self.tms(0, "run")
        self.tms(0, "apply", "--yes")


def _real_key(config: dict[str, Any]) -> None:
    tables = config.setdefault("trade-matching-system:tables", {})  # the base has the rest of it
    tables.setdefault("processing-status", {}).setdefault("hashKey", {})["name"] = estate.KEY


def main() -> int:
    """Play it, and end the embedded AWS."""
    home = Path(os.environ.get("EMBEDDED_HOME") or ROOT / ".embedded").absolute() / "demo"
    try:
        Demo(home).play()
    except (DemoError, server_process.BoxError) as error:
        sys.stderr.write(f"adopt-demo: {error}\n")
        return 1
    finally:
        os.environ["EMBEDDED_HOME"] = str(home / "box")
        stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
