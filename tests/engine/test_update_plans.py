"""A saved plan constrains an update: the engine refuses what goes beyond it, with its events as a stream."""

import json
from pathlib import Path

import pytest

from tests.support.engine import ROOT, Engine

pytestmark = pytest.mark.engine

PROGRAM = """
from pulumi_aws import sqs

for name in {names}:
    sqs.Queue(name, name="{stack}-" + name, visibility_timeout_seconds={seconds})
"""


@pytest.mark.parametrize(
    ("stack", "names", "seconds", "said"),
    [
        ("more", ["one", "two"], 30, "create is not allowed by the plan"),
        ("other", ["one"], 60, "violates plan: properties changed"),
    ],
)
def test_an_update_beyond_its_plan_is_refused(
    engine: Engine, tmp_path: Path, stack: str, names: list[str], seconds: int, said: str
) -> None:
    def write(names: list[str], seconds: int) -> None:
        (tmp_path / "__main__.py").write_text(PROGRAM.format(stack=stack, names=names, seconds=seconds))

    (tmp_path / "Pulumi.yaml").write_text(
        "name: plans\nruntime:\n  name: python\n  options:\n    virtualenv: .venv\n"
        "config:\n  aws:region: us-east-1\n"
    )
    (tmp_path / ".venv").symlink_to((ROOT / ".venv").resolve())
    streaming = Engine({**engine.environment, "PULUMI_ENABLE_STREAMING_JSON_PREVIEW": "true"})
    saving = ("--json", "--save-plan", str(tmp_path / "plan.json"))
    constrained = ("--json", "--plan", str(tmp_path / "plan.json"), "--skip-preview", "--yes")
    write(["one"], 30)
    assert "summaryEvent" in streaming.succeed("preview", "--stack", stack, *saving, folder=tmp_path)
    write(names, seconds)
    refused = streaming.run("up", "--stack", stack, *constrained, folder=tmp_path)
    assert refused.returncode != 0
    assert said in refused.stdout
    write(["one"], 30)
    streaming.succeed("up", "--stack", stack, *constrained, folder=tmp_path)
    state = json.loads(engine.succeed("stack", "export", "--stack", stack, folder=tmp_path))
    queues = [one for one in state["deployment"]["resources"] if one["type"] == "aws:sqs/queue:Queue"]
    assert [one["inputs"]["visibilityTimeoutSeconds"] for one in queues] == [30]
