"""What tests of adoption do beside running its steps: decide, look into the state, begin a step and go on."""

import json
import subprocess
from copy import copy
from pathlib import Path

import yaml

from tests.support.engine import ROOT
from tests.support.estate import Estate
from tests.support.urns import STEPS

PLATFORM = "urn:pulumi:local::trade-matching-system::tradematching:index:Platform"
READY = "ready: tms adopt apply --stack local --yes"
WHOLE = STEPS + 1
"""Resources of the whole estate in the state, the provider included."""

PROGRAM = """
import pulumi
import pulumi_aws as aws
aws.s3.Bucket("store", bucket="made-by-hand", opts=pulumi.ResourceOptions(protect=True))
"""


def work(estate: Estate) -> Path:
    return estate.project / ".adopt" / "local"


def started(estate: Estate, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [str(ROOT / "tms"), "adopt", *arguments, "--stack", "local"],
        cwd=estate.project,
        env=estate.environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
    )


def settled(estate: Estate) -> int:
    """Give how many resources the state has, each once, with no operation left open."""
    deployment = json.loads(estate.engine.succeed("stack", "export", "--stack", "local"))["deployment"]
    assert not deployment.get("pending_operations")
    urns = [one["urn"] for one in deployment.get("resources") or []]
    assert len(set(urns)) == len(urns)
    return len(urns)


def adopted_whole(estate: Estate) -> None:
    assert "no differences" in estate.expect(0, "prove")
    assert settled(estate) == WHOLE


def decide(estate: Estate, **entry: str) -> None:
    work(estate).mkdir(parents=True, exist_ok=True)
    (work(estate) / "mapping.yaml").write_text(yaml.safe_dump([entry]))


def small_project(built: Estate, folder: Path, program: str) -> Estate:
    """Give the same AWS with another project, of one resource."""
    (folder / "Pulumi.yaml").write_text(
        # a name of its own: the backend is shared, and so is what another test has put into a state there
        f"name: small-{folder.name}\nruntime: {{name: python, options: {{virtualenv: .venv}}}}\n"
    )
    (folder / "Pulumi.local.yaml").write_text(
        yaml.safe_dump({"config": {"aws:region": "us-east-1", "aws:allowedAccountIds": ["123456789012"]}})
    )
    (folder / "__main__.py").write_text(program)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    small = copy(built)
    small.project = folder
    return small
