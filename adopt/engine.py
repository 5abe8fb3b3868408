"""The real engine for adoption: previews, reads and imports, on the stack or in a throw-away backend."""

import json
import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from adopt.model import USAGE, Stop, Target

ROOT = Path(__file__).resolve().parent.parent
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""What the engine writes for a value that it does not know yet."""
_QUIET = {"PULUMI_SKIP_UPDATE_CHECK": "true", "PULUMI_DEBUG_COMMANDS": "1"}


@dataclass(frozen=True)
class Read:
    """What the provider read of some ids.

    Attributes:
        inputs: Live properties by import name.
        refused: Why an id could not be read, by import name.
    """

    inputs: dict[str, dict[str, Any]]
    refused: dict[str, str]


@dataclass(frozen=True)
class Planned:
    """What a program declares and its state does not have.

    Attributes:
        targets: In the engine's order.
        config: The stack's config as the engine shows it.
        parents: URNs of what is in the state and has children among the targets, by name.
    """

    targets: list[Target]
    config: dict[str, Any]
    parents: dict[str, str]


@dataclass
class Engine:
    """Runs `./pulumiw` for one stack of the project in a folder.

    Attributes:
        stack: The stack's name.
        folder: Where Pulumi.yaml is.
        environment: What the command sees; a rehearsal's differs in the backend.
    """

    stack: str
    folder: Path
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))

    def run(self, *arguments: str, stack: str | None = "") -> subprocess.CompletedProcess[str]:
        """Run one command of the engine.

        Args:
            arguments: The command line.
            stack: Another stack than this one; None for a command that is about none.
        """
        named = () if stack is None else ("--stack", stack or self.stack)
        return subprocess.run(
            [str(ROOT / "pulumiw"), *arguments, *named, "--non-interactive"],
            cwd=self.folder,
            env={**self.environment, **_QUIET},
            check=False,
            text=True,
            capture_output=True,
            stdin=subprocess.DEVNULL,
        )

    def succeed(self, *arguments: str) -> str:
        """Run one command that must succeed, and give its standard output.

        Raises:
            Stop: It failed; the message holds the engine's last words.
        """
        result = self.run(*arguments)
        if result.returncode:
            raise Stop(USAGE, f"`pulumi {' '.join(arguments[:2])}` failed: {_reason(result)}")
        return result.stdout

    def planned(self, work: Path) -> Planned:
        """Give what the program declares and the state does not have.

        Raises:
            Stop: The program fails or uses `import_`, or the engine left something out of the import file.
        """
        file = work / "skeleton.json"
        file.unlink(missing_ok=True)
        shown = json.loads(_from_brace(self.succeed("preview", "--json", "--import-file", str(file))))
        importing = [step["urn"] for step in shown.get("steps", []) if step["op"].startswith("import")]
        if importing:
            # An update imports these and changes them in the same run: https://github.com/pulumi/docs/pull/18198
            raise Stop(
                USAGE,
                f"{importing[0]} is declared with import_, with which an update may change or replace "
                "what is live unseen: take import_ out of the program, and adopt again",
            )
        skeleton = json.loads(file.read_text()) if file.exists() else {}
        parents = dict(skeleton.get("nameTable") or {})
        states = [step["newState"] for step in shown.get("steps", []) if step["op"] == "create"]
        targets = _targets(states, skeleton.get("resources") or [], parents)
        return Planned(targets, shown.get("config", {}), parents)

    def read(self, entries: Sequence[Mapping[str, Any]], work: Path) -> Read:
        """Read some ids through the provider, all at once and without writing anything.

        A flat copy of the entries is imported in preview: on one level, so that no wrong id hides another.
        """
        flat = [
            {"type": one["type"], "name": f"read{index}", "id": one["id"], "version": one["version"]}
            for index, one in enumerate(entries)
        ]
        file, log = work / "read.json", work / "read.events"
        file.write_text(json.dumps({"resources": flat}))
        log.unlink(missing_ok=True)
        options = (
            "--file",
            str(file),
            "--preview-only",
            "--json",
            "--generate-code=false",
            "--event-log",
            str(log),
        )
        result = self.run("import", *options)
        if not log.exists():
            raise Stop(USAGE, f"`pulumi import --preview-only` failed: {_reason(result)}")
        return _events(log, [str(one["name"]) for one in entries])

    def imports(
        self, entries: Sequence[Mapping[str, Any]], parents: Mapping[str, str], file: Path, *, protect: bool
    ) -> str:
        """Import entries into the stack's state, and give the engine's reason if it complains.

        What came of it is read from the state: the engine keeps what succeeded beside what did not.
        """
        if not entries:
            return ""
        file.write_text(json.dumps({"nameTable": dict(parents), "resources": list(entries)}, indent=1))
        kept = f"--protect={str(protect).lower()}"
        options = ("--yes", "--skip-preview", kept, "--generate-code=false")
        result = self.run("import", "--file", str(file), *options)
        return _reason(result) if result.returncode else ""

    def version(self) -> str:
        """Give the engine's version, without the leading v."""
        return self.run("version", stack=None).stdout.strip().removeprefix("v")

    def other_stacks(self) -> list[str]:
        """Name the other stacks that the backend has, of any project.

        Raises:
            Stop: The backend cannot be read.
        """
        result = self.run("stack", "ls", "--all", "--json", stack=None)
        if result.returncode:
            raise Stop(USAGE, f"the backend's stacks cannot be listed: {_reason(result)}")
        project = yaml.safe_load((self.folder / "Pulumi.yaml").read_text(encoding="utf-8"))["name"]
        names = [str(one["name"]) for one in json.loads(result.stdout)]
        own = (self.stack, f"{project}/{self.stack}")
        return [one for one in names if one not in own and not one.endswith(f"/{project}/{self.stack}")]

    def export(self, stack: str = "") -> dict[str, Any]:
        """Give the state of a stack, this one unless said; an empty one if there is no such stack yet."""
        result = self.run("stack", "export", stack=stack)
        if result.returncode:
            if "no stack named" in result.stderr:
                return {"deployment": {"resources": []}}
            raise Stop(USAGE, f"the state of {stack or self.stack} cannot be read: {_reason(result)}")
        return json.loads(result.stdout)

    def steps(self, *options: str) -> list[dict[str, Any]]:
        """Give the steps of a preview in which everything should be the same.

        Args:
            options: In a rehearsal `--ignore-protect`, with which the engine shows a replacement instead of
                refusing to go on; nothing but a preview is ever run with it.
        """
        shown = self.succeed("preview", "--json", "--show-sames", *options)
        return json.loads(_from_brace(shown)).get("steps", [])


def _from_brace(text: str) -> str:
    return text[text.index("{") :] if "{" in text else "{}"


def _reason(result: subprocess.CompletedProcess[str]) -> str:
    """Give the first thing that the engine says is wrong, in one line."""
    try:
        said = json.loads(_from_brace(result.stdout)).get("diagnostics") or []
    except ValueError:
        said = []
    errors = [str(one["message"]) for one in said if one.get("severity") == "error"]
    lines = [one.strip() for text in (*errors, result.stderr, result.stdout) for one in text.splitlines()]
    told = [one.removeprefix("error: ") for one in lines if one.startswith("error: ")]
    return (told or [one for one in lines if one] or [f"exit code {result.returncode}"])[0]


def _targets(
    states: Sequence[Mapping[str, Any]], skeleton: Sequence[Mapping[str, Any]], parents: Mapping[str, str]
) -> list[Target]:
    """Pair planned states with import entries: by type, logical name and the name of the parent's entry.

    Raises:
        Stop: A resource of a provider has no entry, so that it would not be imported and nobody would know.
    """
    entries = {
        (one["type"], one.get("logicalName") or one["name"], one.get("parent", "")): one for one in skeleton
    }
    names = {urn: name for name, urn in parents.items()}
    found: list[Target] = []
    for state in states:
        logical = state["urn"].rpartition("::")[2]
        entry = entries.get((state["type"], logical, names.get(state.get("parent", ""), "")))
        if entry is None and not state["type"].startswith("pulumi:"):
            raise Stop(
                USAGE, f"{state['urn']} is not in the engine's import file; its parent is not known there"
            )
        if entry is None:  # the stack itself, and default providers
            continue
        names[state["urn"]] = entry["name"]
        uses = {key: tuple(urns or ()) for key, urns in (state.get("propertyDependencies") or {}).items()}
        found.append(
            Target(
                urn=state["urn"],
                type=state["type"],
                name=logical,
                inputs=state.get("inputs", {}),
                uses=uses,
                component=bool(entry.get("component")),
                protect=bool(state.get("protect")),
                entry={key: value for key, value in entry.items() if key != "id"},
            )
        )
    return found


def _events(log: Path, names: Sequence[str]) -> Read:
    """Give what an event log says of each read."""
    read = Read({}, {})
    for line in log.read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        if "resOutputsEvent" in event:
            state = event["resOutputsEvent"]["metadata"]
            index = state["urn"].rpartition("::read")[2]
            if index.isdigit():
                read.inputs[names[int(index)]] = (state.get("new") or {}).get("inputs", {})
        said = event.get("diagnosticEvent", {})
        index = str(said.get("urn", "")).rpartition("::read")[2]
        if said.get("severity") == "error" and index.isdigit():
            text = str(said["message"]).replace("Preview failed:", "").replace("error:", "")
            read.refused[names[int(index)]] = " ".join(text.split())
    return read


def throw_away(engine: Engine, backend: Path, environment: Mapping[str, str]) -> Engine:
    """Give an engine on an empty file backend with the same stack, config and cloud.

    Args:
        engine: The stack that is rehearsed.
        backend: An empty folder.
        environment: How AWS is reached, without EMBEDDED and without a backend.
    """
    file = backend / f"Pulumi.{engine.stack}.yaml"
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        yaml.safe_dump({"config": _config(engine)}, out)  # for its owner only, and gone with the rehearsal
    state = backend / "state"
    state.mkdir()
    there = {
        **environment,
        "PULUMI_BACKEND_URL": f"file://{state}",
        "PULUMI_CONFIG_PASSPHRASE": "rehearsal",
        "PULUMI_OPTION_CONFIG_FILE": str(file),
    }
    # Made in its own folder: the engine writes a new stack's salt into the stack file of where it runs
    project = yaml.safe_load((engine.folder / "Pulumi.yaml").read_text(encoding="utf-8"))
    (backend / "Pulumi.yaml").write_text(yaml.safe_dump({"name": project["name"], "runtime": "python"}))
    made = Engine(engine.stack, backend, there)
    made.succeed("stack", "init", "--no-select")
    resources = engine.export()["deployment"].get("resources")
    if resources:  # a stack that is adopted in part: its state comes along, secrets under the rehearsal's key
        before = backend / "before.json"
        before.touch(mode=0o600)
        before.write_text(engine.succeed("stack", "export", "--show-secrets"))
        made.succeed("stack", "import", "--file", str(before))
    return Engine(engine.stack, engine.folder, there)


def _config(engine: Engine) -> dict[str, Any]:
    """Give the stack's config in plain; the engine is asked only to decrypt, as it marks the file."""
    file = engine.folder / f"Pulumi.{engine.stack}.yaml"
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    if "secure:" not in text:
        return dict((yaml.safe_load(text) or {}).get("config") or {})
    shown = json.loads(engine.succeed("config", "--json", "--show-secrets"))
    return {key: one.get("objectValue", one.get("value")) for key, one in shown.items()}


def scratch_folder() -> tempfile.TemporaryDirectory[str]:
    """Give a folder that is gone after the rehearsal."""
    return tempfile.TemporaryDirectory(prefix="rehearsal-")
