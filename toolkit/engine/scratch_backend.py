"""A throw-away backend with the same stack, in which an import is rehearsed."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from toolkit.engine.stack import Engine


def throw_away(engine: Engine, backend: Path, environment: Mapping[str, str]) -> Engine:
    """Return an engine on an empty file backend with the same stack, settings, state and cloud.

    Args:
        engine: The stack that is rehearsed.
        backend: An empty folder.
        environment: How AWS is reached, without EMBEDDED and without a backend.

    Raises:
        CommandError: The stack or its state cannot be copied.
    """
    file = backend / f"Pulumi.{engine.stack}.yaml"
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        yaml.safe_dump({"config": _settings(engine)}, out)  # for its owner only, and gone with the rehearsal
    state = backend / "state"
    state.mkdir()
    environment = {
        **environment,
        "PULUMI_BACKEND_URL": f"file://{state}",
        "PULUMI_CONFIG_PASSPHRASE": "rehearsal",
        "PULUMI_OPTION_CONFIG_FILE": str(file),
    }
    # Made in its own folder: the engine writes a new stack's salt into the stack file of where it runs
    project = {"name": engine.project()["name"], "runtime": "python"}
    (backend / "Pulumi.yaml").write_text(yaml.safe_dump(project))
    scratch = Engine(engine.stack, backend, environment)
    scratch.succeed("stack", "init", "--no-select")
    resources = engine.export()["deployment"].get("resources")
    if resources:  # a stack that is adopted in part: its state comes along, secrets under the rehearsal's key
        before = backend / "before.json"
        before.touch(mode=0o600)
        before.write_text(engine.succeed("stack", "export", "--show-secrets"))
        scratch.succeed("stack", "import", "--file", str(before))
    return Engine(engine.stack, engine.folder, environment)


def _settings(engine: Engine) -> dict[str, Any]:
    """Return the stack's settings in plain; the engine is asked only to decrypt, as it marks the file."""
    if not engine.stack_file.exists() or "secure:" not in engine.stack_file.read_text(encoding="utf-8"):
        return engine.settings()
    config = json.loads(engine.succeed("config", "--json", "--show-secrets"))
    return {key: entry.get("objectValue", entry.get("value")) for key, entry in config.items()}
