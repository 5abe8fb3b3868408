"""Where the delivered stack's resources are: ARNs and conditions for each action, out of its settings.

What AWS names by an id of its own (keys, security groups, cost anomaly monitors) is told apart by the tag
`Project`: whoever makes one must tag it, and only what is tagged may be changed. Which condition key an
action takes: Service Authorization Reference.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from components.ingest import rule_name
from components.naming import Naming
from components.settings import Settings

Conditions = Mapping[str, Mapping[str, str | list[str]]]
PASSED_TO_AGENTS = "bedrock-agentcore.amazonaws.com"
PASSED_TO_TRAILS = "cloudtrail.amazonaws.com"
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
_TAGGED_ON_CREATION = [one.partition(":")[2] for one in _MADE_IN_NETWORK]
_OWN_KINDS = ("security-group", "security-group-rule", "vpc-endpoint")
_THROUGH = {"tables": "dynamodb", "repositories": "ecr"}
"""What is made with a key, and the service that is given the grants for it."""


@dataclass(frozen=True, slots=True)
class Grant:
    """Where one action may be done.

    Attributes:
        place: What the resources are called in a statement's id.
        resources: ARNs or ARN patterns; `*` where the action takes none.
        conditions: Condition operators with their keys and values.
    """

    place: str
    resources: tuple[str, ...]
    conditions: Conditions = field(default_factory=dict[str, Mapping[str, str | list[str]]])


class Places:
    """The places of one stack."""

    def __init__(self, settings: Settings) -> None:
        """Compute the ARNs of all places; a place whose section is left out of the settings is empty."""
        self._settings = settings
        self._naming = Naming(settings.region, settings.account)
        project = settings.tags["Project"]
        self._asked: Conditions = {"StringEquals": {"aws:RequestTag/Project": project}}
        self._owned: Conditions = {"StringEquals": {"aws:ResourceTag/Project": project}}
        self._arns = {**self._stores(), **self._running(), **self._watching()}

    def grants(self, on: str, action: str) -> Iterator[Grant]:
        """Give where an action of a type may be done.

        Args:
            on: The type's place.
            action: In full, such as `sqs:CreateQueue`.
        """
        if action in _ANYWHERE:
            yield Grant("anywhere", ("*",))
        elif action in _MADE_ANYWHERE:
            yield Grant("made-anywhere", ("*",), self._asked)
        elif action == "iam:PassRole":
            yield from self._passed()
        elif on == "network":
            yield from self._network(action)
        elif action.startswith("kms:"):
            yield from self._keys(on, action)
        elif action.endswith("WorkloadIdentity"):
            yield from self._identities()
        elif self._arns[on]:
            yield Grant(*self._named(on, action))

    def _named(self, on: str, action: str) -> tuple[str, tuple[str, ...], Conditions]:
        boundary = self._settings.permissions_boundary_arn
        if boundary and action in BOUND:
            return "bound-roles", self._arns[on], {"StringEquals": {"iam:PermissionsBoundary": boundary}}
        read = action.partition(":")[2].startswith(("Describe", "Get", "List"))
        if on in _BY_TAG and not read:
            return on, self._arns[on], self._owned
        return on, self._arns[on], {}

    def _stores(self) -> dict[str, tuple[str, ...]]:
        naming, given = self._naming, self._settings
        queues = given.queues.values()
        return {
            "tables": tuple(naming.table(one.name) for one in given.tables.values()),
            "buckets": (naming.bucket(given.audit.name), naming.bucket(given.documents.name)),
            "queues": tuple(
                naming.queue(name) for one in queues for name in (one.name, one.dead_letter_name)
            ),
            "keys": (naming.keys(),),
            "aliases": (naming.alias(given.key.alias),) if given.key else (),
        }

    def _running(self) -> dict[str, tuple[str, ...]]:
        naming, given = self._naming, self._settings
        agents = given.agents.values()
        trail = given.audit_trail
        roles = [*(one.role_name for one in agents), *([trail.role_name] if trail else [])]
        arrivals = given.ingest
        rules = [rule_name(arrivals, prefix) for prefix in arrivals.prefixes] if arrivals else []
        return {
            "roles": tuple(naming.role(one) for one in roles),
            "repositories": tuple(naming.repository(one.repository) for one in agents),
            "runtimes": tuple(naming.runtime(one.runtime_name)[0] for one in agents),
            "rules": tuple(naming.event_rule(one) for one in rules),
        }

    def _watching(self) -> dict[str, tuple[str, ...]]:
        naming, given = self._naming, self._settings
        trail, own = given.audit_trail, given.observability
        groups = [trail.log_group] if trail else []
        if own:
            groups += [one.log_group for one in given.agents.values()]
            groups += [f"/aws/apigateway/{one}" for one in own.apis]
            groups += [f"/aws/lambda/{one}" for one in own.functions]
            groups += [
                f"/aws/bedrock-agentcore/runtimes/{one.runtime_name}-*" for one in given.agents.values()
            ]
        both = (naming.log_group, naming.log_group_itself)
        return {
            "trail": (naming.trail(trail.name),) if trail else (),
            "log-groups": tuple(form(one) for one in groups for form in both),
            "alarms": (naming.alarms(own.alarm_prefix),) if own else (),
            "dashboard": (naming.dashboard(own.dashboard),) if own else (),
            "topic": (naming.topic(own.topic),) if own else (),
            "budgets": (naming.budget(given.cost.budget),) if given.cost else (),
            "anomaly-monitors": (naming.cost_anomalies("anomalymonitor"),),
            "anomaly-subscriptions": (naming.cost_anomalies("anomalysubscription"),),
        }

    def _passed(self) -> Iterator[Grant]:
        """Each role goes to the one service that it is made for."""
        agents = tuple(self._naming.role(one.role_name) for one in self._settings.agents.values())
        if agents:
            yield Grant(
                "passed-to-agents", agents, {"StringEquals": {"iam:PassedToService": PASSED_TO_AGENTS}}
            )
        if self._settings.audit_trail:
            role = self._naming.role(self._settings.audit_trail.role_name)
            service = {"StringEquals": {"iam:PassedToService": PASSED_TO_TRAILS}}
            yield Grant("passed-to-trails", (role,), service)

    def _keys(self, on: str, action: str) -> Iterator[Grant]:
        """Keys are told apart by their tag; tables and repositories use them through their service alone."""
        if on in _THROUGH:
            through = {"kms:ViaService": self._naming.service_in_region(_THROUGH[on])}
            owned = {"StringEquals": {**self._owned["StringEquals"], **through}}
            yield Grant(f"keys-of-{on}", self._arns["keys"], owned)
            return
        if on == "aliases" and self._arns["aliases"]:
            yield Grant("aliases", self._arns["aliases"])
        if action == "kms:TagResource":
            yield Grant("keys-made", self._arns["keys"], _without_alias(self._asked))
        yield Grant(*self._named("keys", action))

    def _identities(self) -> Iterator[Grant]:
        agents = self._settings.agents.values()
        arns = {arn for one in agents for arn in self._naming.workload_identities(one.runtime_name)}
        yield Grant("workload-identities", tuple(sorted(arns)))

    def _network(self, action: str) -> Iterator[Grant]:
        """What is made is tagged, what is changed has the tag, and what was there before is named."""
        if self._settings.network is None:
            return
        part = self._naming.network_part
        if action == "ec2:CreateTags":
            created: Conditions = {
                **self._asked,
                "ForAnyValue:StringEquals": {"ec2:CreateAction": _TAGGED_ON_CREATION},
            }
            yield Grant("network-tagged", tuple(part(kind) for kind in _OWN_KINDS), created)
        if action in _MADE_IN_NETWORK:
            yield Grant("network-made", tuple(part(kind) for kind in _MADE_IN_NETWORK[action]), self._asked)
        if action in ("ec2:CreateSecurityGroup", "ec2:CreateVpcEndpoint", "ec2:ModifyVpcEndpoint"):
            yield Grant("network-given", tuple(self._given(action)))
        if action != "ec2:CreateSecurityGroup":
            yield Grant("network-own", tuple(part(kind) for kind in _OWN_KINDS), self._owned)

    def _given(self, action: str) -> Iterator[str]:
        """The VPC, and for endpoints the subnets and route tables, which this stack never changes."""
        place, part = self._settings.network, self._naming.network_part
        if place is None:
            return
        yield part("vpc", place.vpc_id)
        if action != "ec2:CreateSecurityGroup":
            yield from (part("subnet", one) for one in place.subnet_ids)
            yield from (part("route-table", one) for one in place.route_table_ids)


def _without_alias(asked: Conditions) -> Conditions:
    """A key that is just being made: it has no tag yet, and no alias, so no key in use fits."""
    return {**asked, "Null": {"aws:ResourceTag/Project": "true", "kms:ResourceAliases": "true"}}
