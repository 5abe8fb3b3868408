"""A saved plan constrains an update: what the engine does beyond it is refused, pack and event stream beside it."""

from pathlib import Path

import pytest

from tests.support.engine import ROOT, Engine

pytestmark = pytest.mark.engine

PROGRAM = """
from pulumi_aws import sqs

for name in {names}:
    sqs.Queue(name, name="plans-" + name, visibility_timeout_seconds={seconds})
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    (tmp_path / "Pulumi.yaml").write_text(
        "name: plans\nruntime:\n  name: python\n  options:\n    virtualenv: .venv\n"
        "config:\n  aws:region: us-east-1\n"
    )
    (tmp_path / ".venv").symlink_to((ROOT / ".venv").resolve())
    return tmp_path


def write(folder: Path, names: list[str], seconds: int) -> None:
    (folder / "__main__.py").write_text(PROGRAM.format(names=names, seconds=seconds))


@pytest.mark.parametrize(
    ("names", "seconds", "said"),
    [
        (["one", "two"], 30, "create is not allowed by the plan"),
        (["one"], 60, "violates plan: properties changed"),
    ],
)
def test_an_update_beyond_its_plan_is_refused(
    engine: Engine, small: Path, names: list[str], seconds: int, said: str
) -> None:
    streaming = Engine({**engine.environment, "PULUMI_ENABLE_STREAMING_JSON_PREVIEW": "true"})
    plan = small / "plan.json"
    write(small, ["one"], 30)
    shown = streaming.succeed("preview", "--stack", "plan", "--json", "--save-plan", str(plan), folder=small)
    assert "summaryEvent" in shown
    constrained = ("up", "--stack", "plan", "--json", "--plan", str(plan), "--skip-preview", "--yes")
    write(small, names, seconds)
    refused = streaming.run(*constrained, folder=small)
    assert refused.returncode != 0
    assert said in refused.stdout
    write(small, ["one"], 30)
    assert '"create":' in streaming.succeed(*constrained, folder=small)
    streaming.succeed("destroy", "--stack", "plan", "--yes", "--skip-preview", folder=small)
