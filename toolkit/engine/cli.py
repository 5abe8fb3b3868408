"""The real engine for adoption: previews, reads and imports, on the stack or in a throw-away backend."""

import json
import os
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from toolkit.adopt.import_file import Planned, targets
from toolkit.adopt.model import Terminated
from toolkit.adopt.setting_of_property import Written, based_on
from toolkit.engine.errors import from_brace, reason
from toolkit.engine.event_log import Log, Read, reads
from toolkit.errors import UNABLE, CommandError
from toolkit.installation import engine_command
from toolkit.progress import Progress

ROOT = Path(__file__).resolve().parents[2]
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""What the engine writes for a value that it does not know yet."""
_OFTEN = 0.2  # seconds between two looks at an event log
_QUIET = {"PULUMI_SKIP_UPDATE_CHECK": "true", "PULUMI_DEBUG_COMMANDS": "1"}


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

    def run(
        self, *arguments: str, stack: str | None = "", log: Log | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run one command of the engine.

        Args:
            arguments: The command line.
            stack: Another stack than this one; None for a command that is about none.
            log: What the command's event log is followed by while it runs.
        """
        named = () if stack is None else ("--stack", stack or self.stack)
        logged = () if log is None else ("--event-log", str(log.file))
        command = [engine_command(ROOT), *arguments, *logged, *named, "--non-interactive"]
        with subprocess.Popen(
            command,
            cwd=self.folder,
            env={**self.environment, **_QUIET},
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            try:
                output, errors = _until_it_ends(process, log)
            except KeyboardInterrupt as interrupt:
                let_end(process, interrupt, log)
                raise
        return subprocess.CompletedProcess(command, process.returncode, output, errors)

    def succeed(self, *arguments: str) -> str:
        """Run one command that must succeed, and give its standard output.

        Raises:
            CommandError: It failed; the message holds the engine's last words.
        """
        result = self.run(*arguments)
        if result.returncode:
            said = reason(result)
            new = (
                f"; `./pulumiw stack init {self.stack}` makes it" if said.startswith("no stack named") else ""
            )
            raise CommandError(UNABLE, f"`pulumi {' '.join(arguments[:2])}` failed: {said}{new}")
        return result.stdout

    def planned(self, work: Path) -> Planned:
        """Give what the program declares and the state does not have.

        Raises:
            CommandError: The program fails or uses `import_`, or the import file is not complete.
        """
        file = work / "skeleton.json"
        file.unlink(missing_ok=True)
        shown = json.loads(from_brace(self.succeed("preview", "--json", "--import-file", str(file))))
        importing = [step["urn"] for step in shown.get("steps", []) if step["op"].startswith("import")]
        if importing:
            # An update imports these and changes them in the same run: https://github.com/pulumi/docs/pull/18198
            raise CommandError(
                UNABLE,
                f"{importing[0]} is declared with import_, with which an update may change or replace "
                "what is live unseen: take import_ out of the program, and adopt again",
            )
        skeleton = json.loads(file.read_text()) if file.exists() else {}
        parents = dict(skeleton.get("nameTable") or {})
        states = [step["newState"] for step in shown.get("steps", []) if step["op"] == "create"]
        return Planned(targets(states, skeleton.get("resources") or [], parents), parents)

    def read(self, entries: Sequence[Mapping[str, Any]], work: Path, progress: Progress) -> Read:
        """Read some ids through the provider, all at once and without writing anything.

        A flat copy of the entries is imported in preview: on one level, so that no wrong id hides another.

        Raises:
            CommandError: The engine could not begin.
        """
        flat = [
            {"type": one["type"], "name": f"read{index}", "id": one["id"], "version": one["version"]}
            for index, one in enumerate(entries)
        ]
        file, log = work / "read.json", Log(work / "read.events", progress)
        file.write_text(json.dumps({"resources": flat}))
        log.file.unlink(missing_ok=True)
        options = ("--preview-only", "--json", "--generate-code=false")
        result = self.run("import", "--file", str(file), *options, log=log)
        if not log.file.exists():
            raise CommandError(UNABLE, f"`pulumi import --preview-only` failed: {reason(result)}")
        return reads(log.file, [str(one["name"]) for one in entries])

    def imports(
        self,
        entries: Sequence[Mapping[str, Any]],
        parents: Mapping[str, str],
        progress: Progress,
        *,
        protect: bool,
    ) -> str:
        """Import entries into the stack's state, and give the engine's reason if it complains.

        What came of it is read from the state: the engine keeps what succeeded beside what did not.
        """
        if not entries:
            return ""
        kept = f"--protect={str(protect).lower()}"
        options = ("--yes", "--skip-preview", kept, "--generate-code=false")
        with scratch_folder() as name:
            file, log = Path(name) / "import.json", Log(Path(name) / "import.events", progress)
            file.write_text(json.dumps({"nameTable": dict(parents), "resources": list(entries)}, indent=1))
            result = self.run("import", "--file", str(file), *options, log=log)
        return reason(result) if result.returncode else ""

    def version(self) -> str:
        """Give the engine's version, without the leading v."""
        return self.run("version", stack=None).stdout.strip().removeprefix("v")

    @property
    def stack_file(self) -> Path:
        """Where the stack's settings are."""
        return self.folder / f"Pulumi.{self.stack}.yaml"

    def settings(self) -> dict[str, Any]:
        """Give the settings by key as they stand in the stack file, secrets as they are."""
        return dict(_mapping(self.stack_file).get("config") or {}) if self.stack_file.exists() else {}

    def project(self) -> dict[str, Any]:
        """Give what Pulumi.yaml says."""
        return _mapping(self.folder / "Pulumi.yaml")

    def written(self) -> Written:
        """Give the settings with what the project says of each of them."""
        project = self.project()
        described = {
            key if ":" in key else f"{project['name']}:{key}": str(one["description"])
            for key, one in (project.get("config") or {}).items()
            if isinstance(one, dict) and "description" in one
        }
        config, name = self.settings(), str(project["name"])
        base = f"Pulumi.{config.get(f'{name}:basedOn')}.yaml"
        inherited = _mapping(self.folder / base).get("config") if (self.folder / base).is_file() else None
        if inherited is None:
            return Written(self.stack_file.name, config, described)
        whole = based_on(inherited, config, name)
        return Written(self.stack_file.name, whole, described, base, config)

    def backend(self) -> str:
        """Give the URL of where the state is, as the project or the engine's login says; empty if neither."""
        named = (self.project().get("backend") or {}).get("url")
        if named:
            return str(named)
        said = self.run("whoami", "--json", "--verbose", stack=None).stdout
        return str(json.loads(from_brace(said)).get("url") or "")

    def stacks(self, backend: str) -> list[dict[str, Any]]:
        """Give what the backend has, of any project: `name`, and `updateInProgress` where it knows that.

        Args:
            backend: Its URL, for the message.

        Raises:
            CommandError: It does not answer.
        """
        result = self.run("stack", "ls", "--all", "--json", stack=None)
        if result.returncode:
            raise CommandError(
                UNABLE,
                f"the backend {backend or 'of the state'} does not answer ({reason(result)}): mend "
                "PULUMI_BACKEND_URL, or `pulumi login` to the right one, then run this again",
            )
        return json.loads(result.stdout)

    def own(self, name: str) -> bool:
        """Say whether a name of the backend's is this stack's; Pulumi Cloud puts an organization first."""
        full = f"{self.project()['name']}/{self.stack}"
        return name in (self.stack, full) or name.endswith(f"/{full}")

    def export(self, stack: str = "") -> dict[str, Any]:
        """Give the state of a stack, this one unless said; an empty one if there is no such stack yet."""
        result = self.run("stack", "export", stack=stack)
        if result.returncode:
            if "no stack named" in result.stderr:
                return {"deployment": {"resources": []}}
            raise CommandError(UNABLE, f"the state of {stack or self.stack} cannot be read: {reason(result)}")
        return json.loads(result.stdout)

    def steps(self, *options: str) -> list[dict[str, Any]]:
        """Give the steps of a preview in which everything should be the same.

        Args:
            options: In a rehearsal `--ignore-protect`, with which the engine shows a replacement instead of
                refusing to go on; nothing but a preview is ever run with it.
        """
        shown = self.succeed("preview", "--json", "--show-sames", *options)
        return json.loads(from_brace(shown)).get("steps", [])


def _mapping(file: Path) -> dict[str, Any]:
    """Read a file of the engine's.

    Raises:
        CommandError: It is not YAML, or no mapping.
    """
    try:
        found = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, UnicodeError, RecursionError) as error:
        words = " ".join(str(error).split())
        raise CommandError(UNABLE, f"{file} is not YAML ({words}): mend it, then run this again") from error
    if not isinstance(found, dict) or not isinstance(found.get("config") or {}, dict):
        raise CommandError(UNABLE, f"{file} must be a mapping, with config in it another one")
    return found


def _until_it_ends(process: subprocess.Popen[str], log: Log | None) -> tuple[str, str]:
    while True:
        try:
            said = process.communicate(timeout=_OFTEN if log else None)
        except subprocess.TimeoutExpired:  # communicate loses nothing of the output by that
            said = None
        if log:
            log.follow()
        if said is not None:
            return said


def let_end(process: subprocess.Popen[str], interrupt: KeyboardInterrupt, log: Log | None) -> None:
    """Wait until an interrupted engine has finished what it had begun, and let go of the stack.

    A terminal tells the engine too. Who ends this process alone means the engine as well. That is told while
    resources are imported: before, the engine fails an assertion of its own (importResources, which looks for
    providers that are no longer made), and behind it dies, and both leave its lock on the stack.
    """
    if isinstance(interrupt, Terminated):
        with suppress(KeyboardInterrupt):  # who says it twice waits for nothing
            while log and log.stage() == "before" and process.poll() is None:
                with suppress(subprocess.TimeoutExpired):
                    process.communicate(timeout=_OFTEN)
        if not log or log.stage() != "done":
            process.send_signal(signal.SIGINT)
    while True:
        with suppress(KeyboardInterrupt):  # the engine has got it as well, and ends at once at the second
            process.communicate()
            return


def scratch_folder() -> tempfile.TemporaryDirectory[str]:
    """Give a folder that is gone after the rehearsal."""
    return tempfile.TemporaryDirectory(prefix="rehearsal-")
