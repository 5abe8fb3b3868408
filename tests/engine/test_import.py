"""The whole system, once it exists, comes under another stack by the engine's own import."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.engine import PACK, Engine
from tests.support.stackfile import stack_config, stack_file
from tests.support.urns import STEPS

pytestmark = pytest.mark.engine


def ids(engine: Engine) -> dict[tuple[str, str], str]:
    """Give the id of every resource of the local stack by type and logical name."""
    state = json.loads(engine.succeed("stack", "export", "--stack", "local"))["deployment"]["resources"]
    return {(one["type"], one["urn"].rpartition("::")[2]): one.get("id", "") for one in state}


def filled(skeleton: dict[str, Any], known: dict[tuple[str, str], str]) -> dict[str, Any]:
    """Give an import file with the ids of what exists."""
    for entry in skeleton["resources"]:
        if not entry.get("component"):
            entry["id"] = known[entry["type"], entry.get("logicalName") or entry["name"]]
    return skeleton


def test_what_exists_is_imported_whole_and_nothing_is_left_to_change(running: Engine, tmp_path: Path) -> None:
    config = stack_config("local")
    stack = ("--stack", "production", "--config-file", stack_file(tmp_path, config))
    file = tmp_path / "import.json"
    running.succeed("preview", *stack, "--import-file", str(file))
    file.write_text(json.dumps(filled(json.loads(file.read_text()), ids(running))))
    imported = running.succeed("import", "--file", str(file), "--yes", "--generate-code=false", *stack)
    assert f"= {STEPS - 1} imported" in imported
    try:
        assert f"{STEPS} unchanged" in running.succeed("preview", *stack, "--expect-no-changes", *PACK)
    finally:
        export = json.loads(running.succeed("stack", "export", "--stack", "production"))
        export["deployment"]["resources"] = []
        file.write_text(json.dumps(export))
        running.succeed("stack", "import", "--stack", "production", "--file", str(file))
