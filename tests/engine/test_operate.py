"""Each command that looks at the running system, on what the engine brought up, over a network that is watched."""

import json
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.asking.actions import action
from tests.support.engine import ROOT
from tests.support.estate import Estate
from tests.support.faulty import Network, on_the_way
from toolkit.operate.permissions import READS

pytestmark = pytest.mark.engine
GROUP = "/aws/bedrock/agentcore/trade-matching"
Tms = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def tms(built: Estate) -> Tms:
    """Give what runs a command in the project's folder, where one stack has a file."""
    # a profile of the caller's, which must lead nowhere
    environment = {
        **built.environment,
        "PULUMI_STACK": "local",
        "AWS_PROFILE": "nobody",
        "AWS_ENDPOINT_URL_SQS": "http://127.0.0.1:9",
    }

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(ROOT / "tms"), *arguments]
        done = subprocess.run(
            command,
            cwd=built.project,
            env=environment,
            check=False,
            text=True,
            capture_output=True,
            timeout=120,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done

    return run


def actions(network: Network) -> set[str]:
    return {action(one) for one in network.operations()} - {""}


def test_each_command_says_what_is_there_and_calls_what_its_permissions_have(built: Estate, tms: Tms) -> None:
    logs, dynamodb = built.client("logs"), built.client("dynamodb")
    logs.create_log_stream(logGroupName=GROUP, logStreamName="run")
    events = [{"timestamp": int(time.time() * 1000), "message": "matched TRADE-1"}]
    logs.put_log_events(logGroupName=GROUP, logStreamName="run", logEvents=events)
    key = {"trade_id": {"S": "TRADE-1"}, "internal_reference": {"S": "r"}}
    dynamodb.put_item(TableName="BankTradeData", Item={**key, "notional": {"N": "5"}})
    calls = {
        ("status", "--json"): 1,  # no agent has an image yet
        ("queues", "--json"): 0,
        ("logs", "trade-matching", "--json"): 0,
        ("table", "bank-trades", "--json"): 0,
        ("access", "trade-matching", "sqs:ReceiveMessage", "queue:matching", "--json"): 0,
    }
    said: dict[str, str] = {}
    for arguments, code in calls.items():
        with on_the_way(Path(built.environment["EMBEDDED_HOME"])) as network:
            done = tms(*arguments)
            called = actions(network)
        assert done.returncode == code, done.stderr
        assert called
        assert called <= set(READS[arguments[0]]), arguments
        said[arguments[0]] = done.stdout
    dynamodb.delete_item(TableName="BankTradeData", Key=key)
    logs.delete_log_stream(logGroupName=GROUP, logStreamName="run")
    parts = json.loads(said["status"])["parts"]
    assert {one["kind"] for one in parts if one["problems"]} == {"agent"}
    assert all("there is no runtime" in one["problems"][0]["said"] for one in parts if one["problems"])
    assert [one["name"] for one in json.loads(said["queues"])["queues"]]
    assert json.loads(said["logs"])["message"] == "matched TRADE-1"
    assert json.loads(said["table"])["items"][0]["notional"] == {"type": "N", "length": 1, "shown": None}
    verdict = json.loads(said["access"])
    assert (verdict["verdict"], verdict["by"]) == (
        "allowed",
        "statement 'ReceiveMessageMatching' of inline policy trade-matching-permissions",
    )


def test_what_aws_refuses_is_one_line_with_the_call_and_the_next_step(built: Estate, tms: Tms) -> None:
    with on_the_way(Path(built.environment["EMBEDDED_HOME"])) as network:
        network.deny("sqs:GetQueueAttributes")
        done = tms("queues")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("tms: sqs:GetQueueAttributes on queue trade-matching-system-")
    assert done.stderr.endswith(
        "let who calls have sqs:GetQueueAttributes, as toolkit/operate/read-only-policy.json does\n"
    )


def test_without_credentials_and_on_another_account_it_ends_with_3(built: Estate, tmp_path: Path) -> None:
    nobody = {key: one for key, one in os.environ.items() if not key.startswith("AWS_")}
    plain = {**nobody, "AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": "/nowhere", "HOME": "/nowhere"}
    command = [str(ROOT / "tms"), "queues", "--stack", "local"]
    done = subprocess.run(
        command, cwd=ROOT, env=plain, check=False, text=True, capture_output=True, timeout=120
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1)
    there = {
        **plain,
        "AWS_ENDPOINT_URL": built.endpoint,
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
    }
    text = (ROOT / "Pulumi.local.yaml").read_text().replace("123456789012", "210987654321")
    (tmp_path / "Pulumi.local.yaml").write_text(text)
    for name in ("deployment", "Pulumi.production.yaml"):
        (tmp_path / name).symlink_to(ROOT / name)
    done = subprocess.run(
        command, cwd=tmp_path, env=there, check=False, text=True, capture_output=True, timeout=120
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert "stack local is in 210987654321" in done.stderr
