"""One stack of a project: its state, its previews, imports into it, and what its backend says of it."""

import json
import tempfile
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from pulumi.automation import CommandResult, LocalWorkspace, StackSummary

from toolkit.engine import project
from toolkit.engine.client import Command, EngineFailure, names_no_stack
from toolkit.engine.errors import from_brace, reason
from toolkit.engine.events import EventLog
from toolkit.errors import UNABLE, CommandError
from toolkit.progress import Progress


class Engine:
    """Runs the engine for one stack of the project in a folder.

    Attributes:
        stack: The stack's name.
        folder: Where Pulumi.yaml is.
    """

    def __init__(self, stack: str, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        """Take a stack, and what the engine sees of the environment: a rehearsal's differs in the backend."""
        self.stack = stack
        self.folder = folder
        self.command = Command(environment)

    @property
    def environment(self) -> Mapping[str, str]:
        """What the engine sees."""
        return self.command.environment

    @cached_property
    def workspace(self) -> LocalWorkspace:
        """The project as `pulumi.automation` sees it."""
        return LocalWorkspace(work_dir=str(self.folder), pulumi_command=self.command)

    def run(self, *arguments: str, stack: str | None = "", log: EventLog | None = None) -> CommandResult:
        """Run one command of the engine.

        Args:
            arguments: The command line.
            stack: Another stack than this one; None for a command that is about none.
            log: The event log that is followed while the command runs.
        """
        selected = () if stack is None else ("--stack", stack or self.stack)
        return self.command.execute([*arguments, *selected], self.folder, log=log)

    def succeed(self, *arguments: str) -> str:
        """Run one command that must succeed, and return its standard output.

        Raises:
            CommandError: It failed; the message has the whole reason.
        """
        result = self.run(*arguments)
        if result.code:
            create = f"; `./pulumiw stack init {self.stack}` makes it" if names_no_stack(result) else ""
            raise CommandError(UNABLE, f"`pulumi {' '.join(arguments[:2])}` failed: {reason(result)}{create}")
        return result.stdout

    def preview(self, *options: str) -> list[dict[str, Any]]:
        """Return the steps of a preview, with all that the state has of a resource.

        The one document of `--json` is read, not the events: these leave out on what a property depends.

        Raises:
            CommandError: The preview failed.
        """
        document = json.loads(from_brace(self.succeed("preview", "--json", *options)))
        return document.get("steps", [])

    def import_resources(
        self,
        entries: Sequence[Mapping[str, Any]],
        parents: Mapping[str, str],
        progress: Progress,
        *,
        protect: bool,
    ) -> CommandResult | None:
        """Import entries into the stack's state; None if there are none.

        What came of it is read from the state: the engine keeps what succeeded beside what did not.
        """
        if not entries:
            return None
        options = ("--yes", "--skip-preview", f"--protect={str(protect).lower()}", "--generate-code=false")
        with scratch_folder() as name:
            file, log = Path(name) / "import.json", EventLog(Path(name) / "import.events", progress)
            file.write_text(json.dumps({"nameTable": dict(parents), "resources": list(entries)}, indent=1))
            return self.run("import", "--file", str(file), *options, log=log)

    def version(self) -> str:
        """Return the engine's version, without the leading v."""
        return self.run("version", stack=None).stdout.strip().removeprefix("v")

    @property
    def stack_file(self) -> Path:
        """The file with the stack's settings."""
        return project.stack_file(self.folder, self.stack)

    def settings(self) -> dict[str, Any]:
        """Return the settings by key as they stand in the stack file, secrets as they are."""
        return project.read_settings(self.folder, self.stack)

    def settings_of(self, stack: str) -> tuple[str, dict[str, Any]] | None:
        """Return the file of another stack and the settings in it; None if it has none."""
        file = project.stack_file(self.folder, stack)
        config = project.read_settings(self.folder, stack)
        return (file.name, config) if file.is_file() and config else None

    def project(self) -> dict[str, Any]:
        """Return the content of Pulumi.yaml."""
        return project.read_project(self.folder)

    def backend(self) -> str:
        """Return the URL of the backend, the project's or that of the engine's login; empty without one."""
        url = (self.project().get("backend") or {}).get("url")
        if url:
            return str(url)
        try:
            return self.workspace.who_am_i().url or ""
        except (EngineFailure, ValueError):
            return ""

    def stacks(self, backend: str) -> list[StackSummary]:
        """Return the stacks of the backend, of any project.

        Args:
            backend: Its URL, for the message.

        Raises:
            CommandError: It does not answer.
        """
        try:
            return self.workspace.list_stacks(include_all=True)
        except EngineFailure as error:
            raise CommandError(
                UNABLE,
                f"the backend {backend or 'of the state'} does not answer ({reason(error.result)}): mend "
                "PULUMI_BACKEND_URL, or `pulumi login` to the right one, then run this again",
            ) from error

    def own(self, name: str) -> bool:
        """Check whether a name in the backend is this stack's; Pulumi Cloud puts an organization first."""
        full = f"{self.project()['name']}/{self.stack}"
        return name in (self.stack, full) or name.endswith(f"/{full}")

    def export(self, stack: str = "") -> dict[str, Any]:
        """Return the state of a stack, this one by default; an empty state if there is no such stack yet.

        Raises:
            CommandError: The state cannot be read.
        """
        result = self.run("stack", "export", stack=stack)
        if names_no_stack(result):
            return {"deployment": {"resources": []}}
        if result.code:
            raise CommandError(UNABLE, f"the state of {stack or self.stack} cannot be read: {reason(result)}")
        return json.loads(result.stdout)


def scratch_folder() -> tempfile.TemporaryDirectory[str]:
    """Return a folder that is gone after its use."""
    return tempfile.TemporaryDirectory(prefix="rehearsal-")
