"""How the embedded provider plugin behaves under the real engine when something is not as it should be."""

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from embedded.aws.plugin.clients import ClientPool
from tests.support.cases.case import ACCOUNT, REGION, Case, declare, document, project, steps
from tests.support.cases.tables import table
from tests.support.engine import ROOT, Engine

pytestmark = pytest.mark.engine

Client = Any
TABLE = "aws:dynamodb/table:Table"
QUEUE = "aws:sqs/queue:Queue"
TRUST = document("sts:AssumeRole", resource=None, principal={"Service": "lambda.amazonaws.com"})


def aws(engine: Engine, service: str) -> Client:
    """A client of the session's AWS, for changes behind the engine's back."""
    record = json.loads((Path(engine.environment["EMBEDDED_HOME"]) / "server.json").read_text())
    return ClientPool(ACCOUNT, {"": f"http://127.0.0.1:{record['port']}"}).get(service, REGION)


def test_a_change_behind_the_engines_back_is_seen_as_drift(engine: Engine, tmp_path: Path) -> None:
    queue = Case(QUEUE, "drifting", "", {"name": "drifting", "visibilityTimeoutSeconds": 60})
    role = Case("aws:iam/role:Role", "vanishing", "", {"name": "vanishing", "assumeRolePolicy": TRUST})
    folder = project(tmp_path, "drift", [queue, role, table("Staying")])
    engine.succeed("-C", str(folder), "up", "--stack", "one", "--yes", "--skip-preview")
    url = f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/drifting"
    aws(engine, "sqs").set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "31"})
    aws(engine, "iam").delete_role(RoleName="vanishing")
    planned = steps(engine, folder, "--refresh")
    assert planned["drifting"]["op"] == "update"
    assert list(planned["drifting"]["detailedDiff"]) == ["visibilityTimeoutSeconds"]
    assert planned["vanishing"]["op"] == "create"
    assert planned["Staying"]["op"] in ("refresh", "same")
    engine.succeed("-C", str(folder), "up", "--stack", "one", "--yes", "--skip-preview", "--refresh")
    live = aws(engine, "sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])
    assert live["Attributes"]["VisibilityTimeout"] == "60"
    engine.succeed("-C", str(folder), "destroy", "--stack", "one", "--yes", "--skip-preview")


def test_a_table_is_changed_in_place_replaced_or_guarded(engine: Engine, tmp_path: Path) -> None:
    at = ("-C", str(tmp_path))
    keys = [{"name": "id", "type": "S"}, {"name": "s", "type": "S"}]
    folder = project(
        tmp_path, "tables", [table("Changing"), table("Guarded", deletionProtectionEnabled=True)]
    )
    engine.succeed(*at, "up", "--stack", "one", "--yes", "--skip-preview")
    index = [{"name": "by-s", "hashKey": "s", "projectionType": "ALL"}]
    richer = table(
        "Changing",
        attributes=keys,
        globalSecondaryIndexes=index,
        pointInTimeRecovery={"enabled": True},
        tags={"Purpose": "trades"},
    )
    declare(folder, [richer, table("Guarded", deletionProtectionEnabled=True)])
    assert steps(engine, folder)["Changing"]["op"] == "update"
    engine.succeed(*at, "up", "--stack", "one", "--yes", "--skip-preview")
    live = aws(engine, "dynamodb").describe_table(TableName="Changing")["Table"]
    assert [i["IndexName"] for i in live["GlobalSecondaryIndexes"]] == ["by-s"]
    engine.succeed(*at, "preview", "--stack", "one", "--expect-no-changes")

    rekeyed = replace(table("Guarded", hashKey="s", attributes=[{"name": "s", "type": "S"}]), protect=True)
    declare(folder, [richer, rekeyed])
    engine.succeed(*at, "state", "protect", _urn("tables", TABLE, "Guarded"), "--stack", "one", "--yes")
    refused = engine.run(*at, "preview", "--stack", "one")
    assert refused.returncode != 0
    assert "unable to replace resource" in refused.stdout

    engine.succeed(*at, "state", "unprotect", "--all", "--stack", "one", "--yes")
    failed = engine.run(*at, "destroy", "--stack", "one", "--yes", "--skip-preview")
    assert failed.returncode != 0
    assert f"{TABLE} 'Guarded': DeleteTable: ValidationException" in failed.stdout
    aws(engine, "dynamodb").update_table(TableName="Guarded", DeletionProtectionEnabled=False)
    declare(folder, [replace(rekeyed, protect=False)])
    engine.succeed(*at, "up", "--stack", "one", "--yes", "--skip-preview")  # the old table goes first
    live = aws(engine, "dynamodb").describe_table(TableName="Guarded")["Table"]
    assert live["KeySchema"] == [{"AttributeName": "s", "KeyType": "HASH"}]
    engine.succeed(*at, "destroy", "--stack", "one", "--yes", "--skip-preview")


def test_a_creation_that_fails_half_way_is_recorded_and_can_be_finished(
    engine: Engine, tmp_path: Path
) -> None:
    at = ("-C", str(tmp_path))
    props: dict[str, Any] = {"name": "half", "assumeRolePolicy": TRUST}
    absent = f"arn:aws:iam::{ACCOUNT}:policy/absent"
    role = Case("aws:iam/role:Role", "half", "half", {**props, "managedPolicyArns": [absent]})
    folder = project(tmp_path, "half", [role])
    failed = engine.run(*at, "up", "--stack", "one", "--yes", "--skip-preview")
    assert failed.returncode != 0
    assert "aws:iam/role:Role 'half': AttachRolePolicy: NoSuchEntity" in failed.stdout
    assert '"id": "half"' in engine.succeed(*at, "stack", "export", "--stack", "one")
    declare(folder, [replace(role, props=props)])
    engine.succeed(*at, "up", "--stack", "one", "--yes", "--skip-preview")
    engine.succeed(*at, "preview", "--stack", "one", "--expect-no-changes")
    engine.succeed(*at, "destroy", "--stack", "one", "--yes", "--skip-preview")


SECRETS = """
import pulumi
from pulumi_aws import iam, sqs

class Group(pulumi.ComponentResource):
    def __init__(self):
        super().__init__("test:index:Group", "group")
        sqs.Queue("child", name_prefix="pre-", opts=pulumi.ResourceOptions(parent=self))

sqs.Queue("open", name="open", tags={"Password": pulumi.Output.secret("hush-hush")})
Group()
document = iam.get_policy_document(statements=[{"actions": ["s3:GetObject"], "resources": ["*"]}])
pulumi.export("document", document.json)
"""


def test_secrets_stay_secret_and_children_and_prefixes_work(engine: Engine, tmp_path: Path) -> None:
    folder = project(tmp_path, "secrets", [])
    (folder / "__main__.py").write_text(SECRETS)
    at = ("-C", str(folder))
    engine.succeed(*at, "up", "--stack", "one", "--yes", "--skip-preview")
    engine.succeed(*at, "refresh", "--stack", "one", "--yes", "--skip-preview")
    engine.succeed(*at, "preview", "--stack", "one", "--expect-no-changes")
    exported = engine.succeed(*at, "stack", "export", "--stack", "one")
    assert "hush-hush" not in exported
    assert f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/pre-0" in exported
    assert "s3:GetObject" in exported
    engine.succeed(*at, "destroy", "--stack", "one", "--yes", "--skip-preview")


def _urn(name: str, token: str, resource: str) -> str:
    return f"urn:pulumi:one::{name}::{token}::{resource}"


def test_a_plugin_whose_engine_is_gone_ends_by_itself() -> None:
    root = Path(__file__).resolve().parents[2]
    starter = f"{root}/embedded/aws/bin/pulumi-resource-aws 127.0.0.1:1 >/dev/null & echo $!; sleep 1"
    out = subprocess.run(["/bin/sh", "-c", starter], check=True, capture_output=True, text=True, cwd="/")
    orphan = int(out.stdout)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and _alive(orphan):
        time.sleep(0.1)
    assert not _alive(orphan)


def test_a_plugin_whose_engine_ended_while_it_started_ends_by_itself() -> None:
    ended = subprocess.Popen(["/bin/true"])
    ended.wait()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "EMBEDDED_ENGINE_PID": str(ended.pid)}
    command = [sys.executable, "-P", "-u", "-m", "embedded.aws.plugin", "127.0.0.1:1"]
    plugin = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, timeout=60)
    assert plugin.returncode == 0


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
