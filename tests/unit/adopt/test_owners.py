"""Who else manages a live resource, by its tags and by other stacks."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.unit.adopt.test_resolver import target
from toolkit.adopt.model import Found, Plan
from toolkit.adopt.owners import Owners, tagged
from toolkit.aws.account import Account
from toolkit.aws.location import Location
from toolkit.engine.stack import Engine
from toolkit.errors import CommandError

TABLE, QUEUE = "aws:dynamodb/table:Table", "aws:sqs/queue:Queue"
ARN = "arn:aws:dynamodb:us-east-1:123456789012"
TAKE = "take it out there first, then give its id in the mapping"


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"aws:cloudformation:stack-name": "old"}, "CloudFormation stack old owns it"),
        ({"ManagedBy": "Terraform"}, "its tag ManagedBy=Terraform says that Terraform manages it"),
        ({"managed-by": "opentofu"}, "its tag managed-by=opentofu says"),
        ({"terraform": "true"}, "says that Terraform manages it"),
        ({"ManagedBy": "pulumi", "terraform": "false"}, ""),
        (None, ""),
    ],
)
def test_tags_name_the_tool(tags: Mapping[str, str] | None, expected: str) -> None:
    owner = tagged({"tags": tags})
    assert owner.startswith(expected) if expected.startswith(("Cloud", "its")) else expected in owner
    assert bool(owner) == bool(expected)


class Others(Engine):
    """A backend with a stack that cannot be read."""

    def __init__(self, *resources: dict[str, Any]) -> None:
        super().__init__("prod", Path())
        self.held = resources

    def export(self, stack: str = "") -> dict[str, Any]:
        if stack == "secret":
            raise CommandError(2, "the state of secret cannot be read: no key")
        return {"deployment": {"resources": list(self.held)}}


LOCATION = Location("123456789012", "us-east-1")
PROVIDER = "urn:pulumi:dev::p::pulumi:providers:aws::default"


def provider(region: str | None = "us-east-1", **inputs: object) -> dict[str, Any]:
    location = {"region": region} if region else {}
    return {"type": "pulumi:providers:aws", "urn": PROVIDER, "id": "1", "inputs": {**location, **inputs}}


def held(token: str, identity: str, **outputs: str) -> dict[str, Any]:
    return {
        "type": token,
        "urn": f"urn:pulumi:dev::p::{token}::it",
        "id": identity,
        "custom": True,
        "provider": f"{PROVIDER}::1",
        "outputs": outputs,
    }


class Tagged(Account):
    def __init__(self, tagged_ones: Mapping[str, tuple[str, str]]) -> None:
        super().__init__("us-east-1")
        self.tagged_ones = tagged_ones

    def pages(self, service: str, operation: str, **_arguments: object) -> Iterator[Mapping[str, Any]]:
        assert (service, operation) == ("resourcegroupstaggingapi", "get_resources")
        yield {
            "ResourceTagMappingList": [
                {"ResourceARN": arn, "Tags": [{"Key": key, "Value": value}]}
                for arn, (key, value) in self.tagged_ones.items()
            ]
        }


FORMED = ("aws:cloudformation:stack-name", "old")


def claims(*resources: dict[str, Any], tags: Mapping[str, tuple[str, str]] | None = None) -> Owners:
    owners = Owners(LOCATION)
    owners.ask_tags(Tagged(tags or {}), [])
    owners.ask_stacks(Others(*resources), ["dev"], [])
    return owners


def test_other_stacks_and_cloudformation_own_what_they_have() -> None:
    resources = [Found(target(TABLE, {}, name), id=name) for name in ("Trades", "Status", "Free")]
    warnings: list[str] = []
    owners = Owners(LOCATION)
    owners.ask_tags(Tagged({f"{ARN}:table/Status": FORMED}), warnings)
    table = held(TABLE, "Trades", arn=f"{ARN}:table/Trades")
    owners.ask_stacks(Others(provider(), table), ["dev", "secret"], warnings)
    reasons = owners.elsewhere(resources)
    assert reasons.keys() == {"Trades", "Status"}
    assert owners.of("aws:sns/topic:Topic", "arn:aws:sns:us-east-1:123456789012:Status") == ("", "")
    assert reasons["Trades"] == f"the state of stack dev has it; {TAKE}"
    assert reasons["Status"] == f"CloudFormation stack old owns it; {TAKE}"
    assert warnings == ["what another stack owns is not known: the state of secret cannot be read: no key"]


def url(region: str = "us-east-1", account: str = "123456789012") -> str:
    return f"https://sqs.{region}.amazonaws.com/{account}/a"


OWN = "arn:aws:iam::123456789012:policy/desk/a"
ROLE, FILTER = "aws:iam/role:Role", "aws:cloudwatch/logMetricFilter:LogMetricFilter"
POLICY = "aws:sqs/queuePolicy:QueuePolicy"


@pytest.mark.parametrize(
    ("token", "identity", "theirs", "same"),
    [
        (QUEUE, url(), held(QUEUE, url()), True),
        (QUEUE, url(), held(QUEUE, "https://us-east-1.queue.amazonaws.com/123456789012/a"), True),
        (QUEUE, url(), held(QUEUE, "https://queue.amazonaws.com/123456789012/a"), True),
        (QUEUE, url(), held(QUEUE, url("eu-west-1")), False),
        (QUEUE, url(), held(QUEUE, url(account="210987654321")), False),
        (POLICY, url(), held(POLICY, url("eu-west-1")), False),
        (TABLE, "a", held(TABLE, "a", arn="arn:aws:dynamodb:us-east-1:123456789012:table/a"), True),
        (TABLE, "a", held(TABLE, "a", arn="arn:aws:dynamodb:eu-west-1:123456789012:table/a"), False),
        (TABLE, "a", held(TABLE, "a", arn="arn:aws:dynamodb:us-east-1:210987654321:table/a"), False),
        (FILTER, "g:a", held(FILTER, "g:a", region="eu-west-1"), False),
        (ROLE, "a", held(ROLE, "a", arn="arn:aws:iam::123456789012:role/a"), True),
        (ROLE, "a", held(ROLE, "a", arn="arn:aws:iam::210987654321:role/a"), False),
        # a name of S3 is one for all, whatever region the provider has
        ("aws:s3/bucket:Bucket", "a", held("aws:s3/bucket:Bucket", "a", region="eu-west-1"), True),
        ("aws:sns/topic:Topic", "arn:aws:sns:us-east-1:123456789012:a", None, False),
    ],
)
def test_an_equal_name_in_another_account_or_region_is_another_resource(
    token: str, identity: str, theirs: dict[str, Any] | None, *, same: bool
) -> None:
    topic = held("aws:sns/topic:Topic", "arn:aws:sns:eu-west-1:123456789012:a")
    owners = claims(provider(allowedAccountIds='["123456789012"]'), theirs or topic)
    assert owners.of(token, identity) == (("the state of stack dev has it", TAKE) if same else ("", ""))


@pytest.mark.parametrize(
    ("aws_provider", "beside", "expected"),
    [
        (provider(allowedAccountIds='["210987654321"]'), [], ""),
        (provider(), [held(ROLE, "b", arn="arn:aws:iam::210987654321:role/b")], ""),
        (provider("eu-west-1"), [], ""),
        (
            provider(None),
            [held(TABLE, "b", arn="arn:aws:dynamodb:us-east-1:123456789012:table/b")],
            "the state of stack dev has it",
        ),
        (provider(), [], "the state of stack dev has one of this id, in an account or region that it does"),
    ],
)
def test_what_has_no_arn_is_where_its_provider_reads(
    aws_provider: dict[str, Any], beside: list[dict[str, Any]], expected: str
) -> None:
    owner, step = claims(aws_provider, held(FILTER, "g:a"), *beside).of(FILTER, "g:a")
    assert owner.startswith(expected)
    assert bool(owner) == bool(expected)
    assert bool(step) == (owner == "the state of stack dev has it")


def test_what_is_declared_for_another_region_is_compared_there() -> None:
    table = held(TABLE, "a", arn="arn:aws:dynamodb:eu-west-1:123456789012:table/a")
    owners = claims(provider(), table, tags={f"{ARN}:table/a": FORMED})
    assert owners.of(TABLE, "a", "eu-west-1") == ("the state of stack dev has it", TAKE)
    assert owners.of(TABLE, "a") == ("CloudFormation stack old owns it", TAKE)


@pytest.mark.parametrize(
    ("token", "identity", "arn"),
    [
        ("aws:ecr/repository:Repository", "agents/one", "arn:aws:ecr:us-east-1:1:repository/agents/one"),
        ("aws:cloudwatch/logGroup:LogGroup", "/desk/a", "arn:aws:logs:us-east-1:1:log-group:/desk/a:*"),
        ("aws:ssm/parameter:Parameter", "/desk/a", "arn:aws:ssm:us-east-1:1:parameter/desk/a"),
        (QUEUE, url(), "arn:aws:sqs:us-east-1:1:a"),
        (ROLE, "a", "arn:aws:iam::1:role/desk/a"),
        ("aws:iam/policy:Policy", OWN, OWN),
        ("aws:budgets/budget:Budget", "1:monthly", "arn:aws:budgets::1:budget/monthly"),
        ("aws:apigatewayv2/api:Api", "abc", "arn:aws:apigateway:us-east-1::/apis/abc"),
        ("aws:bedrock/guardrail:Guardrail", "g1,DRAFT", "arn:aws:bedrock:us-east-1:1:guardrail/g1"),
        ("aws:cloudwatch/metricAlarm:MetricAlarm", "late", "arn:aws:cloudwatch:us-east-1:1:alarm:late"),
        ("aws:s3/bucket:Bucket", "documents", "arn:aws:s3:::documents"),
    ],
)
def test_tags_are_read_off_each_form_of_arn(token: str, identity: str, arn: str) -> None:
    owners = claims(tags={arn: ("ManagedBy", "terraform")})
    assert owners.of(token, identity)[0] == "its tag ManagedBy=terraform says that terraform manages it"


@pytest.mark.parametrize(
    ("token", "identity", "arn"),
    [
        ("aws:cloudwatch/metricAlarm:MetricAlarm", "a", "arn:aws:logs:us-east-1:1:log-group:a"),
        (ROLE, "a", "arn:aws:iam::1:policy/a"),
        ("aws:ecr/repository:Repository", "one", "arn:aws:ecr:us-east-1:1:repository/agents/one"),
    ],
)
def test_a_tag_says_nothing_of_another_kind_with_the_same_name(token: str, identity: str, arn: str) -> None:
    assert claims(tags={arn: FORMED}).of(token, identity) == ("", "")


def test_what_nothing_declares_is_told_with_its_owner() -> None:
    client = "aws:cognito/userPoolClient:UserPoolClient"
    inside = held(client, "c1", userPoolId="us-east-1_a")  # the state has the client's own id only
    plan = Plan(
        unmanaged=[(QUEUE, "a"), (TABLE, "Status"), (TABLE, "Free"), (client, "us-east-1_a/c1")],
        ids={(QUEUE, "a"): url()},
    )
    region = provider(allowedAccountIds='["123456789012"]')
    claims(region, held(QUEUE, url()), inside, tags={f"{ARN}:table/Status": FORMED}).tell(plan)
    assert plan.owners == {
        (QUEUE, "a"): "the state of stack dev has it",
        (TABLE, "Status"): "CloudFormation stack old owns it",
        (client, "us-east-1_a/c1"): "the state of stack dev has it",
    }


def test_what_is_ours_in_spite_of_a_tag_is_still_what_another_stack_or_cloudformation_has() -> None:
    copied = ("ManagedBy", "terraform")
    tags = {f"{ARN}:table/a": copied, f"{ARN}:table/b": copied, f"{ARN}:table/c": FORMED}
    owners = claims(provider(), held(TABLE, "b", arn=f"{ARN}:table/b"), tags=tags)
    resources = [Found(target(TABLE, {}, name), id=name) for name in ("a", "b", "c")]
    assert "if the tag is wrong, say ours" in owners.elsewhere(resources)["a"]
    reasons = owners.elsewhere(resources, {resource.target.urn for resource in resources})
    assert reasons == {
        "b": f"the state of stack dev has it; {TAKE}",
        "c": f"CloudFormation stack old owns it; {TAKE}",
    }
