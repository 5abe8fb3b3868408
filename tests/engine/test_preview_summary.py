"""`tms preview-summary` on streams of the real engine; what it says of four pull requests is kept as files.

RECORD=1 before pytest writes the files anew; read them before you commit them.
"""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.engine import PACK, ROOT, Engine
from tests.support.stackfile import changed, stack_config, stack_file

pytestmark = pytest.mark.engine

COMMENTS = Path(__file__).parent / "comments"
NOVA = {"id": "amazon.nova-pro-v1:0"}
SONNET = {"id": "anthropic.claude-3-5-sonnet-20241022-v2:0", "profile": "us"}


def _models(config: dict[str, Any]) -> dict[str, Any]:
    return changed(config, "agents.trade-matching.models", [SONNET, NOVA])


PULL_REQUESTS: dict[str, tuple[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {
    "hash-key": (1, lambda config: changed(config, "tables.exceptions.hashKey.name", "id")),
    "no-recovery": (1, lambda config: changed(config, "tables.exceptions.pointInTimeRecovery", value=False)),
    "wider-role": (1, _models),
    "one-tag": (0, lambda config: changed(config, "tags.CostCenter", "4711")),
}


@pytest.mark.parametrize("name", PULL_REQUESTS)
def test_a_pull_request_is_judged_and_told_as_kept(running: Engine, tmp_path: Path, name: str) -> None:
    code, change = PULL_REQUESTS[name]
    file = stack_file(tmp_path, change(stack_config("local")))
    streaming = Engine({**running.environment, "PULUMI_ENABLE_STREAMING_JSON_PREVIEW": "true"})
    shown = streaming.run("preview", "--stack", "local", "--config-file", file, "--json", *PACK)
    events = tmp_path / "events.jsonl"
    events.write_text(shown.stdout)
    outputs = {kind: tmp_path / kind for kind in ("comment", "full", "sarif", "junit")}
    told = subprocess.run(
        [ROOT / "tms", "preview-summary", events, *(f"--{kind}={path}" for kind, path in outputs.items())],
        env=running.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == code, told.stderr
    assert told.stdout == ""
    said = outputs["comment"].read_text()
    kept = COMMENTS / f"{name}.md"
    if os.environ.get("RECORD"):
        kept.write_text(said)
    assert said == kept.read_text()
    assert outputs["full"].read_text() == said
    assert json.loads(outputs["sarif"].read_text())["version"] == "2.1.0"
    assert outputs["junit"].read_text().startswith("<testsuites")
