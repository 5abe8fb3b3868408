"""The roles tried with real calls: moto enforces their policies on the stack that the engine brought up.

moto enforces IAM once it is told to (docs.getmoto.org, "IAM-like Access Control"). It looks at a role's policies,
and knows the object of an S3 call and the queue of an SQS call. It does not know `s3:prefix`, and takes every
DynamoDB call to be on `*`, so that a statement about one table denies that very table: there roles are tried
whose statements about tables are about `*`, and what is confirmed is actions.
"""

import json
import urllib.request
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any
from uuid import uuid4

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from components.grants import GRANTS
from components.matrix import matrix
from components.settings import Settings, read
from tests.support.engine import ROOT, Engine
from tests.support.permissions import Thing, granted, needs, things
from tests.support.stackfile import ACCOUNT
from tests.support.tally import Counts
from toolkit.permissions.reference import TRIED, UNTRIED

pytestmark = pytest.mark.engine
Client = Any
Call = Callable[[], object]
NOBODY = {"AccessKeyId": "person", "SecretAccessKey": "person", "SessionToken": None}
NEVER, AT_ONCE = "inf", "0"
FORBIDDEN = 403
SETTINGS = read("local", ROOT)


class Aws:
    """The fake account: clients for anybody, and whether policies are enforced."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"

    def client(self, service: str, credentials: dict[str, Any] = NOBODY) -> Client:
        return boto3.client(
            service,  # pyright: ignore[reportArgumentType,reportCallIssue]
            endpoint_url=self.url,
            region_name="us-east-1",
            aws_access_key_id=credentials["AccessKeyId"],
            aws_secret_access_key=credentials["SecretAccessKey"],
            aws_session_token=credentials["SessionToken"],
            config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}),
        )

    def session(self, role: str) -> dict[str, Any]:
        arn = f"arn:aws:iam::{ACCOUNT}:role/{role}"
        return self.client("sts").assume_role(RoleArn=arn, RoleSessionName="tried")["Credentials"]

    def url_of(self, queue: str) -> str:
        return f"{self.url}/{ACCOUNT}/{queue}"

    def enforce(self, after: str) -> None:
        request = urllib.request.Request(  # noqa: S310 - loopback
            f"{self.url}/moto-api/reset-auth",
            data=after.encode(),
            headers={"Content-Type": "text/plain"},
            method="POST",
        )
        urllib.request.urlopen(request, timeout=30).close()  # noqa: S310 - loopback

    @contextmanager
    def enforcing(self) -> Generator[None]:
        self.enforce(AT_ONCE)
        try:
            yield
        finally:
            self.enforce(NEVER)


@pytest.fixture(scope="module")
def aws(running: Engine) -> Aws:
    record = json.loads(Path(running.environment["EMBEDDED_HOME"], "server.json").read_text())
    return Aws(record["port"])


def denied(call: Call) -> bool:
    """Make a call and say whether it was denied; any other failure is one of the test."""
    try:
        call()
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] != FORBIDDEN or "AccessDenied" not in str(
            error
        ):
            raise
        return True
    return False


def of_s3(s3: Client, thing: Thing) -> dict[str, Call]:
    bucket, _, key = thing.arn.removeprefix("arn:aws:s3:::").partition("/")
    if not key:
        return {"s3:ListBucket": lambda: s3.list_objects_v2(Bucket=bucket, **_prefix(thing))}
    return {
        "s3:GetObject": lambda: s3.get_object(Bucket=bucket, Key=key),
        "s3:PutObject": lambda: s3.put_object(Bucket=bucket, Key=key, Body=b"{}"),
        "s3:DeleteObject": lambda: s3.delete_object(Bucket=bucket, Key=key),
    }


def _prefix(thing: Thing) -> dict[str, str]:
    return {"Prefix": thing.context["s3:prefix"]} if thing.context else {}


def of_sqs(aws: Aws, sqs: Client, thing: Thing, receipt: str) -> dict[str, Call]:
    name = thing.arn.rpartition(":")[2]
    url = aws.url_of(name)
    return {
        "sqs:ReceiveMessage": lambda: sqs.receive_message(QueueUrl=url, WaitTimeSeconds=0),
        "sqs:GetQueueAttributes": lambda: sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"]),
        "sqs:DeleteMessage": lambda: sqs.delete_message(QueueUrl=url, ReceiptHandle=receipt),
        "sqs:SendMessage": lambda: send(sqs, url),
        "sqs:PurgeQueue": lambda: sqs.purge_queue(QueueUrl=url),
    }


def send(sqs: Client, url: str) -> None:
    anew = str(
        uuid4()
    )  # a FIFO queue delivers neither a message that it had, nor the next of a group in flight
    sqs.send_message(QueueUrl=url, MessageBody=anew, **({"MessageGroupId": anew} if ".fifo" in url else {}))


def receipt_of(aws: Aws, queue: str) -> str:
    """Put a message into a queue, take it out, and give what deletes it."""
    sqs, url = aws.client("sqs"), aws.url_of(queue)
    send(sqs, url)
    (message,) = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=0)["Messages"]
    return message["ReceiptHandle"]


def of_dynamodb(dynamodb: Client, settings: Settings, target: str) -> dict[str, Call]:
    table = settings.tables[target]
    keys = [one for one in (table.hash_key, table.range_key) if one]
    item = {one.name: {"S": "x"} for one in keys}
    name = table.name
    change = {"UpdateExpression": "SET seen = :v", "ExpressionAttributeValues": {":v": {"S": "y"}}}
    asked: dict[str, Any] = {
        "KeyConditionExpression": "#k = :k",
        "ExpressionAttributeNames": {"#k": table.hash_key.name},
        "ExpressionAttributeValues": {":k": {"S": "x"}},
    }
    return {
        "dynamodb:PutItem": lambda: dynamodb.put_item(TableName=name, Item=item),
        "dynamodb:GetItem": lambda: dynamodb.get_item(TableName=name, Key=item),
        "dynamodb:UpdateItem": lambda: dynamodb.update_item(TableName=name, Key=item, **change),
        "dynamodb:Query": lambda: dynamodb.query(TableName=name, **asked),
        "dynamodb:Scan": lambda: dynamodb.scan(TableName=name),
        "dynamodb:DescribeTable": lambda: dynamodb.describe_table(TableName=name),
        "dynamodb:DeleteItem": lambda: dynamodb.delete_item(TableName=name, Key=item),
    }


STORES = [one for one in things(SETTINGS) if one.kind in ("prefix", "queue", "dead-letter")]
BUCKETS = list({one.arn: one for one in things(SETTINGS) if one.kind == "listing"}.values())


@pytest.fixture(scope="module")
def filled(aws: Aws) -> Iterator[Aws]:
    """Give an AWS with an object below each prefix; what is in buckets and queues is gone afterwards."""
    s3, sqs, bucket = aws.client("s3"), aws.client("sqs"), SETTINGS.documents.name
    for one in STORES:
        if one.kind == "prefix":
            of_s3(s3, one)["s3:PutObject"]()
    yield aws
    for one in s3.list_object_versions(Bucket=bucket).get("Versions", []):
        s3.delete_object(Bucket=bucket, Key=one["Key"], VersionId=one["VersionId"])
    for one in STORES:
        if one.kind != "prefix":
            sqs.purge_queue(QueueUrl=aws.url_of(one.arn.rpartition(":")[2]))


def expected_of(agent: str, action: str, thing: Thing) -> bool:
    """Say what moto must answer: as granted, but for the listing, of which it does not know the prefix."""
    if thing.kind != "listing":
        return granted(agent, action, thing, SETTINGS)
    ours = thing.arn == f"arn:aws:s3:::{SETTINGS.documents.name}"
    return ours and any(need.kind == "prefix" for need in needs(agent, SETTINGS))


@pytest.mark.parametrize("agent", GRANTS)
def test_calls_to_buckets_and_queues_are_answered_as_granted(filled: Aws, agent: str, tally: Counts) -> None:
    mine = filled.session(SETTINGS.agents[agent].role_name)
    s3, sqs = filled.client("s3", mine), filled.client("sqs", mine)
    calls: list[tuple[str, Thing, Call]] = []
    for thing in (*STORES, *BUCKETS):
        if thing.kind in ("prefix", "listing"):
            found = of_s3(s3, thing)
        else:
            deletes = granted(agent, "sqs:DeleteMessage", thing, SETTINGS)
            receipt = receipt_of(filled, thing.arn.rpartition(":")[2]) if deletes else "none"
            found = of_sqs(filled, sqs, thing, receipt)
        calls += [(action, thing, call) for action, call in found.items()]
    with filled.enforcing():
        for action, thing, call in calls:
            refused = denied(call)
            assert refused is not expected_of(agent, action, thing), (action, thing)
            tally["moto, S3 and SQS", agent, "denied" if refused else "allowed"] += 1
    assert len(calls) == 5 * 3 + 20 * 5 + 2


def actions_only(document: str) -> str:
    """Give a policy document whose statements about tables are about `*`."""
    content = json.loads(document)
    for statement in content["Statement"]:
        if all(":dynamodb:" in one for one in statement["Resource"]):
            statement["Resource"] = ["*"]
    return json.dumps(content)


@pytest.fixture
def widened(aws: Aws) -> Iterator[dict[str, str]]:
    """Give a role for each agent that has its actions on every table, by agent."""
    iam = aws.client("iam")
    made: dict[str, str] = {}
    for agent, own in SETTINGS.agents.items():
        held = iam.get_role_policy(RoleName=own.role_name, PolicyName=f"{agent}-permissions")[
            "PolicyDocument"
        ]
        trust = iam.get_role(RoleName=own.role_name)["Role"]["AssumeRolePolicyDocument"]
        made[agent] = f"{agent}-on-every-table"
        iam.create_role(RoleName=made[agent], AssumeRolePolicyDocument=json.dumps(trust))
        document = actions_only(json.dumps(held))
        iam.put_role_policy(RoleName=made[agent], PolicyName="tried", PolicyDocument=document)
    yield made
    for role in made.values():
        iam.delete_role_policy(RoleName=role, PolicyName="tried")
        iam.delete_role(RoleName=role)
    for target in SETTINGS.tables:
        of_dynamodb(aws.client("dynamodb"), SETTINGS, target)["dynamodb:DeleteItem"]()


def test_calls_to_tables_are_answered_by_their_actions_as_granted(
    aws: Aws, widened: dict[str, str], tally: Counts
) -> None:
    sessions = {agent: aws.session(role) for agent, role in widened.items()}
    with aws.enforcing():
        for agent, target in product(GRANTS, SETTINGS.tables):
            calls = of_dynamodb(aws.client("dynamodb", sessions[agent]), SETTINGS, target)
            has = {
                action for need in needs(agent, SETTINGS) if need.kind == "table" for action in need.actions
            }
            for action, call in calls.items():
                refused = denied(call)
                assert refused is (action not in has), (agent, action)
                tally["moto, DynamoDB by actions only", agent, "denied" if refused else "allowed"] += 1


def test_the_page_says_of_which_cells_real_calls_were_made() -> None:
    kinds = {one.kind for one in (*STORES, *BUCKETS)} - {"dead-letter"} | {"table"}
    assert set(TRIED) == kinds
    assert not set(UNTRIED) & kinds
    assert {cell.kind for cell in matrix(SETTINGS)} <= {*TRIED, *UNTRIED}
