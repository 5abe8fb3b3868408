"""Import ids: derived from what is declared, then from dependencies, and never guessed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from toolkit.adopt.model import Found, Target
from toolkit.adopt.resolver import Resolver
from toolkit.aws.account import UnreadableError
from toolkit.aws.location import Location
from toolkit.aws.types import LISTING_BY_TYPE
from toolkit.aws.types.listing import Listing, Row
from toolkit.engine.values import UNKNOWN

LOCATION = Location("123456789012", "us-east-1")
QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/trades.fifo"


def target(token: str, inputs: dict[str, Any], name: str = "it", **uses: tuple[str, ...]) -> Target:
    return Target(
        urn=f"urn:pulumi:s::p::{token}::{name}",
        type=token,
        name=name,
        inputs=inputs,
        uses=uses,
        component=False,
        protect=False,
        retained=False,
        entry={"name": name, "type": token, "version": "7.0.0"},
    )


def derive(targets: list[Target], live: dict[str, list[Row]] | None = None) -> list[Found]:
    """Resolve against live resources by type; a type that is not there cannot be listed."""

    def rows(listing: Listing, _within: Mapping[str, str]) -> list[Row]:
        if listing.type not in (live or {}):
            raise UnreadableError(f"{listing.action} is refused (AccessDenied)")
        return (live or {})[listing.type]

    return Resolver(targets, LOCATION, rows).resolve({})


@pytest.mark.parametrize(
    ("token", "inputs", "expected"),
    [
        ("aws:dynamodb/table:Table", {"name": "BankTradeData"}, "BankTradeData"),
        ("aws:s3/bucket:Bucket", {"bucket": "documents"}, "documents"),
        ("aws:s3/bucketPolicy:BucketPolicy", {"bucket": "documents"}, "documents"),
        ("aws:sqs/queue:Queue", {"name": "trades.fifo"}, QUEUE),
        ("aws:iam/role:Role", {"name": "agent"}, "agent"),
        ("aws:iam/rolePolicy:RolePolicy", {"role": "agent", "name": "rights"}, "agent:rights"),
        ("aws:iam/policy:Policy", {"name": "p", "path": "/x/"}, "arn:aws:iam::123456789012:policy/x/p"),
        ("aws:cloudtrail/trail:Trail", {"name": "t"}, "arn:aws:cloudtrail:us-east-1:123456789012:trail/t"),
        ("aws:sns/topic:Topic", {"name": "t"}, "arn:aws:sns:us-east-1:123456789012:t"),
        ("aws:dynamodb/table:Table", {"name": UNKNOWN}, None),
        ("aws:dynamodb/table:Table", {}, None),
        ("aws:cognito/userPool:UserPool", {"name": "desk"}, None),
        ("aws:lambda/permission:Permission", {"function": "f", "statementId": "s"}, "f/s"),
        (
            "aws:lambda/permission:Permission",
            {"function": "arn:aws:lambda:us-east-1:1:function:f:v", "statementId": "s"},
            "f/s",
        ),
        ("aws:cloudwatch/eventTarget:EventTarget", {"rule": "r", "targetId": "t"}, "r/t"),
        (
            "aws:cloudwatch/eventTarget:EventTarget",
            {"rule": "r", "targetId": "t", "eventBusName": "b"},
            "b/r/t",
        ),
        ("aws:ecr/repository:Repository", {"name": "agents/one"}, "agents/one"),
        ("aws:ecr/lifecyclePolicy:LifecyclePolicy", {"repository": "agents/one"}, "agents/one"),
        ("aws:ecr/repositoryPolicy:RepositoryPolicy", {"repository": "agents/one"}, "agents/one"),
        ("aws:cloudwatch/logGroup:LogGroup", {"name": "/documents/desk"}, "/documents/desk"),
        ("aws:cloudwatch/logMetricFilter:LogMetricFilter", {"logGroupName": "/a", "name": "f"}, "/a:f"),
        ("aws:cloudwatch/logResourcePolicy:LogResourcePolicy", {"policyName": "delivery"}, "delivery"),
        ("aws:cloudwatch/logResourcePolicy:LogResourcePolicy", {"resourceArn": "arn:g"}, "arn:g"),
        ("aws:cloudwatch/metricAlarm:MetricAlarm", {"name": "late"}, "late"),
        ("aws:cloudwatch/compositeAlarm:CompositeAlarm", {"alarmName": "both"}, "both"),
        ("aws:cloudwatch/dashboard:Dashboard", {"dashboardName": "desk"}, "desk"),
        ("aws:sns/topicPolicy:TopicPolicy", {"arn": "arn:t", "policy": "{}"}, "arn:t"),
        ("aws:s3/bucketNotification:BucketNotification", {"bucket": "b", "eventbridge": True}, "b"),
        ("aws:budgets/budget:Budget", {"name": "monthly"}, "123456789012:monthly"),
        ("aws:s3/bucketMetric:BucketMetric", {"bucket": "b", "name": "all"}, "b:all"),
        ("aws:cognito/userGroup:UserGroup", {"userPoolId": "p", "name": "g"}, "p/g"),
    ],
)
def test_an_id_is_made_of_what_is_declared(token: str, inputs: dict[str, Any], expected: str | None) -> None:
    (resource,) = derive([target(token, inputs)])
    assert resource.id == expected
    assert bool(resource.detail) == (expected is None)


def test_an_id_may_be_that_of_what_a_property_is_computed_from() -> None:
    queue = target("aws:sqs/queue:Queue", {"name": "trades.fifo"})
    policy = target("aws:sqs/queuePolicy:QueuePolicy", {"queueUrl": UNKNOWN}, "policy", queueUrl=(queue.urn,))
    orphan = target("aws:sqs/queuePolicy:QueuePolicy", {"queueUrl": UNKNOWN}, "lost", queueUrl=("elsewhere",))
    assert [resource.id for resource in derive([policy, queue, orphan])] == [QUEUE, QUEUE, None]


def test_a_component_has_no_id() -> None:
    component = replace(target("x:y:Z", {}), component=True)
    assert derive([component]) == []


POOL, CLIENT = "aws:cognito/userPool:UserPool", "aws:cognito/userPoolClient:UserPoolClient"
DESK = {"id": "us-east-1_a", "name": "desk"}


def test_what_has_no_derivable_id_is_looked_up_and_what_is_inside_it_too() -> None:
    pool = target(POOL, {"name": "desk"})
    client = target(CLIENT, {"userPoolId": UNKNOWN, "name": "web"}, "client", userPoolId=(pool.urn,))
    live: dict[str, list[Row]] = {
        POOL: [DESK, {"id": "us-east-1_b", "name": "other"}],
        CLIENT: [{"id": "c1", "name": "web"}],
    }
    assert [resource.id for resource in derive([client, pool], live)] == ["us-east-1_a/c1", "us-east-1_a"]


def test_a_subscription_is_told_by_its_topic_and_where_it_leads() -> None:
    subscription = "aws:sns/topicSubscription:TopicSubscription"
    topic = target("aws:sns/topic:Topic", {"name": "alarms"}, "topic")
    arn = "arn:aws:sns:us-east-1:123456789012:alarms"
    mail = {"TopicArn": arn, "Protocol": "email", "Endpoint": "desk@example.com"}
    page = {
        "Subscriptions": [
            {**mail, "Endpoint": "others@example.com", "SubscriptionArn": f"{arn}:others"},
            {**mail, "SubscriptionArn": "PendingConfirmation"},
            {**mail, "SubscriptionArn": f"{arn}:desk"},
        ]
    }
    declared = {"topic": UNKNOWN, "protocol": "email", "endpoint": "desk@example.com"}
    resources = derive(
        [target(subscription, declared, "mail", topic=(topic.urn,)), topic],
        {subscription: list(LISTING_BY_TYPE[subscription].rows(page))},
    )
    assert [resource.id for resource in resources] == [f"{arn}:desk", arn]


def test_two_live_ones_with_one_name_are_put_to_a_person() -> None:
    (resource,) = derive(
        [target(POOL, {"name": "desk"})], {POOL: [DESK, {"id": "us-east-1_b", "name": "desk"}]}
    )
    assert (resource.id, resource.status) == (None, "ambiguous")
    assert [candidate.id for candidate in resource.candidates] == ["us-east-1_a", "us-east-1_b"]


def test_what_cannot_be_listed_is_unknown_and_names_the_action() -> None:
    (resource,) = derive([target(POOL, {"name": "desk"})])
    assert (resource.status, resource.detail) == (
        "unknown",
        "cognito-idp:ListUserPools is refused (AccessDenied)",
    )


def test_what_is_not_among_the_live_ones_is_absent_and_shows_which_there_are() -> None:
    (resource,) = derive([target(POOL, {"name": "desk"})], {POOL: [{"id": "us-east-1_b", "name": "Desk"}]})
    assert (resource.id, resource.status, resource.candidates[0].id) == (None, "absent", "us-east-1_b")


def test_a_monitor_and_a_subscription_are_those_of_their_names() -> None:
    pages: dict[str, list[dict[str, str]]] = {
        "Monitor": [
            {"MonitorArn": "arn:m:default", "MonitorName": "Default-Services-Monitor"},
            {"MonitorArn": "arn:m:own", "MonitorName": "services"},
        ],
        "Subscription": [{"SubscriptionArn": "arn:s:own", "SubscriptionName": "daily"}],
    }
    for kind, name, expected in (
        ("Monitor", "services", "arn:m:own"),
        ("Subscription", "daily", "arn:s:own"),
        ("Monitor", "other", None),
    ):
        token = f"aws:costexplorer/anomaly{kind}:Anomaly{kind}"
        live: dict[str, list[Row]] = {
            token: list(LISTING_BY_TYPE[token].rows({f"Anomaly{kind}s": pages[kind]}))
        }
        (resource,) = derive([target(token, {"name": name})], live)
        assert resource.id == expected


def test_what_aws_made_is_never_the_counterpart() -> None:
    endpoint = "aws:bedrock/agentcoreAgentRuntimeEndpoint:AgentcoreAgentRuntimeEndpoint"
    (resource,) = derive(
        [target(endpoint, {"agentRuntimeId": "r-1", "name": "DEFAULT"})],
        {endpoint: [{"id": "DEFAULT", "name": "DEFAULT", "aws": True}]},
    )
    assert (resource.id, resource.status) == (None, "absent")


GROUP = "aws:ec2/securityGroup:SecurityGroup"
INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
RULES = {
    "SecurityGroupRules": [
        {
            "SecurityGroupRuleId": "sgr-all",
            "IsEgress": False,
            "IpProtocol": "-1",
            "FromPort": -1,
            "ToPort": -1,
            "CidrIpv4": "10.0.0.0/8",
        },
        {
            "SecurityGroupRuleId": "sgr-out",
            "IsEgress": True,
            "IpProtocol": "-1",
            "FromPort": -1,
            "ToPort": -1,
            "CidrIpv4": "10.0.0.0/8",
        },
        {
            "SecurityGroupRuleId": "sgr-tls",
            "IsEgress": False,
            "IpProtocol": "tcp",
            "FromPort": 443,
            "ToPort": 443,
            "ReferencedGroupInfo": {"GroupId": "sg-agents"},
        },
    ]
}


def test_a_rule_is_the_one_of_its_group_with_the_same_ports_and_source() -> None:
    group = target(GROUP, {"name": "endpoints", "vpcId": "vpc-1"}, "group")
    agents = target(GROUP, {"name": "agents", "vpcId": "vpc-1"}, "agents")
    inside = {"securityGroupId": UNKNOWN}
    all_traffic = target(
        INGRESS, {**inside, "ipProtocol": "-1", "cidrIpv4": "10.0.0.0/8"}, "all", securityGroupId=(group.urn,)
    )
    tls = target(
        INGRESS,
        {
            **inside,
            "ipProtocol": "tcp",
            "fromPort": 443,
            "toPort": 443,
            "referencedSecurityGroupId": UNKNOWN,
        },
        "tls",
        securityGroupId=(group.urn,),
        referencedSecurityGroupId=(agents.urn,),
    )
    live: dict[str, list[Row]] = {
        GROUP: [
            {"id": "sg-endpoints", "name": "endpoints", "vpcId": "vpc-1"},
            {"id": "sg-agents", "name": "agents", "vpcId": "vpc-1"},
            {"id": "sg-elsewhere", "name": "agents", "vpcId": "vpc-2"},
        ],
        INGRESS: list(LISTING_BY_TYPE[INGRESS].rows(RULES)),
    }
    resources = derive([all_traffic, tls, group, agents], live)
    assert [resource.id for resource in resources] == ["sgr-all", "sgr-tls", "sg-endpoints", "sg-agents"]


def test_an_endpoint_that_was_deleted_or_that_aws_made_is_not_the_counterpart() -> None:
    endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint"
    service = {"VpcId": "vpc-1", "ServiceName": "com.amazonaws.us-east-1.s3"}
    page = {
        "VpcEndpoints": [
            {**service, "VpcEndpointId": "vpce-gone", "State": "deleted", "RequesterManaged": False},
            {**service, "VpcEndpointId": "vpce-aws", "State": "available", "RequesterManaged": True},
            {**service, "VpcEndpointId": "vpce-1", "State": "available", "RequesterManaged": False},
        ]
    }
    (resource,) = derive(
        [target(endpoint, {"vpcId": "vpc-1", "serviceName": "com.amazonaws.us-east-1.s3"})],
        {endpoint: list(LISTING_BY_TYPE[endpoint].rows(page))},
    )
    assert resource.id == "vpce-1"


def test_a_key_is_the_one_that_its_declared_alias_points_at() -> None:
    key = target("aws:kms/key:Key", {"description": "trades"}, "key")
    alias = target(
        "aws:kms/alias:Alias",
        {"name": "alias/trades", "targetKeyId": UNKNOWN},
        "alias",
        targetKeyId=(key.urn,),
    )
    live: dict[str, list[Row]] = {
        "aws:kms/alias:Alias": [
            {"id": "alias/aws/s3", "name": "alias/aws/s3", "key": "k0", "aws": True},
            {"id": "alias/trades", "name": "alias/trades", "key": "k1"},
        ]
    }
    assert [resource.id for resource in derive([key, alias], live)] == ["k1", "alias/trades"]
    (alone,) = derive([key], live)
    assert (alone.status, alone.candidates[0].id) == ("absent", "k1")


RUNTIME, LOGS = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime", "aws:cloudwatch/logGroup:LogGroup"


@pytest.mark.parametrize(
    ("declared", "names", "status", "expected"),
    [
        ("live", ["reader-1-live", "writer-2-live"], "found", "/aws/runtimes/reader-1-live"),
        ("logs", ["reader-1-live"], "ambiguous", None),
        ("reader-live-logs", ["reader-1-DEFAULT"], "ambiguous", None),
        ("logs", ["reader-1-live", "reader-1-DEFAULT"], "ambiguous", None),
        ("reader-live-logs", ["reader-1-live", "reader-1-DEFAULT"], "found", "/aws/runtimes/reader-1-live"),
        (
            "reader-default-logs",
            ["reader-1-live", "reader-1-DEFAULT"],
            "found",
            "/aws/runtimes/reader-1-DEFAULT",
        ),
        ("live-default-logs", ["reader-1-live", "reader-1-DEFAULT"], "ambiguous", None),
        ("reader-live-logs", ["writer-2-live"], "absent", None),
    ],
)
def test_a_log_group_that_a_service_names_after_an_id_is_the_one_with_that_id(
    declared: str, names: list[str], status: str, expected: str | None
) -> None:
    runtime = target(RUNTIME, {"agentRuntimeName": "reader"}, "reader")
    group = replace(target(LOGS, {"name": UNKNOWN}, declared), uses={"name": (runtime.urn,)})
    live: dict[str, list[Row]] = {
        RUNTIME: [{"id": "reader-1", "name": "reader", "agentRuntimeName": "reader"}],
        LOGS: [{"id": f"/aws/runtimes/{name}", "name": f"/aws/runtimes/{name}"} for name in names],
    }
    _, logs = derive([runtime, group], live)
    assert (logs.id, logs.status) == (expected, status if expected is None else logs.status)
    assert status == "found" or len(logs.candidates) == len(names)


def test_rules_to_prefix_lists_that_are_not_known_yet_are_told_by_what_people_say_of_them() -> None:
    egress = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
    rule = {"securityGroupId": "sg-1", "ipProtocol": "tcp", "fromPort": 443, "toPort": 443}
    declared = {**rule, "prefixListId": UNKNOWN, "description": "agents to s3"}
    same = {"ipProtocol": "tcp", "fromPort": 443, "toPort": 443}
    live: list[Row] = [
        {"id": "sgr-1", "name": "sgr-1", **same, "prefixListId": "pl-1", "description": "agents to s3"},
        {"id": "sgr-2", "name": "sgr-2", **same, "prefixListId": "pl-2", "description": "agents to dynamodb"},
        {"id": "sgr-3", "name": "sgr-3", **same, "cidrIpv4": "10.0.0.0/8", "description": "agents to s3"},
    ]
    (resource,) = derive([target(egress, declared)], {egress: live})
    assert resource.id == "sgr-1"
    silent = {key: value for key, value in declared.items() if key != "description"}
    (resource,) = derive([target(egress, silent)], {egress: live})
    assert resource.id is None
    assert {candidate.id for candidate in resource.candidates} == {"sgr-1", "sgr-2"}


def test_what_is_part_of_a_bucket_goes_by_the_name_that_a_person_gave_it() -> None:
    bucket = target("aws:s3/bucket:Bucket", {"bucket": "x"}, "documents")
    policy = target("aws:s3/bucketPolicy:BucketPolicy", {"bucket": "x"}, "policy", bucket=(bucket.urn,))
    metric = target(
        "aws:s3/bucketMetric:BucketMetric", {"bucket": "x", "name": "n"}, "m", bucket=(bucket.urn,)
    )
    foreign_policy = target(
        "aws:s3/bucketPolicy:BucketPolicy", {"bucket": "y"}, "other", bucket=(bucket.urn,)
    )
    resources = Resolver(
        [metric, policy, foreign_policy, bucket], LOCATION, lambda _listing, _within: []
    ).resolve({bucket.urn: "x-x"})
    assert [resource.id for resource in resources] == ["x-x:n", "x-x", "y", "x-x"]
