"""Decide which `pulumi` runs and with which environment.

An installed `pulumi` of at least the pinned version is used as it is: it brings its own language
plugin (where it does not, this folder's is added). Otherwise the pinned one is built
(`embedded.engine.build`), with the language host of this folder beside it.
"""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INSTALLED_CACHE = ROOT / ".tools" / "installed-pulumi.json"


class LaunchError(Exception):
    """The engine cannot be started; the message is one line with the next step."""


def version_tuple(text: str) -> tuple[int, ...]:
    """Read `v3.259.0` (anything behind it ignored) as `(3, 259, 0)`; `()` where there is no version."""
    match = re.match(r"v?(\d+)\.(\d+)\.(\d+)", text.strip())
    return tuple(int(part) for part in match.groups()) if match else ()


def installed_pulumi(minimum: tuple[int, ...]) -> str | None:
    """Return the path of an installed `pulumi` of at least `minimum`, or None.

    Asking a `pulumi` for its version takes longer than everything else here, so the answer is kept
    for as long as the executable's path, size and modification time stay the same.
    """
    path = shutil.which("pulumi")
    if path is None:
        return None
    facts = os.stat(path)  # noqa: PTH116 pathlib costs a fifth of the start-up budget here
    identity = [path, facts.st_size, facts.st_mtime_ns]
    try:
        cached = json.loads(INSTALLED_CACHE.read_text())
    except (OSError, ValueError):
        cached = {}
    if cached.get("identity") != identity:
        result = subprocess.run(
            [path, "version"],
            check=False,
            capture_output=True,
            text=True,
            env={**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"},
        )
        cached = {"identity": identity, "version": result.stdout.strip()}
        INSTALLED_CACHE.parent.mkdir(exist_ok=True)
        INSTALLED_CACHE.write_text(json.dumps(cached))
    return path if version_tuple(str(cached["version"])) >= minimum else None


def has_language_host(engine: str) -> bool:
    """Return whether an installed `pulumi` can run Python: a download can, a bare build cannot."""
    beside = Path(engine).resolve().with_name("pulumi-language-python")
    return beside.exists() or shutil.which("pulumi-language-python") is not None


def embedded_wanted(value: str | None) -> bool:
    """Read the EMBEDDED variable.

    Raises:
        LaunchError: It holds neither a yes nor a no.
    """
    if value in (None, "", "0", "false"):
        return False
    if value in ("1", "true"):
        return True
    raise LaunchError(f"EMBEDDED={value} is not understood; use EMBEDDED=1 for the embedded AWS, or unset it")


def own_environment() -> dict[str, str]:
    """Return the inherited environment without what `pulumiw` added to reach this module."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def prepare(arguments: list[str]) -> tuple[str, dict[str, str]]:
    """Return the engine's path and the environment it runs in.

    Args:
        arguments: The command line, read to know project and stack in embedded mode, never changed.

    Raises:
        LaunchError: The engine could not be built, or the embedded AWS could not be started.
    """
    from embedded.engine import build

    environment = own_environment()
    embedded = embedded_wanted(environment.get("EMBEDDED"))
    engine = installed_pulumi(version_tuple(build.pinned_version()))
    if engine is None:
        engine = str(build.ensure())
    elif not has_language_host(engine):
        environment["PATH"] = f"{build.MODULE / 'bin'}{os.pathsep}{environment.get('PATH', os.defpath)}"
    environment.setdefault("PULUMI_SKIP_UPDATE_CHECK", "true")
    if embedded:
        from embedded.aws import server_process

        try:
            environment = server_process.prepare_environment(engine, environment, arguments)
        except server_process.ServerProcessError as error:
            raise LaunchError(str(error)) from error
    return engine, environment
