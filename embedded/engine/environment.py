"""Install the pinned Python environment into `.venv/`: `environment.py [deploy|run|checks]`.

Runs on any Python 3.11+ before anything else is there, so it uses the standard library only. uv comes
from `uv.txt` (pip verifies its hash) and installs `requirements/<set>.txt` with hashes required and bytecode
compiled. Each set holds the one before it. A copy of its file in the environment marks a set as complete,
so an interrupted install is simply taken up again, and an environment that has more than asked is left alone.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
REQUIREMENTS = ROOT / "requirements"
SETS = ("deploy", "run", "checks")
"""What an account needs, with what the embedded AWS needs, with what tests and checks need."""
UV_REQUIREMENTS = ROOT / "embedded" / "engine" / "uv.txt"


class StepError(Exception):
    """A step of the installation failed; the message names the step and what to do."""


def run(step: str, command: list[str], hint: str, extra: dict[str, str] | None = None) -> None:
    """Run one step of an installation, its output shown on standard error.

    Args:
        step: What the command is for, as it appears in an error.
        command: The command and its arguments.
        hint: What a person can do when it fails.
        extra: Environment variables on top of the inherited ones.

    Raises:
        StepError: The command could not be started or ended with a non-zero code.
    """
    try:
        result = subprocess.run(command, check=False, stdout=sys.stderr, env={**os.environ, **(extra or {})})
    except OSError as error:
        raise StepError(f"{step} failed: {error}; {hint}") from error
    if result.returncode != 0:
        raise StepError(f"{step} failed with exit code {result.returncode} (its output is above); {hint}")


def uv() -> Path:
    """Return the pinned uv, installing it on first use.

    Raises:
        StepError: Neither pip nor ensurepip could install it.
    """
    wanted = TOOLS / "uv" / "bin" / "uv"
    marker = TOOLS / "uv" / "uv.txt"
    if marker.exists() and marker.read_bytes() == UV_REQUIREMENTS.read_bytes():
        return wanted
    shutil.rmtree(TOOLS / "uv", ignore_errors=True)
    fresh = TOOLS / "uv.new"
    shutil.rmtree(fresh, ignore_errors=True)
    pip = [sys.executable, "-m", "pip"]
    if subprocess.run([*pip, "--version"], check=False, capture_output=True).returncode != 0:
        run(
            "making an environment for pip",
            [sys.executable, "-m", "venv", str(TOOLS / "pip")],
            "install pip or the venv module for this Python (Debian: python3-venv)",
        )
        pip = [str(TOOLS / "pip" / "bin" / "python"), "-m", "pip"]
    install = [*pip, "install", "--quiet", "--no-deps", "--require-hashes", "--target", str(fresh)]
    run(
        "installing uv",
        [*install, "-r", str(UV_REQUIREMENTS)],
        "check that pip reaches your package index",
        {"PIP_DISABLE_PIP_VERSION_CHECK": "1"},
    )
    shutil.copyfile(UV_REQUIREMENTS, fresh / "uv.txt")
    fresh.rename(TOOLS / "uv")
    return wanted


def index_settings() -> dict[str, str]:
    """Hand pip's configured package index on to uv, which does not read pip's settings.

    Returns:
        Environment variables for uv; empty where pip has no index of its own or uv already has one.
    """
    if os.environ.get("UV_DEFAULT_INDEX") or os.environ.get("UV_INDEX_URL"):
        return {}
    index = os.environ.get("PIP_INDEX_URL")
    if not index:
        asked = subprocess.run(
            [sys.executable, "-m", "pip", "config", "get", "global.index-url"],
            check=False,
            capture_output=True,
            text=True,
        )
        index = asked.stdout.strip() if asked.returncode == 0 else ""
    return {"UV_DEFAULT_INDEX": index} if index else {}


def requirements_of(packages: str) -> Path:
    """Return the file that pins a set."""
    return REQUIREMENTS / f"{packages}.txt"


def marker_of(packages: str) -> Path:
    """Return the file that marks a set as complete."""
    return VENV / "installed" / f"{packages}.txt"


def installed(packages: str) -> bool:
    """Return whether `.venv/` holds what the file of a set pins."""
    marker = marker_of(packages)
    return marker.exists() and marker.read_bytes() == requirements_of(packages).read_bytes()


def put_on_path() -> None:
    """Put this checkout's packages on the path of `.venv/`, so that `python -m` finds them anywhere.

    PYTHONPATH goes before it, so a copy of the checkout that shares the environment uses its own code.
    """
    if VENV.is_symlink():  # the environment of another checkout
        return
    (site_packages,) = VENV.glob("lib/python3*/site-packages")
    (site_packages / "checkout.pth").write_text(f"{ROOT}\n{ROOT / 'policy'}\n")


def mark(packages: str) -> None:
    """Mark a set, and the ones that it holds, as complete."""
    for contained in SETS[: SETS.index(packages) + 1]:
        marker = marker_of(contained)
        marker.parent.mkdir(exist_ok=True)
        shutil.copyfile(requirements_of(contained), marker)


def install(packages: str) -> None:
    """Bring `.venv/` to what a set pins; a second caller waits for the first.

    Nothing is uninstalled that another set needs, so a command that runs on this environment goes on.

    Raises:
        StepError: A step failed; nothing is marked as installed then.
    """
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "environment.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if installed(packages):
            return
        print(f"pulumiw: installing the pinned packages ({packages}) into .venv, once", file=sys.stderr)
        tool = str(uv())
        extra = {**index_settings(), "UV_PYTHON_DOWNLOADS": "never"}
        if not (VENV / "bin" / "python").exists():
            run(
                "making .venv",
                [tool, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)],
                "remove .venv and run this again",
                extra,
            )
        for name in SETS:  # a smaller set may change versions that a larger one pins otherwise
            marker_of(name).unlink(missing_ok=True)
        exact = ["--exact"] if packages == SETS[-1] else []  # it holds everything: the rest is of former pins
        file = requirements_of(packages)
        run(
            f"installing {file.relative_to(ROOT)}",
            [
                *(tool, "pip", "install", "--python", str(VENV / "bin" / "python"), "--require-hashes"),
                *("--compile-bytecode", *exact, "--requirements", str(file)),
            ],
            "check that your package index is reached, then run this again",
            extra,
        )
        put_on_path()
        mark(packages)


def chosen(arguments: list[str]) -> str:
    """Return the set that the command line names; `run` without one.

    Raises:
        StepError: There is no such set.
    """
    packages = arguments[0] if arguments else "run"
    if packages not in SETS:
        raise StepError(f"TMS_PACKAGES must be one of {', '.join(SETS)} (got {packages}); unset it")
    return packages


if __name__ == "__main__":
    try:
        install(chosen(sys.argv[1:]))
    except StepError as failure:
        sys.exit(f"pulumiw: {failure}")
    except KeyboardInterrupt:
        sys.exit(130)
