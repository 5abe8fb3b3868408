"""Install the pinned Python environment into `.venv/`.

Runs on any Python 3.11+ before anything else is there, so it uses the standard library only. uv comes
from `uv.txt` (pip verifies its hash) and installs `requirements.txt` with hashes required and bytecode
compiled. A copy of `requirements.txt` in the environment marks it as complete, so an interrupted
install is simply taken up again.
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
REQUIREMENTS = ROOT / "requirements.txt"
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
    """Give the pinned uv, installing it on first use.

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


def installed() -> bool:
    """Tell whether `.venv/` holds exactly what `requirements.txt` asks for."""
    marker = VENV / ".installed"
    return marker.exists() and marker.read_bytes() == REQUIREMENTS.read_bytes()


def know_this_checkout() -> None:
    """Put this checkout's packages on the path of `.venv/`, so that `python -m` finds them anywhere.

    PYTHONPATH goes before it, so a copy of the checkout that shares the environment uses its own code.
    """
    (packages,) = VENV.glob("lib/python3*/site-packages")
    (packages / "checkout.pth").write_text(f"{ROOT}\n{ROOT / 'policy'}\n")


def install() -> None:
    """Bring `.venv/` to what `requirements.txt` says; a second caller waits for the first.

    Raises:
        StepError: A step failed; nothing is marked as installed then.
    """
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "environment.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if installed():
            return
        print("pulumiw: installing the pinned Python packages into .venv (once)", file=sys.stderr)
        tool = str(uv())
        extra = {**index_settings(), "UV_PYTHON_DOWNLOADS": "never"}
        if not (VENV / "bin" / "python").exists():
            run(
                "making .venv",
                [tool, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)],
                "remove .venv and run this again",
                extra,
            )
        sync = [tool, "pip", "sync", "--python", str(VENV / "bin" / "python"), "--require-hashes"]
        run(
            "installing requirements.txt",
            [*sync, "--compile-bytecode", str(REQUIREMENTS)],
            "check that your package index is reached, then run this again",
            extra,
        )
        know_this_checkout()
        shutil.copyfile(REQUIREMENTS, VENV / ".installed")


if __name__ == "__main__":
    try:
        install()
    except StepError as failure:
        sys.exit(f"pulumiw: {failure}")
    except KeyboardInterrupt:
        sys.exit(130)
