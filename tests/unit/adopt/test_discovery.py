"""What is declared is not taken for something that nothing declares, whatever form its id has."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from toolkit.adopt.discovery import MANY, survey
from toolkit.adopt.model import Plan
from toolkit.adopt.state_ids import import_ids
from toolkit.aws.account import AT_ONCE, Account, UnreadableError
from toolkit.aws.types.listing import Listing

LIVE: dict[str, dict[str, Any]] = {
    "describe_budgets": {"Budgets": [{"BudgetName": "monthly"}]},
    "list_guardrails": {"guardrails": [{"id": "g1", "name": "g"}]},
    "list_event_buses": {"EventBuses": [{"Name": "default"}, {"Name": "b"}]},
}
IN_BUSES: dict[str, dict[str, Any]] = {
    name: {"Rules": [{"Name": "r", "EventBusName": name}]} for name in ("default", "b")
}


class Fixed(Account):
    def listed(
        self, listing: Listing, account: str, within: Mapping[str, str] | None = None
    ) -> Iterator[Mapping[str, Any]]:
        assert account == "123456789012"
        assert (within or {}).keys() == listing.within.keys()
        if listing.operation == "list_rules":
            yield IN_BUSES[(within or {})["eventBusName"]]
        else:
            yield LIVE.get(listing.operation, {})


@pytest.mark.parametrize(
    ("kind", "identity"),
    [
        ("aws:budgets/budget:Budget", "123456789012:monthly"),
        ("aws:bedrock/guardrail:Guardrail", "g1,DRAFT"),
        ("aws:cloudwatch/eventRule:EventRule", "r"),
        ("aws:cloudwatch/eventRule:EventRule", "b/r"),
    ],
)
def test_an_import_id_is_known_in_the_form_of_its_type(kind: str, identity: str) -> None:
    plan = Plan()
    survey(Fixed("us-east-1"), "123456789012", [(kind, identity)], plan)
    assert (kind, identity) not in plan.unmanaged
    assert len(plan.unmanaged) == 4


def test_what_nothing_declares_keeps_the_id_that_imports_it() -> None:
    plan = Plan()
    survey(Fixed("us-east-1"), "123456789012", [], plan)
    assert plan.ids == {}  # of these the id is the name
    LIVE["list_queues"] = {"QueueUrls": ["https://sqs.us-east-1.amazonaws.com/123456789012/a"]}
    survey(Fixed("us-east-1"), "123456789012", [], plan)
    del LIVE["list_queues"]
    assert plan.ids == {
        ("aws:sqs/queue:Queue", "a"): "https://sqs.us-east-1.amazonaws.com/123456789012/a",
    }


KEY = "aws:kms/key:Key"
KEYS = {
    "list_keys": {"Keys": [{"KeyId": "bare"}, {"KeyId": "aliased"}, {"KeyId": "mine"}, {"KeyId": "of-aws"}]}
}
ALIASES = {
    "list_aliases": {
        "Aliases": [
            {"AliasName": "alias/trades", "TargetKeyId": "aliased"},
            {"AliasName": "alias/aws/s3", "TargetKeyId": "of-aws"},
            {"AliasName": "alias/aws/sqs"},  # AWS makes its key when it is first used
        ]
    }
}


class Keys(Account):
    def __init__(self, pages: Mapping[str, Mapping[str, Any]]) -> None:
        super().__init__("us-east-1")
        self.held = pages

    def listed(
        self, listing: Listing, account: str, within: Mapping[str, str] | None = None
    ) -> Iterator[Mapping[str, Any]]:
        assert (account, within) == ("123456789012", None)
        if listing.operation not in self.held:
            raise UnreadableError(f"{listing.action} is refused (AccessDenied)")
        yield self.held[listing.operation]


def test_a_key_counts_with_and_without_an_alias_unless_it_is_declared_or_made_by_aws() -> None:
    plan = Plan()
    survey(Keys(KEYS | ALIASES), "123456789012", [(KEY, "mine")], plan)
    assert [entry for entry in plan.unmanaged if entry[0] == KEY] == [(KEY, "aliased"), (KEY, "bare")]
    assert [entry for entry in plan.hidden if entry[0] == KEY] == [(KEY, "of-aws")]


def test_without_the_aliases_no_key_is_taken_for_ours() -> None:
    plan = Plan()
    survey(Keys(KEYS), "123456789012", [], plan)
    assert plan.unmanaged == []
    assert plan.unlisted[KEY] == "kms:ListAliases is refused (AccessDenied)"


class Nested(Account):
    """An account in which one thing is inside another; some operations are refused."""

    def __init__(self, pages: Mapping[tuple[str, str], Mapping[str, Any]], *refused: str) -> None:
        super().__init__("us-east-1")
        self.held, self.refused, self.asked = pages, refused, list[tuple[str, str]]()

    def listed(
        self, listing: Listing, account: str, within: Mapping[str, str] | None = None
    ) -> Iterator[Mapping[str, Any]]:
        call = (listing.operation, " ".join((within or {}).values()))
        self.asked.append(call)
        if listing.operation in self.refused:
            raise UnreadableError(f"{listing.action} is refused (AccessDenied) for {account}")
        yield self.held.get(call, {})


INSIDE: dict[tuple[str, str], dict[str, Any]] = {
    ("list_user_pools", ""): {"UserPools": [{"Id": "p1", "Name": "desk"}]},
    ("list_user_pool_clients", "p1"): {"UserPoolClients": [{"ClientId": "c1", "ClientName": "web"}]},
    ("list_groups", "p1"): {"Groups": [{"GroupName": "traders"}]},
    ("list_resource_servers", "p1"): {"ResourceServers": [{"Identifier": "https://a", "Name": "a"}]},
    ("list_identity_providers", "p1"): {"Providers": [{"ProviderName": "Corp"}]},
    ("describe_user_pool", "p1"): {"UserPool": {"Domain": "desk", "CustomDomain": None}},
    ("list_functions", ""): {"Functions": [{"FunctionName": "f"}]},
    ("get_policy", "f"): {"Policy": json.dumps({"Statement": [{"Sid": "s", "Principal": "*"}]})},
    ("list_aliases", "f"): {"Aliases": [{"Name": "live"}]},
    ("list_function_url_configs", "f"): {
        "FunctionUrlConfigs": [
            {"FunctionArn": "arn:aws:lambda:us-east-1:123456789012:function:f"},
            {"FunctionArn": "arn:aws:lambda:us-east-1:123456789012:function:f:live"},
        ]
    },
    ("get_apis", ""): {"Items": [{"ApiId": "a1", "Name": "desk"}]},
    ("get_routes", "a1"): {
        "Items": [
            {"RouteId": "r1", "RouteKey": "GET /"},
            {"RouteId": "r2", "RouteKey": "$default", "ApiGatewayManaged": True},
        ]
    },
    ("get_integrations", "a1"): {"Items": [{"IntegrationId": "i1"}]},
    ("get_stages", "a1"): {"Items": [{"StageName": "prod"}]},
    ("get_deployments", "a1"): {
        "Items": [{"DeploymentId": "d1"}, {"DeploymentId": "d2", "AutoDeployed": True}]
    },
    ("get_domain_names", ""): {"Items": [{"DomainName": "api.example.com"}]},
    ("get_api_mappings", "api.example.com"): {
        "Items": [{"ApiMappingId": "m1", "ApiId": "a1", "Stage": "prod"}]
    },
    ("list_event_buses", ""): {"EventBuses": [{"Name": "default"}, {"Name": "b"}]},
    ("list_rules", "default"): {
        "Rules": [
            {"Name": "r", "EventBusName": "default"},
            {"Name": "of-aws", "EventBusName": "default", "ManagedBy": "scheduler.amazonaws.com"},
        ]
    },
    ("list_rules", "b"): {"Rules": [{"Name": "r", "EventBusName": "b"}]},
    ("list_targets_by_rule", "r default"): {"Targets": [{"Id": "t", "Arn": "arn:t"}]},
    ("list_targets_by_rule", "of-aws default"): {"Targets": [{"Id": "t", "Arn": "arn:t"}]},
    ("list_targets_by_rule", "r b"): {"Targets": [{"Id": "t", "Arn": "arn:t"}]},
    ("describe_log_groups", ""): {"logGroups": [{"logGroupName": "/a"}]},
    ("describe_subscription_filters", "/a"): {"subscriptionFilters": [{"filterName": "out"}]},
    ("describe_security_groups", ""): {
        "SecurityGroups": [
            {"GroupId": "sg-0", "GroupName": "default", "VpcId": "v"},
            {"GroupId": "sg-1", "GroupName": "agents", "VpcId": "v"},
        ]
    },
    ("describe_security_group_rules", "sg-0"): {
        "SecurityGroupRules": [{"SecurityGroupRuleId": "sgr-0", "IsEgress": True}]
    },
    ("describe_security_group_rules", "sg-1"): {
        "SecurityGroupRules": [{"SecurityGroupRuleId": "sgr-1", "IsEgress": True}]
    },
    ("list_agent_runtimes", ""): {"agentRuntimes": [{"agentRuntimeId": "r1", "agentRuntimeName": "reader"}]},
    ("list_agent_runtime_endpoints", "r1"): {"runtimeEndpoints": [{"name": "DEFAULT"}, {"name": "live"}]},
    ("list_memories", ""): {"memories": [{"id": "notes-1"}]},
    ("get_memory", "notes-1"): {"memory": {"strategies": [{"strategyId": "s1", "name": "facts"}]}},
    ("list_gateways", ""): {"items": [{"gatewayId": "g1", "name": "tools"}]},
    ("list_gateway_targets", "g1"): {"items": [{"targetId": "t1", "name": "search"}]},
    ("list_gateway_rules", "g1"): {
        "gatewayRules": [{"ruleId": "r1", "priority": 1}, {"ruleId": "r2", "system": {"managedBy": "AWS"}}]
    },
    ("list_gateway_rate_limits", "g1"): {"rateLimits": [{"rateLimitId": "l1"}]},
    ("list_policy_engines", ""): {"policyEngines": [{"policyEngineId": "e1", "name": "rules"}]},
    ("list_policies", "e1"): {"policies": [{"policyId": "p1", "name": "no-trades"}]},
    ("list_evaluators", ""): {
        "evaluators": [
            {"evaluatorId": "Builtin.Helpfulness", "evaluatorType": "Builtin"},
            {"evaluatorId": "v1", "evaluatorName": "v", "evaluatorType": "Custom"},
        ]
    },
    ("get_token_vault", ""): {
        "tokenVaultId": "default",
        "kmsConfiguration": {"keyType": "CustomerManagedKey"},
    },
    ("list_payment_managers", ""): {"paymentManagers": [{"paymentManagerId": "pm1", "name": "pay"}]},
    ("list_payment_connectors", "pm1"): {"paymentConnectors": [{"paymentConnectorId": "pc1", "name": "c"}]},
}
AGENT = "aws:bedrock/agentcore"
BESIDE = {
    ("aws:cognito/userPool:UserPool", "p1"),
    ("aws:cognito/userPoolClient:UserPoolClient", "p1/c1"),
    ("aws:cognito/userGroup:UserGroup", "p1/traders"),
    ("aws:cognito/resourceServer:ResourceServer", "p1|https://a"),
    ("aws:cognito/identityProvider:IdentityProvider", "p1:Corp"),
    ("aws:cognito/userPoolDomain:UserPoolDomain", "desk"),
    ("aws:lambda/function:Function", "f"),
    ("aws:lambda/permission:Permission", "f/s"),
    ("aws:lambda/alias:Alias", "f/live"),
    ("aws:lambda/functionUrl:FunctionUrl", "f"),
    ("aws:lambda/functionUrl:FunctionUrl", "f/live"),
    ("aws:apigatewayv2/api:Api", "a1"),
    ("aws:apigatewayv2/route:Route", "a1/r1"),
    ("aws:apigatewayv2/integration:Integration", "a1/i1"),
    ("aws:apigatewayv2/stage:Stage", "a1/prod"),
    ("aws:apigatewayv2/deployment:Deployment", "a1/d1"),
    ("aws:apigatewayv2/domainName:DomainName", "api.example.com"),
    ("aws:apigatewayv2/apiMapping:ApiMapping", "m1/api.example.com"),
    ("aws:cloudwatch/eventBus:EventBus", "b"),
    ("aws:cloudwatch/eventRule:EventRule", "r"),
    ("aws:cloudwatch/eventRule:EventRule", "b/r"),
    ("aws:cloudwatch/eventTarget:EventTarget", "r/t"),
    ("aws:cloudwatch/eventTarget:EventTarget", "b/r/t"),
    ("aws:cloudwatch/logGroup:LogGroup", "/a"),
    ("aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter", "/a|out"),
    ("aws:ec2/securityGroup:SecurityGroup", "sg-1"),
    ("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "sgr-1"),
    (f"{AGENT}AgentRuntime:AgentcoreAgentRuntime", "r1"),
    (f"{AGENT}AgentRuntimeEndpoint:AgentcoreAgentRuntimeEndpoint", "r1,live"),
    (f"{AGENT}Memory:AgentcoreMemory", "notes-1"),
    (f"{AGENT}MemoryStrategy:AgentcoreMemoryStrategy", "notes-1,s1"),
    (f"{AGENT}Gateway:AgentcoreGateway", "g1"),
    (f"{AGENT}GatewayTarget:AgentcoreGatewayTarget", "g1,t1"),
    (f"{AGENT}GatewayRule:AgentcoreGatewayRule", "g1,r1"),
    (f"{AGENT}PolicyEngine:AgentcorePolicyEngine", "e1"),
    (f"{AGENT}Policy:AgentcorePolicy", "e1,p1"),
    (f"{AGENT}Evaluator:AgentcoreEvaluator", "v1"),
    (f"{AGENT}TokenVaultCmk:AgentcoreTokenVaultCmk", "default"),
    ("aws:bedrock-agentcore/gatewayRateLimit:GatewayRateLimit", "g1,l1"),
    ("aws:bedrock-agentcore/paymentManager:PaymentManager", "pm1"),
    ("aws:bedrock-agentcore/paymentConnector:PaymentConnector", "pm1,pc1"),
}


def test_what_is_inside_something_live_is_listed_by_the_id_that_imports_it() -> None:
    plan, account = Plan(), Nested(INSIDE)
    survey(account, "123456789012", [], plan)
    assert set(plan.unmanaged) == BESIDE
    inside = [call for call in account.asked if call[1]]
    assert len(inside) == len(set(inside))  # one call for each, however many types it lists
    assert set(plan.hidden) == {
        ("aws:cloudwatch/eventBus:EventBus", "default"),
        ("aws:cloudwatch/eventRule:EventRule", "of-aws"),
        ("aws:cloudwatch/eventTarget:EventTarget", "of-aws/t"),
        ("aws:ec2/securityGroup:SecurityGroup", "sg-0"),
        ("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "sgr-0"),
        (f"{AGENT}AgentRuntimeEndpoint:AgentcoreAgentRuntimeEndpoint", "r1,DEFAULT"),
        (f"{AGENT}GatewayRule:AgentcoreGatewayRule", "g1,r2"),
    }


def test_what_the_provider_has_no_type_for_cannot_be_adopted() -> None:
    plan = Plan()
    survey(Nested(INSIDE), "123456789012", [], plan)
    assert {token for token, _ in plan.owners} == {
        f"aws:bedrock-agentcore/{kind[0].lower()}{kind[1:]}:{kind}"
        for kind in ("GatewayRateLimit", "PaymentManager", "PaymentConnector")
    }
    assert set(plan.owners.values()) == {"cannot be adopted: the provider has no type for it"}


def test_what_a_state_has_is_known_though_it_keeps_only_its_own_id() -> None:
    resources = [
        {"type": "aws:lambda/permission:Permission", "id": "s", "inputs": {"function": "f"}},
        {
            "type": "aws:lambda/permission:Permission",
            "id": "s",
            "outputs": {"function": "arn:aws:lambda:us-east-1:123456789012:function:f"},
        },
        {
            "type": "aws:cognito/userPoolClient:UserPoolClient",
            "id": "c1",
            "outputs": {"userPoolId": "p1"},
        },
        {"type": "aws:cloudwatch/eventTarget:EventTarget", "id": "r/t"},
    ]
    assert import_ids(resources[0]) == import_ids(resources[1]) == {"s", "f/s"}
    identities = [
        (str(resource["type"]), identity) for resource in resources for identity in import_ids(resource)
    ]
    plan = Plan()
    survey(Nested(INSIDE), "123456789012", identities, plan)
    assert BESIDE - set(plan.unmanaged) == {
        ("aws:lambda/permission:Permission", "f/s"),
        ("aws:cognito/userPoolClient:UserPoolClient", "p1/c1"),
        ("aws:cloudwatch/eventTarget:EventTarget", "r/t"),
    }


def test_what_is_inside_something_that_may_not_be_listed_is_unknown_too() -> None:
    plan = Plan()
    survey(Nested(INSIDE, "list_event_buses", "list_functions"), "123456789012", [], plan)
    for kind in ("eventBus:EventBus", "eventRule:EventRule", "eventTarget:EventTarget"):
        assert plan.unlisted[f"aws:cloudwatch/{kind}"].startswith("events:ListEventBuses is refused")
    assert plan.unlisted["aws:lambda/alias:Alias"].startswith("lambda:ListFunctions is refused")


def test_what_is_refused_once_is_not_asked_of_every_other_one() -> None:
    functions = {"Functions": [{"FunctionName": f"f{index}"} for index in range(100)]}
    account, plan = Nested({("list_functions", ""): functions}, "list_aliases"), Plan()
    survey(account, "123456789012", [], plan)
    calls = Counter(operation for operation, _ in account.asked)
    assert calls["get_policy"] == 100
    assert calls["list_aliases"] <= AT_ONCE
    assert plan.unlisted["aws:lambda/alias:Alias"].startswith("lambda:ListAliases is refused")


def test_beyond_many_what_is_inside_is_not_asked_for_and_that_is_said() -> None:
    groups = {"logGroups": [{"logGroupName": f"/{index}"} for index in range(MANY + 5)]}
    account, plan = Nested({("describe_log_groups", ""): groups}), Plan()
    survey(account, "123456789012", [], plan)
    calls = Counter(operation for operation, _ in account.asked)
    assert calls["describe_subscription_filters"] == MANY
    assert plan.unlisted["aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter"] == (
        f"logs:DescribeSubscriptionFilters was called for {MANY} of aws:cloudwatch/logGroup:LogGroup only: "
        "there are more, each costs a call"
    )
    assert len(plan.unmanaged) == MANY + 5


def test_a_registry_by_its_other_type_is_the_same() -> None:
    pages = {("list_registries", ""): {"registries": [{"registryId": "r1", "name": "r"}]}}
    plan = Plan()
    survey(Nested(pages), "123456789012", [("aws:agentregistry/registry:Registry", "r1")], plan)
    assert plan.unmanaged == []
