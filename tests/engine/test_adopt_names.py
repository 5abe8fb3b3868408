"""A logical name may hold what delimits a URN, and is adopted under that name."""

import json
import subprocess
from pathlib import Path

import boto3
import pytest
import yaml

from tests.support.engine import ROOT, Engine

pytestmark = pytest.mark.engine

NAME = "orders::eu"
PROGRAM = f"""
import pulumi
from pulumi_aws import sqs
sqs.Queue("{NAME}", name="orders", opts=pulumi.ResourceOptions(protect=True))
"""
CONFIG = {"aws:region": "us-east-1", "aws:allowedAccountIds": ["123456789012"]}


def adopt(engine: Engine, folder: Path, *arguments: str) -> str:
    result = subprocess.run(
        [str(ROOT / "tms"), "adopt", *arguments, "--stack", "local"],
        cwd=folder,
        env=engine.environment,
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
    )
    assert result.returncode == 0, result.stdout
    return result.stdout


def test_a_name_with_colons_is_adopted_as_it_is_written(alone: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "colons"
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text(
        "name: colons\nruntime: {name: python, options: {virtualenv: .venv}}\n"
    )
    (folder / ".venv").symlink_to(ROOT / ".venv")
    (folder / "Pulumi.local.yaml").write_text(yaml.safe_dump({"config": CONFIG}))
    (folder / "__main__.py").write_text(PROGRAM)
    at = ("-C", str(folder))
    alone.succeed(*at, "stack", "ls")  # the first command starts the embedded AWS
    port = json.loads((Path(alone.environment["EMBEDDED_HOME"]) / "server.json").read_text())["port"]
    client = boto3.client(
        "sqs",
        "us-east-1",
        endpoint_url=f"http://127.0.0.1:{port}",
        aws_access_key_id="123456789012",
        aws_secret_access_key="testing",  # noqa: S106 - the embedded AWS takes any
    )
    url = client.create_queue(QueueName="orders", Attributes={"MaximumMessageSize": "262144"})["QueueUrl"]
    assert "1 of 1 declared resources found" in adopt(alone, folder, "run")
    adopt(alone, folder, "apply", "--yes")
    assert "no differences" in adopt(alone, folder, "prove")
    state = json.loads(alone.succeed(*at, "stack", "export", "--stack", "local"))
    (queue,) = [
        resource for resource in state["deployment"]["resources"] if resource["type"] == "aws:sqs/queue:Queue"
    ]
    assert queue["urn"].endswith(f"aws:sqs/queue:Queue::{NAME}")
    assert queue["id"].endswith(url.rpartition("/")[2])
