"""Status: each part by itself, and what is not well first, with what to do."""

import json
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from components.settings import Settings
from components.settings.models import Model
from tests.support.queues import make, send
from toolkit.aws.calls import AwsError
from toolkit.errors import IDENTITY
from toolkit.operate import status
from toolkit.operate.context import StackAccount
from toolkit.operate.problem import Problem
from toolkit.operate.status import Row

TRUST = json.dumps({"Version": "2012-10-17", "Statement": []})
READ = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}]}
)
REGION = "us-east-1"


def client(service: str) -> Any:  # noqa: ANN401 - boto3 makes clients at run time
    return boto3.client(service, region_name=REGION)  # pyright: ignore[reportArgumentType,reportCallIssue]


def runtime(settings: Settings, agent: str, role: str | None = None) -> str:
    """Make the runtime of an agent, and give its id."""
    account = settings.account
    made = client("bedrock-agentcore-control").create_agent_runtime(
        agentRuntimeName=settings.agents[agent].runtime_name,
        agentRuntimeArtifact={
            "containerConfiguration": {"containerUri": f"{account}.dkr.ecr/x@sha256:{'a' * 64}"}
        },
        roleArn=f"arn:aws:iam::{account}:role/{role or settings.agents[agent].role_name}",
        networkConfiguration={"networkMode": "PUBLIC"},
    )
    return str(made["agentRuntimeId"])


@pytest.fixture
def well(place: StackAccount, settings: Settings) -> dict[str, str]:  # noqa: ARG001 - the account is moto's
    """Make a system that is well; give the ids of runtimes by agent."""
    make(settings)
    client("s3").create_bucket(Bucket=settings.documents.name)
    versioned(settings, "Enabled")
    for table in settings.tables.values():
        client("dynamodb").create_table(
            TableName=table.name,
            KeySchema=[{"AttributeName": table.hash_key.name, "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": table.hash_key.name, "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
    for agent in settings.agents.values():
        client("iam").create_role(RoleName=agent.role_name, AssumeRolePolicyDocument=TRUST)
        client("iam").put_role_policy(RoleName=agent.role_name, PolicyName="own", PolicyDocument=READ)
        client("logs").create_log_group(logGroupName=agent.log_group)
    return {agent: runtime(settings, agent) for agent in settings.agents}


def versioned(settings: Settings, state: str) -> None:
    client("s3").put_bucket_versioning(
        Bucket=settings.documents.name, VersioningConfiguration={"Status": state}
    )


def told(rows: list[Row]) -> dict[str, list[str]]:
    return {f"{row.kind} {row.name}": [one.said for one in row.problems] for row in rows if row.problems}


def test_a_system_that_is_well_has_no_problem(
    place: StackAccount, settings: Settings, well: dict[str, str]
) -> None:
    rows = status.survey(place, settings)
    assert told(rows) == {}
    assert len(rows) == 5 + 1 + 5 + 10
    agent = next(row for row in rows if row.name == "trade-matching")
    assert agent.facts["runtime_id"] == well["trade-matching"]
    assert (agent.state, agent.facts["inline"], agent.facts["last_log_event"]) == ("READY", ["own"], None)


@pytest.mark.usefixtures("well")
def test_what_is_not_well_is_first_and_says_what_to_do(place: StackAccount, settings: Settings) -> None:
    versioned(settings, "Suspended")
    client("dynamodb").delete_table(TableName="BankTradeData")
    client("logs").delete_log_group(logGroupName=settings.agents["orchestrator"].log_group)
    name = settings.agents["trade-matching"].role_name
    client("iam").delete_role_policy(RoleName=name, PolicyName="own")
    send(settings.queues["matching"].dead_letter_name, 1)
    rows = status.survey(place, settings)
    assert told(rows) == {
        "agent trade-matching": [f"role {name} has no policy"],
        "agent orchestrator": ["there is no log group /aws/bedrock/agentcore/orchestrator"],
        "bucket documents": ["versioning is Suspended"],
        "table bank-trades": ["it does not exist"],
        "queue matching": ["dead letters: 1"],
    }
    assert [bool(row.problems) for row in rows] == [True] * 5 + [False] * 16
    assert all(one.step for row in rows for one in row.problems)


def test_a_runtime_that_is_gone_or_runs_as_somebody_else_is_told(
    place: StackAccount, settings: Settings, well: dict[str, str]
) -> None:
    control = client("bedrock-agentcore-control")
    for agent in ("trade-matching", "orchestrator"):
        control.delete_agent_runtime(agentRuntimeId=well[agent])
    runtime(settings, "orchestrator", role="somebody")
    ours = settings.agents["orchestrator"].role_name
    assert told(status.survey(place, settings)) == {
        "agent trade-matching": ["there is no runtime trade_matching_ai"],
        "agent orchestrator": [f"it runs as somebody, not as {ours}"],
    }


def refusing(place: StackAccount, code: str, *operations: str) -> None:
    """Let AWS answer some operations, as `sqs:GetQueueAttributes`, with an error."""

    def refuse(model: Any, **_rest: object) -> None:  # noqa: ANN401 - botocore's operation model
        raise ClientError({"Error": {"Code": code, "Message": "not for you"}}, model.name)

    for one in operations:
        service, operation = one.split(":")
        events = place.account.client(service).meta.events
        hyphenated = place.account.client(service).meta.service_model.service_id.hyphenize()
        events.register(f"before-call.{hyphenated}.{operation}", refuse)


@pytest.mark.usefixtures("well")
def test_what_aws_does_not_say_of_one_part_is_the_problem_of_that_part(
    place: StackAccount, settings: Settings
) -> None:
    refusing(place, "403", "s3:HeadBucket")
    refusing(
        place,
        "AccessDeniedException",
        "bedrock-agentcore-control:ListAgentRuntimes",
        "cloudwatch:GetMetricData",
    )
    rows = status.survey(place, settings)
    wrong = [row for row in rows if row.problems]
    assert {row.kind for row in wrong} == {"agent", "bucket", "queue"}
    assert {row.state for row in wrong} == {"unknown"}
    steps = {row.kind: row.problems[0] for row in wrong}
    name = settings.documents.name
    assert steps["bucket"].said == f"s3:HeadBucket on bucket {name}: 403: not for you"
    assert steps["bucket"].step.startswith(
        "let who calls have s3:ListBucket, as toolkit/operate/read-only-policy.json"
    )
    assert steps["agent"].said.startswith(
        "bedrock-agentcore:ListAgentRuntimes on the agents' runtimes: Access"
    )


@pytest.mark.usefixtures("well")
def test_credentials_that_expire_end_it(place: StackAccount, settings: Settings) -> None:
    refusing(place, "ExpiredTokenException", "dynamodb:DescribeTable")
    with pytest.raises(AwsError, match="sign in again") as ended:
        status.survey(place, settings)
    assert ended.value.exit_code == IDENTITY


def answering(place: StackAccount, operation: str, answer: dict[str, Any]) -> None:
    """Let Bedrock answer an operation with something else than the embedded one does."""
    events = place.account.client("bedrock").meta.events

    def answered(**_request: object) -> tuple[Any, dict[str, Any]]:
        return type("Http", (), {"status_code": 200})(), answer

    events.register(f"before-call.bedrock.{operation}", answered)


CLAUDE = "anthropic.claude-3-5-sonnet-20241022-v2:0"
STEP = "choose one that is offered (docs/agents.md#models)"


@pytest.mark.usefixtures("well")
def test_an_agent_is_told_with_the_models_that_it_invokes(place: StackAccount, settings: Settings) -> None:
    made: list[str] = []
    events = place.account.client("bedrock").meta.events

    def note(model: Any, **_rest: object) -> None:  # noqa: ANN401 - botocore's operation model
        made.append(model.name)

    events.register("before-call.bedrock", note)
    rows = {row.name: row for row in status.survey(place, settings)}
    assert rows["trade-matching"].facts["models"] == {f"us.{CLAUDE}": {"state": "ACTIVE", "ends": None}}
    assert sorted(made) == ["GetFoundationModel"] * 2 + ["GetInferenceProfile"] * 2  # five agents, two models


@pytest.mark.usefixtures("well")
def test_a_model_that_ends_is_a_problem_of_its_agents_with_the_day(
    place: StackAccount, settings: Settings
) -> None:
    lifecycle = {"status": "LEGACY", "endOfLifeTime": datetime(2027, 3, 1, tzinfo=UTC)}
    answering(place, "GetFoundationModel", {"modelDetails": {"modelLifecycle": lifecycle}})
    row = next(row for row in status.survey(place, settings) if row.name == "orchestrator")
    said = f"model {CLAUDE} is LEGACY: Bedrock offers it until 2027-03-01 to those who use it"
    assert (row.state, row.problems) == ("READY", (Problem(said, STEP),))


@pytest.mark.usefixtures("well")
def test_a_model_or_profile_that_the_region_does_not_have_is_told(
    place: StackAccount, settings: Settings
) -> None:
    agents = dict(settings.agents)
    gone, elsewhere = Model(id="anthropic.claude-v2:9"), Model(id="amazon.nova-pro-v1:0", profile="global")
    agents["trade-matching"] = agents["trade-matching"].model_copy(update={"models": [gone]})
    agents["pdf-adapter"] = agents["pdf-adapter"].model_copy(update={"models": [elsewhere]})
    rows = status.survey(place, settings.model_copy(update={"agents": agents}))
    assert told(rows) == {
        "agent trade-matching": [
            "us-east-1 has no model anthropic.claude-v2:9: the id is wrong, or the model at the end of its life"
        ],
        "agent pdf-adapter": ["us-east-1 has no inference profile global.amazon.nova-pro-v1:0"],
    }


@pytest.mark.usefixtures("well")
def test_a_bedrock_that_does_not_say_leaves_the_rest_of_an_agent_known(
    place: StackAccount, settings: Settings
) -> None:
    refusing(place, "AccessDeniedException", "bedrock:GetFoundationModel")
    wrong = [row for row in status.survey(place, settings) if row.problems]
    assert [(row.kind, row.state) for row in wrong] == [("agent", "READY")] * 5
    assert [*wrong[0].facts["models"].values()] == [{"state": "unknown", "ends": None}]
    assert wrong[0].problems[0].step.startswith("let who calls have bedrock:GetFoundationModel")
