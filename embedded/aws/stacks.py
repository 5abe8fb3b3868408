"""Stacks of the embedded AWS come into being on first use, and never mark a stack file.

The engine writes the salt of a stack's passphrase into `Pulumi.<stack>.yaml`. There the passphrase
is a public word, so its salt must not end up in a file that goes to production: embedded runs read a
copy of the stack file, made anew from the original each time, which keeps the salt to itself.
"""

import hashlib
import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from embedded.aws.server_process import ServerProcessError

DEFAULT_STACK = "local"
COMMANDS = {"preview", "pre", "up", "update", "refresh", "destroy", "dn", "import", "watch"}
SECRETS_KEYS = ("encryptionsalt:", "secretsprovider:", "encryptedkey:")
VALUED_GLOBALS = {
    "--color",
    "--memprofilerate",
    "--otel-traces",
    "--profiling",
    "--tracing",
    "--verbose",
    "-v",
}


@dataclass(frozen=True, slots=True)
class Request:
    """What a command line says of its project and stack."""

    command: str | None
    folder: Path
    stack: str | None
    config_file: bool


def read(arguments: list[str]) -> Request:
    """Read a command line as the engine does, as far as command, folder and stack go."""
    command, folder, stack, config_file = None, Path.cwd(), None, False
    pending = iter(arguments)
    for argument in pending:
        flag, has_value, value = argument.partition("=")
        if argument == "--":
            break
        if flag in ("-C", "--cwd"):
            folder = Path(value if has_value else next(pending, ".")).absolute()
        elif flag in ("-s", "--stack"):
            stack = value if has_value else next(pending, None)
        elif flag == "--config-file":
            config_file = True
        elif flag in VALUED_GLOBALS and not has_value:
            next(pending, None)
        elif not flag.startswith("-") and command is None:
            command = flag
    return Request(command, folder, stack, config_file)


def project_file(folder: Path) -> Path | None:
    """Return the nearest `Pulumi.yaml` at or above a folder, as the engine finds it."""
    candidates = (
        place / name for place in (folder, *folder.parents) for name in ("Pulumi.yaml", "Pulumi.yml")
    )
    return next((path for path in candidates if path.exists()), None)


def selected_stack(environment: dict[str, str], name: str, project: Path) -> str | None:
    """Return the stack that `pulumi stack select` chose for a project in the embedded backend, if any."""
    digest = hashlib.sha1(str(project).encode(), usedforsecurity=False).hexdigest()
    choices = Path(environment["PULUMI_HOME"]) / "workspaces" / f"{name}-{digest}-workspace.json"
    try:
        chosen = json.loads(choices.read_text())["stacks"][environment["PULUMI_BACKEND_URL"]]
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return str(chosen).rpartition("/")[2]


def shadow(folder: Path, name: str, stack: str, original: Path) -> Path:
    """Copy a stack file for embedded runs, with a salt of its own and without a real secrets provider.

    The copy is line by line, so that the engine reports what is wrong with the file, not with a rewrite.
    """
    copy = folder / "config" / name / f"Pulumi.{stack}.yaml"
    copy.parent.mkdir(parents=True, exist_ok=True)
    own = copy.read_text() if copy.exists() else ""
    salt = [line for line in own.splitlines() if line.startswith("encryptionsalt:")]
    lines = original.read_text().splitlines() if original.exists() else []
    content = "\n".join([*(line for line in lines if not line.startswith(SECRETS_KEYS)), *salt]) + "\n"
    if content != own:
        fresh = copy.with_suffix(f".{os.getpid()}")
        fresh.write_text(content)
        fresh.rename(copy)
    return copy


def create(engine: str, copy: Path, name: str, stack: str, environment: dict[str, str]) -> None:
    """Create a stack in the embedded backend.

    Done in the folder of the copies, since the engine writes a new stack's salt into the stack file of
    the folder that it runs in.

    Raises:
        ServerProcessError: The engine refused, for another reason than that somebody else was faster.
    """
    (copy.parent / "Pulumi.yaml").write_text(f"name: {name}\nruntime: python\n")
    made = subprocess.run(
        [engine, "stack", "init", stack, "--no-select", "--non-interactive", "-C", str(copy.parent)],
        check=False,
        capture_output=True,
        text=True,
        env=environment,
    )
    if made.returncode != 0 and "already exists" not in made.stderr:
        raise ServerProcessError(
            f"stack {stack} of project {name} could not be created: {made.stderr.strip()}"
        )


def ready(engine: str, folder: Path, environment: dict[str, str], arguments: list[str]) -> dict[str, str]:
    """Return the environment with stack and stack file set; creates the stack if it is new.

    A stack is created only if the command names it (or names none) and, in a project that has stack
    files, only if there is one for it or --config-file gives one: a misspelt name stays the engine's error.
    `pulumi stack` creates by itself, and must not write to, or remove, the stack file either.

    Raises:
        ServerProcessError: The engine could not create the stack.
    """
    request = read(arguments)
    project = project_file(request.folder)
    found = project and re.search(r"^name:\s*[\"']?([^\s\"'#]+)", project.read_text(), re.MULTILINE)
    if request.command not in (*COMMANDS, "stack") or not project or not found:
        return environment
    name = found[1]
    selected = selected_stack(environment, name, project)
    chosen = request.stack or environment.get("PULUMI_STACK") or selected
    stack = chosen or DEFAULT_STACK
    original = project.parent / f"Pulumi.{stack}.yaml"
    misspelt = chosen and not original.exists() and any(project.parent.glob("Pulumi.*.yaml"))
    if misspelt and not request.config_file:
        return environment
    copy = shadow(folder, name, stack, original)
    there = (folder / "state" / ".pulumi" / "stacks" / name / f"{stack}.json").exists()
    if request.command in COMMANDS and not there:
        create(engine, copy, name, stack, environment)
    settled = {**environment, "PULUMI_STACK": stack}
    return settled if request.config_file else {**settled, "PULUMI_OPTION_CONFIG_FILE": str(copy)}
