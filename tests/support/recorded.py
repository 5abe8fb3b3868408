"""What the real engine reports of small programs: `python -m tests.support.recorded` records it anew."""

import json
import tempfile
from pathlib import Path
from typing import Any

from tests.support.engine import ROOT, Engine, embedded_environment, end

RECORDED = ROOT / "tests" / "unit" / "policy_check" / "recorded"
FAULTY = """
from pulumi_aws import s3, sqs
s3.Bucket("documents", bucket="documents-of-faulty")
sqs.Queue("work", name="work")
"""
RAISING = """
from pulumi_aws import sqs
print("a line of the program's own")
sqs.Queue("work", name="work")
raise ValueError("no such thing")
"""
_JUDGE = ("--json", "--policy-pack", str(ROOT / "policy"))


def write_program(folder: Path, source: str, name: str = "faulty") -> Path:
    """Write a program and give its folder."""
    folder.mkdir(exist_ok=True)
    (folder / "Pulumi.yaml").write_text(f"name: {name}\nruntime: python\n")
    (folder / "__main__.py").write_text(source)
    return folder


def _shortened(line: str, folder: Path) -> str:
    """Give an event without what differs between runs and machines, and of each list of passed rules the first."""
    try:
        event: dict[str, Any] = json.loads(
            line.replace(str(ROOT), "/checkout").replace(str(folder), "/program")
        )
    except ValueError:
        return ""
    event["timestamp"] = 0
    for told in event.values():
        if isinstance(told, dict) and "passed" in told:
            told["passed"] = told["passed"][:1]
    return json.dumps(event, ensure_ascii=False)


def _record(engine: Engine, folder: Path, name: str, *arguments: str) -> None:
    lines = engine.run(*arguments, *_JUDGE).stdout.splitlines()
    kept = [short for line in lines if (short := _shortened(line, folder))]
    (RECORDED / name).write_text("".join(f"{line}\n" for line in kept))


def record() -> None:
    """Run the programs on an embedded AWS of this run's own, and keep what the engine reports."""
    with tempfile.TemporaryDirectory() as scratch:
        folder, exported = Path(scratch), Path(scratch) / "state.json"
        environment = embedded_environment(folder / "box") | {"PULUMI_ENABLE_STREAMING_JSON_PREVIEW": "true"}
        engine = Engine(environment)
        try:
            program = write_program(folder / "faulty", FAULTY)
            _record(engine, folder, "preview.jsonl", "-C", str(program), "preview")
            engine.succeed("-C", str(program), "up", "--yes", "--skip-preview")
            engine.succeed("-C", str(program), "stack", "export", "--stack", "local", "--file", str(exported))
            _record(engine, folder, "analyze.jsonl", "policy", "analyze", "--file", str(exported))
            write_program(program, RAISING)
            _record(engine, folder, "raising.jsonl", "-C", str(program), "preview")
        finally:
            end(environment)


if __name__ == "__main__":
    record()
