"""Where the delivered stack's resources are: ARNs and conditions for each action, out of its settings.

What AWS names by an id of its own (keys, security groups, cost anomaly monitors) is told apart by the tag
`Project`: whoever makes one must tag it, and only what is tagged may be changed. Which condition key an
action takes: Service Authorization Reference.
"""

from collections.abc import Iterator

from components.bucket_policy import CLOUDTRAIL
from components.delivery.scope import Conditions, Scope
from components.ingest import rule_name
from components.naming import Naming
from components.settings import Settings
from components.statements import AGENTCORE

BOUND = ("iam:AttachRolePolicy", "iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy")
"""Actions that take `iam:PermissionsBoundary`, of those that give a role more."""
# Actions that no ARN limits; making one of them is limited by its tag
_ANYWHERE = (
    "cloudtrail:DescribeTrails",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribePrefixLists",
    "ec2:DescribeSecurityGroupRules",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeVpcEndpoints",
    "kms:ListAliases",
    "logs:DescribeLogGroups",
)
_MADE_ANYWHERE = (
    "bedrock-agentcore:CreateAgentRuntime",
    "ce:CreateAnomalyMonitor",
    "ce:CreateAnomalySubscription",
    "kms:CreateKey",
)
_BY_TAG = ("anomaly-monitors", "anomaly-subscriptions", "keys")
_MADE_IN_NETWORK = {
    "ec2:AuthorizeSecurityGroupEgress": ("security-group-rule",),
    "ec2:AuthorizeSecurityGroupIngress": ("security-group-rule",),
    "ec2:CreateSecurityGroup": ("security-group",),
    "ec2:CreateVpcEndpoint": ("vpc-endpoint",),
}
_TAGGED_ON_CREATION = [action.partition(":")[2] for action in _MADE_IN_NETWORK]
_KINDS = ("security-group", "security-group-rule", "vpc-endpoint")
_THROUGH = {"tables": "dynamodb", "repositories": "ecr"}
"""What is made with a key, and the service that is given the grants for it."""


class Scopes:
    """The scopes of one stack, by family of resources."""

    def __init__(self, settings: Settings) -> None:
        """Compute the ARNs of all families; one whose section is left out of the settings is empty."""
        self._settings = settings
        self._naming = Naming(settings.region, settings.account)
        project = settings.tags["Project"]
        self._requested: Conditions = {"StringEquals": {"aws:RequestTag/Project": project}}
        self._owned: Conditions = {"StringEquals": {"aws:ResourceTag/Project": project}}
        self._arns = {**self._storage(), **self._compute(), **self._monitoring()}

    def of(self, family: str, action: str) -> Iterator[Scope]:
        """Yield where an action of a type may be done.

        Args:
            family: The family of the type's resources.
            action: In full, such as `sqs:CreateQueue`.
        """
        if action in _ANYWHERE:
            yield Scope("anywhere", ("*",))
        elif action in _MADE_ANYWHERE:
            yield Scope("made-anywhere", ("*",), self._requested)
        elif action == "iam:PassRole":
            yield from self._passed()
        elif family == "network":
            yield from self._network(action)
        elif action.startswith("kms:"):
            yield from self._keys(family, action)
        elif action.endswith("WorkloadIdentity"):
            yield from self._identities()
        elif self._arns[family]:
            yield Scope(*self._by_name(family, action))

    def _by_name(self, family: str, action: str) -> tuple[str, tuple[str, ...], Conditions]:
        boundary = self._settings.permissions_boundary_arn
        if boundary and action in BOUND:
            return "bound-roles", self._arns[family], {"StringEquals": {"iam:PermissionsBoundary": boundary}}
        read = action.partition(":")[2].startswith(("Describe", "Get", "List"))
        by_tag = family in _BY_TAG and not read
        return family, self._arns[family], self._owned if by_tag else {}

    def _storage(self) -> dict[str, tuple[str, ...]]:
        naming, settings = self._naming, self._settings
        queues = settings.queues.values()
        return {
            "tables": tuple(naming.table(table.name) for table in settings.tables.values()),
            "buckets": (naming.bucket(settings.audit.name), naming.bucket(settings.documents.name)),
            "queues": tuple(
                naming.queue(name) for queue in queues for name in (queue.name, queue.dead_letter_name)
            ),
            "keys": (naming.keys(),),
            "aliases": (naming.alias(settings.key.alias),) if settings.key else (),
        }

    def _compute(self) -> dict[str, tuple[str, ...]]:
        naming, settings = self._naming, self._settings
        agents, trail, ingest = settings.agents.values(), settings.audit_trail, settings.ingest
        roles = [*(agent.role_name for agent in agents), *([trail.role_name] if trail else [])]
        rules = [rule_name(ingest, prefix) for prefix in ingest.prefixes] if ingest else []
        return {
            "roles": tuple(naming.role(role) for role in roles),
            "repositories": tuple(naming.repository(agent.repository) for agent in agents),
            "runtimes": tuple(naming.runtime(agent.runtime_name)[0] for agent in agents),
            "rules": tuple(naming.event_rule(rule) for rule in rules),
        }

    def _monitoring(self) -> dict[str, tuple[str, ...]]:
        naming, settings = self._naming, self._settings
        trail, observability, cost = settings.audit_trail, settings.observability, settings.cost
        groups = [trail.log_group] if trail else []
        if observability:
            agents = settings.agents.values()
            groups += [agent.log_group for agent in agents]
            groups += [f"/aws/apigateway/{api}" for api in observability.apis]
            groups += [f"/aws/lambda/{function}" for function in observability.functions]
            groups += [f"/aws/bedrock-agentcore/runtimes/{agent.runtime_name}-*" for agent in agents]
        forms = (naming.log_group, naming.log_group_itself)
        return {
            "trail": (naming.trail(trail.name),) if trail else (),
            "log-groups": tuple(form(group) for group in groups for form in forms),
            "alarms": (naming.alarms(observability.alarm_prefix),) if observability else (),
            "dashboard": (naming.dashboard(observability.dashboard),) if observability else (),
            "topic": (naming.topic(observability.topic),) if observability else (),
            "budgets": (naming.budget(cost.budget),) if cost else (),
            "anomaly-monitors": (naming.cost_anomalies("anomalymonitor"),),
            "anomaly-subscriptions": (naming.cost_anomalies("anomalysubscription"),),
        }

    def _passed(self) -> Iterator[Scope]:
        """Yield the roles, each for the one service that it is made for."""
        agents = tuple(self._naming.role(agent.role_name) for agent in self._settings.agents.values())
        if agents:
            service = {"StringEquals": {"iam:PassedToService": AGENTCORE}}
            yield Scope("passed-to-agents", agents, service)
        if self._settings.audit_trail:
            role = self._naming.role(self._settings.audit_trail.role_name)
            service = {"StringEquals": {"iam:PassedToService": CLOUDTRAIL}}
            yield Scope("passed-to-trails", (role,), service)

    def _keys(self, family: str, action: str) -> Iterator[Scope]:
        """Yield keys by their tag; tables and repositories use them through their service alone."""
        if family in _THROUGH:
            through = {"kms:ViaService": self._naming.service_in_region(_THROUGH[family])}
            owned = {"StringEquals": {**self._owned["StringEquals"], **through}}
            yield Scope(f"keys-of-{family}", self._arns["keys"], owned)
            return
        if family == "aliases" and self._arns["aliases"]:
            yield Scope("aliases", self._arns["aliases"])
        if action == "kms:TagResource":
            yield Scope("keys-made", self._arns["keys"], _without_alias(self._requested))
        yield Scope(*self._by_name("keys", action))

    def _identities(self) -> Iterator[Scope]:
        agents = self._settings.agents.values()
        arns = {arn for agent in agents for arn in self._naming.workload_identities(agent.runtime_name)}
        yield Scope("workload-identities", tuple(sorted(arns)))

    def _network(self, action: str) -> Iterator[Scope]:
        """Yield what is made by the tag that it gets, what is changed by its tag, and what exists by name."""
        if self._settings.network is None:
            return
        part = self._naming.network_part
        if action == "ec2:CreateTags":
            created: Conditions = {
                **self._requested,
                "ForAnyValue:StringEquals": {"ec2:CreateAction": _TAGGED_ON_CREATION},
            }
            yield Scope("network-tagged", tuple(part(kind) for kind in _KINDS), created)
        if action in _MADE_IN_NETWORK:
            yield Scope(
                "network-made", tuple(part(kind) for kind in _MADE_IN_NETWORK[action]), self._requested
            )
        if action in ("ec2:CreateSecurityGroup", "ec2:CreateVpcEndpoint", "ec2:ModifyVpcEndpoint"):
            yield Scope("network-given", tuple(self._existing(action)))
        if action != "ec2:CreateSecurityGroup":
            yield Scope("network-own", tuple(part(kind) for kind in _KINDS), self._owned)

    def _existing(self, action: str) -> Iterator[str]:
        """Yield the VPC, and for endpoints the subnets and route tables, which this stack never changes."""
        network, part = self._settings.network, self._naming.network_part
        if network is None:
            return
        yield part("vpc", network.vpc_id)
        if action != "ec2:CreateSecurityGroup":
            yield from (part("subnet", subnet) for subnet in network.subnet_ids)
            yield from (part("route-table", table) for table in network.route_table_ids)


def _without_alias(requested: Conditions) -> Conditions:
    """Return the conditions of a key that is just being made, without tag or alias: no key in use fits."""
    return {**requested, "Null": {"aws:ResourceTag/Project": "true", "kms:ResourceAliases": "true"}}
