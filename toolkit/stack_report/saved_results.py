"""What `tms adopt` and `tms pipeline drift` found and saved, for the page."""

import json
import time
from pathlib import Path
from typing import Any

from toolkit.errors import UNABLE, CommandError


def _read(file: Path, stack: str) -> dict[str, Any] | None:
    """Return what a command saved; None if it saved nothing, or of another stack.

    Raises:
        CommandError: The file is not JSON.
    """
    if not file.exists():
        return None
    try:
        content: dict[str, Any] = json.loads(file.read_bytes())
        same_stack = content["stack"] == stack
    except (ValueError, KeyError, TypeError) as error:
        raise CommandError(
            UNABLE, f"{file}: is not what `tms` writes there", "remove it and look again"
        ) from error
    return content if same_stack else None


def adoption(file: Path, stack: str) -> dict[str, Any]:
    """Return what the page shows of an adoption.

    Args:
        file: `report.json` of the adoption.
        stack: The stack's name.

    Raises:
        CommandError: The file is not JSON.
    """
    content = _read(file, stack)
    if content is None:
        return {"known": False, "next": f"./tms adopt run --stack {stack}"}
    covered = content["coverage"]
    remaining = [
        (resource["name"], resource["status"])
        for resource in content["resources"]
        if resource["status"] not in ("found", "adopted")
    ]
    return {
        "known": True,
        "made": content["made"],
        "text": content["verdict"]["text"],
        "tone": "attention" if content["verdict"]["code"] else "good",
        "covered": covered,
        "left": remaining,
        "unmanaged": len(content["unmanaged"]),
    }


def drift(file: Path, stack: str) -> dict[str, Any]:
    """Return what the page shows of drift.

    Args:
        file: `drift.json`; `drift.md` is beside it.
        stack: The stack's name.

    Raises:
        CommandError: The file is not JSON.
    """
    content = _read(file, stack)
    if content is None:
        return {"known": False, "next": f"./tms pipeline drift --stack {stack} --folder {file.parent}"}
    lines = file.with_suffix(".md").read_text(encoding="utf-8").splitlines() if content["differing"] else []
    written = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(file.stat().st_mtime))
    lines = [line.removeprefix("- ").replace("`", "") for line in lines]
    return {"known": True, "made": written, "differing": content["differing"], "lines": lines}
