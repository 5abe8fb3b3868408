"""May a role do something: by what is attached on the account, and by the resource's own policy."""

import json
from collections.abc import Callable
from typing import Any

import boto3
import pytest

from components.settings import Settings
from components.statements import permissions
from toolkit.aws.calls import AwsError
from toolkit.errors import CommandError
from toolkit.operate.access import Answer, answered, context_of
from toolkit.operate.context import StackAccount
from toolkit.operate.resource_names import resource_of

ACCOUNT = "123456789012"
AGENT = "trade-matching"
QUEUE = f"arn:aws:sqs:us-east-1:{ACCOUNT}:trade-matching-system-matching-events-production"
BUCKET = "arn:aws:s3:::trade-matching-system-agentcore-production"
Ask = Callable[..., Answer]
TABLE = f"arn:aws:dynamodb:us-east-1:{ACCOUNT}:table/BankTradeData"


def statement(sid: str, actions: str, resource: str, effect: str = "Allow", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - IAM's elements
    return {"Sid": sid, "Effect": effect, "Action": actions, "Resource": resource, **more}


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


class Account:
    """A role of an agent, and what it works with."""

    def __init__(self, role: str) -> None:
        self.role = role
        self.iam = boto3.client("iam")
        self.sqs = boto3.client("sqs", region_name="us-east-1")
        self.s3 = boto3.client("s3", region_name="us-east-1")
        self.iam.create_role(RoleName=role, AssumeRolePolicyDocument=document(TRUST))
        self.url = self.sqs.create_queue(QueueName=QUEUE.rpartition(":")[2])["QueueUrl"]
        self.s3.create_bucket(Bucket=BUCKET.rpartition(":")[2])

    def inline(self, name: str, *statements: dict[str, Any]) -> None:
        self.iam.put_role_policy(RoleName=self.role, PolicyName=name, PolicyDocument=document(*statements))

    def managed(self, name: str, *statements: dict[str, Any]) -> str:
        return self.iam.create_policy(PolicyName=name, PolicyDocument=document(*statements))["Policy"]["Arn"]


TRUST = {
    "Sid": "AgentCore",
    "Effect": "Allow",
    "Principal": {"Service": "bedrock-agentcore.amazonaws.com"},
    "Action": "sts:AssumeRole",
}


@pytest.fixture
def live(place: StackAccount, settings: Settings) -> Account:  # noqa: ARG001 - the account is moto's
    return Account(settings.agents[AGENT].role_name)


@pytest.fixture
def asked(place: StackAccount, settings: Settings) -> Ask:
    def ask(action: str, resource: str, role: str = AGENT, **context: str) -> Answer:
        return answered(place, settings, role, action, resource, context)

    return ask


def test_an_inline_statement_that_allows_is_named(live: Account, asked: Ask) -> None:
    live.inline("own", statement("Send", "sqs:SendMessage", QUEUE))
    found = asked("sqs:sendmessage", "queue:matching")
    assert (found.verdict, found.code, found.action) == ("allowed", 0, "sqs:SendMessage")
    assert found.by == "statement 'Send' of inline policy own"
    assert found.change == ""
    by_name = asked("sqs:SendMessage", QUEUE, live.role)
    assert (by_name.role, by_name.resource, by_name.by) == (found.role, found.resource, found.by)


def test_an_attached_policy_counts_in_its_default_version(live: Account, asked: Ask) -> None:
    arn = live.managed("readers", statement("Nothing", "sqs:GetQueueUrl", QUEUE))
    live.iam.attach_role_policy(RoleName=live.role, PolicyArn=arn)
    assert asked("sqs:ReceiveMessage", "queue:matching").verdict == "not allowed"
    live.iam.create_policy_version(
        PolicyArn=arn, PolicyDocument=document(statement("All", "sqs:*", QUEUE)), SetAsDefault=True
    )
    found = asked("sqs:ReceiveMessage", "queue:matching")
    assert (found.verdict, found.by) == ("allowed", f"statement 'All' of policy {arn}")


def test_what_nothing_allows_names_the_closest_and_what_is_missing(live: Account, asked: Ask) -> None:
    live.inline("own", statement("Send", "sqs:SendMessage", QUEUE))
    found = asked("sqs:PurgeQueue", "queue:matching")
    assert (found.verdict, found.code, found.by) == ("not allowed", 1, "nothing")
    assert "the closest, statement 'Send' of inline policy own" in found.reason
    assert found.change.startswith(f"a policy of the role must allow sqs:PurgeQueue on {QUEUE}")


def test_a_boundary_that_does_not_allow_is_what_decides(live: Account, asked: Ask) -> None:
    live.inline("own", statement("All", "sqs:*", "*"))
    arn = live.managed("bound", statement("Reads", "sqs:Get*", "*"))
    live.iam.put_role_permissions_boundary(RoleName=live.role, PermissionsBoundary=arn)
    found = asked("sqs:SendMessage", "queue:matching")
    assert (found.verdict, found.by) == ("not allowed", f"permissions boundary {arn}")
    assert found.change == f"permissions boundary {arn} must allow sqs:SendMessage on {QUEUE} too"
    assert asked("sqs:GetQueueAttributes", "queue:matching").verdict == "allowed"


def test_the_queues_own_policy_denies(live: Account, asked: Ask) -> None:
    live.inline("own", statement("All", "sqs:*", "*"))
    plain = {"Condition": {"Bool": {"aws:SecureTransport": "false"}}}
    no = statement("TlsOnly", "sqs:*", QUEUE, "Deny", Principal="*", **plain)
    live.sqs.set_queue_attributes(QueueUrl=live.url, Attributes={"Policy": document(no)})
    assert asked("sqs:SendMessage", "queue:matching").verdict == "allowed"
    found = asked("sqs:SendMessage", "queue:matching", **{"aws:SecureTransport": "false"})
    assert (found.verdict, found.code) == ("explicitly denied", 1)
    assert found.by == f"statement 'TlsOnly' of the queue policy of {QUEUE.rpartition(':')[2]}"


def test_a_prefix_is_an_object_or_a_listing_by_what_is_asked_for(live: Account, asked: Ask) -> None:
    below = {"StringLike": {"s3:prefix": "BANK/*"}}
    live.inline(
        "own",
        statement("Read", "s3:GetObject", f"{BUCKET}/BANK/*"),
        statement("List", "s3:ListBucket", BUCKET, Condition=below),
    )
    assert asked("s3:GetObject", "prefix:bank").resource == f"{BUCKET}/BANK/any-object"
    assert asked("s3:GetObject", "prefix:bank/2026/1.pdf").resource == f"{BUCKET}/BANK/2026/1.pdf"
    for action, name, verdict in (
        ("s3:GetObject", "bank", "allowed"),
        ("s3:ListBucket", "bank", "allowed"),
        ("s3:GetObject", "counterparty", "not allowed"),
        ("s3:ListBucket", "counterparty", "not allowed"),
    ):
        assert asked(action, f"prefix:{name}").verdict == verdict, (action, name)
    assert asked("s3:ListBucket", "bucket:documents").verdict == "not allowed"


def test_a_bucket_policy_may_depend_on_where_the_call_comes_from(live: Account, asked: Ask) -> None:
    live.inline("own", statement("Read", "s3:GetObject", f"{BUCKET}/*"))
    elsewhere = {"Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}}
    no = statement("ThroughEndpoint", "s3:*", f"{BUCKET}/*", "Deny", Principal="*", **elsewhere)
    live.s3.put_bucket_policy(Bucket=BUCKET.rpartition(":")[2], Policy=document(no))
    assert (asked("s3:GetObject", "prefix:bank").verdict, asked("s3:GetObject", "prefix:bank").code) == (
        "cannot be told",
        2,
    )
    assert asked("s3:GetObject", "prefix:bank", **{"aws:SourceVpce": "vpce-1"}).verdict == "allowed"
    assert asked("s3:GetObject", "prefix:bank", **{"aws:sourcevpce": "vpce-2"}).verdict == "explicitly denied"


def test_a_key_grants_nothing_that_its_own_policy_does_not_delegate(live: Account, asked: Ask) -> None:
    live.inline("own", statement("Use", "kms:Decrypt", "*"))
    kms = boto3.client("kms", region_name="us-east-1")
    root = statement("Root", "kms:*", "*", Principal={"AWS": f"arn:aws:iam::{ACCOUNT}:root"})
    other = statement("Other", "kms:*", "*", Principal={"AWS": f"arn:aws:iam::{ACCOUNT}:role/other"})
    made = [kms.create_key(Policy=document(one))["KeyMetadata"] for one in (root, other)]
    assert asked("kms:Decrypt", made[0]["Arn"]).verdict == "allowed"
    shut = asked("kms:Decrypt", made[1]["Arn"])
    assert (shut.verdict, shut.by) == ("not allowed", f"the key policy of {made[1]['KeyId']}")
    assert shut.change == f"the key policy of {made[1]['KeyId']} must allow it for this role as well"


def test_a_tables_own_policy_is_read_and_may_be_none(live: Account, asked: Ask, place: StackAccount) -> None:
    client = boto3.client("dynamodb", region_name=place.naming.region)
    client.create_table(
        TableName="BankTradeData",
        KeySchema=[{"AttributeName": "k", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "k", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    live.inline("own", statement("Read", "dynamodb:Query", f"{TABLE}*"))
    assert asked("dynamodb:Query", "table:bank-trades").policies == ("inline policy own",)
    no = statement("Shut", "dynamodb:*", f"{TABLE}*", "Deny", Principal="*")
    client.put_resource_policy(ResourceArn=TABLE, Policy=document(no))
    for resource in ("table:bank-trades", f"{TABLE}/index/by-day"):
        found = asked("dynamodb:Query", resource)
        assert (found.verdict, found.by) == (
            "explicitly denied",
            "statement 'Shut' of the table policy of BankTradeData",
        )


def test_a_roles_trust_policy_is_about_taking_it_and_nothing_else(live: Account, asked: Ask) -> None:
    arn = f"arn:aws:iam::{ACCOUNT}:role/{live.role}"
    live.inline("own", statement("Roles", "*", arn))
    assert asked("iam:GetRole", arn).verdict == "allowed"
    assert asked("sts:AssumeRole", arn).verdict == "not allowed"


@pytest.mark.usefixtures("live")
@pytest.mark.parametrize(
    ("action", "resource", "message"),
    [
        ("sqs:Frobnicate", "queue:matching", "action sqs:Frobnicate: AWS has none of that name"),
        ("sqs:*", "queue:matching", "action sqs:*: name one of them"),
        ("*", "queue:matching", "action *: AWS has none of that name"),
        (
            "sqs:SendMessage",
            "queue:nope",
            "resource queue:nope: there is no such queue; the stack has document-upload,",
        ),
        ("sqs:SendMessage", "matching", "resource matching: give an ARN, * or one of queue:NAME,"),
        ("sqs:SendMessage", "arn:aws:sqs", "resource arn:aws:sqs: give an ARN"),
    ],
)
def test_what_names_nothing_is_refused(asked: Ask, action: str, resource: str, message: str) -> None:
    with pytest.raises(CommandError) as told:
        asked(action, resource)
    assert (told.value.exit_code, str(told.value)[: len(message)]) == (2, message)


@pytest.mark.usefixtures("live")
def test_a_role_or_resource_that_is_not_there_is_told_with_the_call(asked: Ask) -> None:
    with pytest.raises(AwsError, match="iam:GetRole on role nobody: NoSuchEntity"):
        asked("sqs:SendMessage", "queue:matching", "nobody")
    with pytest.raises(
        AwsError, match="sqs:GetQueueUrl on queue trade-matching-system-extraction-events-production"
    ):
        asked("sqs:SendMessage", "queue:extraction")


def test_a_role_is_known_by_its_arn_and_by_that_of_its_session(live: Account, asked: Ask) -> None:
    live.inline("own", statement("Send", "sqs:SendMessage", QUEUE))
    arn = f"arn:aws:iam::{ACCOUNT}:role/{live.role}"
    for role in (live.role, arn, f"arn:aws:sts::{ACCOUNT}:assumed-role/{live.role}/trade-matching"):
        found = asked("sqs:SendMessage", QUEUE, role)
        assert (found.role, found.verdict) == (arn, "allowed")


@pytest.mark.usefixtures("live")
@pytest.mark.parametrize(
    ("role", "message"),
    [
        (
            "arn:aws:iam::210987654321:role/{role}",
            "it is of account 210987654321, the stack is in 123456789012",
        ),
        ("arn:aws:sts::210987654321:assumed-role/{role}/s", "it is of account 210987654321, the stack is in"),
        ("arn:aws-cn:iam::123456789012:role/{role}", "it is of account 123456789012"),
        ("arn:aws:iam::123456789012:user/somebody", "give the ARN of a role, its name, or an agent"),
        (
            "arn:aws:iam::123456789012:role/path/{role}",
            "there is none; the role of that name is arn:aws:iam::",
        ),
    ],
)
def test_a_role_that_cannot_be_looked_up_here_is_refused(
    asked: Ask, settings: Settings, role: str, message: str
) -> None:
    given = role.format(role=settings.agents[AGENT].role_name)
    with pytest.raises(CommandError) as told:
        asked("sqs:SendMessage", QUEUE, given)
    assert told.value.exit_code == 2
    assert str(told.value).startswith(f"role {given}: {message}")


def test_what_belongs_to_an_agent_is_named_by_it(place: StackAccount, settings: Settings) -> None:
    regional = f"us-east-1:{ACCOUNT}"
    named = {
        ("bedrock-agentcore:InvokeAgentRuntime", "agent:trade-matching"): (
            f"arn:aws:bedrock-agentcore:{regional}:runtime/trade_matching_ai-any0000000"
        ),
        ("logs:PutLogEvents", "logs:trade-matching"): (
            f"arn:aws:logs:{regional}:log-group:/aws/bedrock/agentcore/trade-matching:log-stream:any-stream"
        ),
        ("ecr:BatchGetImage", "repository:trade-matching"): (
            f"arn:aws:ecr:{regional}:repository/bedrock-agentcore-trade_matching_ai"
        ),
        ("bedrock:InvokeModel", "model:us.amazon.nova-pro-v1:0"): (
            f"arn:aws:bedrock:{regional}:inference-profile/us.amazon.nova-pro-v1:0"
        ),
        ("bedrock:InvokeModel", "model:amazon.nova-pro-v1:0"): (
            "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0"
        ),
    }
    for (action, text), arn in named.items():
        assert resource_of(text, action, settings, place.naming).arn == arn


def test_each_agent_has_what_it_is_granted_of_its_own(place: StackAccount, settings: Settings) -> None:
    """By the documents that the program makes, so that what is spelled here is what is granted there."""
    iam = boto3.client("iam")
    name = settings.agents["orchestrator"].role_name
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=document(TRUST))
    text = permissions("orchestrator", settings, place.naming)
    iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=text)
    for action, resource, verdict in (
        ("bedrock-agentcore:InvokeAgentRuntime", "agent:trade-matching", "allowed"),
        ("bedrock-agentcore:InvokeAgentRuntime", "agent:orchestrator", "not allowed"),
        ("logs:PutLogEvents", "logs:orchestrator", "allowed"),
        ("logs:PutLogEvents", "logs:trade-matching", "not allowed"),
        ("ecr:BatchGetImage", "repository:orchestrator", "allowed"),
        ("bedrock:InvokeModel", "model:us.amazon.nova-pro-v1:0", "not allowed"),
        ("bedrock:InvokeModel", "model:us.anthropic.claude-3-5-sonnet-20241022-v2:0", "allowed"),
    ):
        found = answered(place, settings, "orchestrator", action, resource, {})
        assert found.verdict == verdict, (action, resource)


def test_context_is_a_key_and_a_value() -> None:
    assert context_of(["s3:prefix=BANK/", "aws:PrincipalTag/a=b=c"]) == {
        "s3:prefix": "BANK/",
        "aws:PrincipalTag/a": "b=c",
    }
    for wrong in ("s3:prefix", "prefix=x", "=x"):
        with pytest.raises(CommandError, match="give KEY=VALUE"):
            context_of([wrong])
