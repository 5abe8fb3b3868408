"""The commands that look at the running system: what they print, and how they end."""

import json
import time
from collections.abc import Callable

import boto3
import pytest

from components.settings import read
from embedded.aws.moto_patches import bedrock
from tests.support.commands import tms
from tests.support.engine import ROOT
from tests.support.queues import make, send
from toolkit.operate import logs

SETTINGS = read("local", ROOT)
GROUP = SETTINGS.agents["orchestrator"].log_group
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(account: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:  # noqa: ARG001 - the account is moto's
    """Give what runs a command on the local stack: its code, and what it wrote."""
    bedrock.tell_of_models()

    def run_it(*arguments: str) -> tuple[int, str, str]:
        code = tms(monkeypatch, *arguments, "--stack", "local")
        captured = capsys.readouterr()
        assert "\x1b" not in captured.out + captured.err
        return code, captured.out, captured.err

    return run_it


def logged(*messages: str, offset: int = 0) -> None:
    client = boto3.client("logs", region_name="us-east-1")
    client.create_log_group(logGroupName=GROUP)
    client.create_log_stream(logGroupName=GROUP, logStreamName="run")
    now = int(time.time() * 1000) + offset
    events = [{"timestamp": now, "message": message} for message in messages]
    client.put_log_events(logGroupName=GROUP, logStreamName="run", logEvents=events)


def test_queues_are_a_table_and_one_document(run: Run) -> None:
    make(SETTINGS)
    code, out, _ = run("queues")
    assert (code, len(out.splitlines())) == (0, 2 + 10)
    send(SETTINGS.queues["matching"].dead_letter_name, 1)
    code, out, _ = run("queues")
    assert code == 1
    assert out.splitlines()[2].split() == [
        *("!", "matching", "0", "0", "0", "1", "-"),
        *("dead", "letters:", "1", "->", "docs/runbooks.md#dead-letters"),
    ]
    code, out, _ = run("queues", "--json")
    assert (code, json.loads(out)["queues"][0]["dead"]) == (1, 1)


def test_status_of_an_empty_account_marks_everything(run: Run) -> None:
    code, out, _ = run("status")
    assert code == 1
    assert out.splitlines()[-1] == "21 of 21 parts are not well"
    code, out, _ = run("status", "--json")
    document = json.loads(out)
    assert (code, document["stack"], document["well"]) == (1, "local", False)
    assert {part["kind"] for part in document["parts"]} == {"agent", "bucket", "table", "queue"}


def test_logs_are_lines_and_what_would_move_the_cursor_is_escaped(run: Run) -> None:
    logged("[red]no markup[/]", "two\nlines", "\x1b[2Jgone")
    code, out, err = run("logs", "orchestrator")
    assert (code, err) == (0, "")
    messages = [line.partition(f"{GROUP} ")[2] or line for line in out.splitlines()]
    assert messages == ["[red]no markup[/]", "two", "    lines", "\\x1b[2Jgone"]


def test_logs_as_json_are_one_object_to_a_line(run: Run) -> None:
    logged("a\nb", "c")
    code, out, _ = run("logs", "orchestrator", "--json")
    assert code == 0
    assert [json.loads(line)["message"] for line in out.splitlines()] == ["a\nb", "c"]
    assert set(json.loads(out.splitlines()[0])) == {"time", "group", "stream", "id", "message"}


def test_logs_are_filtered_and_reach_as_far_back_as_is_said(run: Run) -> None:
    logged("ERROR one", "fine", offset=-3_600_000)
    assert run("logs", "orchestrator")[1] == ""
    code, out, _ = run("logs", "orchestrator", "--since", "2h", "--filter", "ERROR")
    assert (code, out.count("\n")) == (0, 1)
    assert out.endswith("ERROR one\n")


def test_following_ends_well_with_an_interrupt(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    logged("before")

    def interrupt(_seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(logs.follow, "__defaults__", (interrupt,))
    code, out, err = run("logs", "orchestrator", "--follow")
    assert (code, err) == (0, "")
    assert out.endswith("before\n")


def test_a_log_group_that_is_not_there_is_said(run: Run) -> None:
    code, out, err = run("logs", "orchestrator")
    assert (code, out) == (0, "")
    assert err.splitlines() == [
        f"tms: there is no log group {GROUP}",
        "tms: nothing was logged in the last 10m",
    ]


def test_a_table_is_masked_unless_it_is_asked_for(run: Run) -> None:
    client = boto3.client("dynamodb", region_name="us-east-1")
    client.create_table(
        TableName="AgentRegistry",
        KeySchema=[{"AttributeName": "agent_id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "agent_id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    client.put_item(TableName="AgentRegistry", Item={"agent_id": {"S": "matching-1"}, "who": {"S": "Ltd"}})
    code, out, err = run("table", "agent-registry")
    assert (code, "mat… (S 10)" in out, "Ltd" in out) == (0, True, False)
    assert "--unmasked" in err
    code, out, err = run("table", "agent-registry", "--unmasked", "--key", "matching-1")
    assert (code, "Ltd (S 3)" in out, err) == (0, True, "")
    assert out.endswith("1 items by query of AgentRegistry\n")
    document = json.loads(run("table", "agent-registry", "--json")[1])
    assert document["items"] == [
        {
            "agent_id": {"type": "S", "length": 10, "shown": "mat…"},
            "who": {"type": "S", "length": 3, "shown": None},
        }
    ]


def test_access_says_who_decides_and_ends_by_it(run: Run) -> None:
    iam = boto3.client("iam")
    role = SETTINGS.agents["orchestrator"].role_name
    iam.create_role(RoleName=role, AssumeRolePolicyDocument="{}")
    allow = {"Sid": "Metrics", "Effect": "Allow", "Action": "cloudwatch:PutMetricData", "Resource": "*"}
    iam.put_role_policy(
        RoleName=role,
        PolicyName="own",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [allow]}),
    )
    code, out, _ = run("access", "orchestrator", "cloudwatch:PutMetricData", "*")
    assert (code, out.splitlines()[1]) == (0, "decided by: statement 'Metrics' of inline policy own")
    code, out, _ = run("access", role, "sqs:ListQueues", "*", "--json")
    assert (code, json.loads(out)["verdict"]) == (1, "not allowed")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("logs", "nobody"), "agent nobody: there is none; the stack has pdf-adapter, "),
        (("logs", "orchestrator", "--since", "soon"), "--since soon: give a number and s, m, h or d"),
        (("table", "nope"), "dynamodb:DescribeTable on table nope: ResourceNotFoundException: "),
        (("table", "bank-trades", "--limit", "0"), "Invalid value for '--limit': Input should be greater"),
        (("access", "nobody", "s3:GetObject", "prefix:bank"), "iam:GetRole on role nobody: NoSuchEntity: "),
        (("access", "a", "s3:GetObject", "*", "--context", "x"), "--context x: give KEY=VALUE"),
        (("queues", "--stack", "nope"), "Pulumi.nope.yaml: there is no such file"),
    ],
)
def test_what_cannot_be_said_ends_in_one_line_and_exit_code_2(
    account: None,  # noqa: ARG001 - it is moto's
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    message: str,
) -> None:
    stack = () if "--stack" in arguments else ("--stack", "local")
    assert tms(monkeypatch, *arguments, *stack) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)
    assert captured.err.startswith(f"tms: {message}")
