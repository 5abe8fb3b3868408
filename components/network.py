"""The way from agents to AWS that does not leave AWS: VPC endpoints, and who may use them for what.

An endpoint's policy holds the very statements of the agents' own roles, each for that role alone, so a
stolen credential cannot carry data to a stranger's bucket or queue from inside the network. Names of
services: AWS PrivateLink guide, "AWS services that integrate with AWS PrivateLink".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
from pulumi_aws import ec2, vpc

from components.endpoint_policy import endpoint_statements
from components.matrix import Cell
from components.naming import Naming
from components.settings.network import NetworkSettings
from components.statements import document
from components.tagging import tags

GATEWAYS = {"s3": "s3", "dynamodb": "dynamodb"}
"""Gateway endpoints: the service's name in the endpoint's, and the prefix of its actions."""

INTERFACES = {
    "sqs": "sqs",
    "bedrock-runtime": "bedrock",
    "bedrock-agentcore": "bedrock-agentcore",
    "logs": "logs",
    "monitoring": "cloudwatch",
    "xray": "xray",
    "ecr.api": "ecr",
    "ecr.dkr": "ecr",
}
"""Interface endpoints, as `GATEWAYS`."""

HTTPS = 443


@dataclass(frozen=True, kw_only=True, slots=True)
class NetworkArgs:
    """The network that agents run in, and what they may do through its endpoints.

    Attributes:
        network: VPC, subnets, route tables and endpoints.
        cells: The permissions of all agents.
        roles: ARN of each agent's role.
        naming: Spells ARNs.
        tags: Tags of everything that takes some; Purpose is added.
    """

    network: NetworkSettings
    cells: Sequence[Cell]
    roles: Mapping[str, str]
    naming: Naming
    tags: Mapping[str, str]


class Network(pulumi.ComponentResource):
    """Endpoints and security groups in a network that exists already.

    Attributes:
        subnets: Ids of the subnets that agents run in.
        agents: The security group of agents: out to the endpoints only, nothing in.
    """

    subnets: list[str]
    agents: pulumi.Output[str]

    def __init__(self, name: str, args: NetworkArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Declare an endpoint per service that the agents' permissions name."""
        super().__init__("tradematching:index:Network", name, None, opts)
        self._args, self._network = args, args.network
        self._child = pulumi.ResourceOptions(parent=self)
        agents = self._group("agents", "agents: out to the endpoints, nothing in")
        endpoints = self._group("endpoints", "endpoints: in from the agents, nothing out")
        self._path("agents-to-endpoints", agents, endpoints)
        for service, prefix in INTERFACES.items():
            self._endpoint(service, prefix, endpoints)
        for way in self._network.ways_out:
            self._way_out(way, agents)
        for service, prefix in GATEWAYS.items():
            gateway = self._endpoint(service, prefix, None)
            if gateway:
                self._out(service, agents, prefix_list_id=gateway.prefix_list_id)
        self.subnets, self.agents = self._network.subnet_ids, agents.id
        self.register_outputs({"subnets": self.subnets, "agents": self.agents})

    def _group(self, key: str, description: str) -> ec2.SecurityGroup:
        return ec2.SecurityGroup(
            f"{key}-group",
            name=f"{self._network.name}-{key}",
            description=description,
            vpc_id=self._network.vpc_id,
            tags=tags(self._args.tags, f"{key}-network"),
            opts=self._child,
        )

    def _way_out(self, way: str, agents: ec2.SecurityGroup) -> None:
        """Let agents out to an endpoint that is there already."""
        if way.startswith("pl-"):
            self._out(way, agents, prefix_list_id=way)
        else:
            self._out(way, agents, group_id=way)

    def _out(
        self,
        target: str,
        agents: ec2.SecurityGroup,
        *,
        prefix_list_id: pulumi.Input[str] | None = None,
        group_id: str | None = None,
    ) -> None:
        vpc.SecurityGroupEgressRule(
            f"agents-to-{target}",
            security_group_id=agents.id,
            description=f"agents to {target}",
            prefix_list_id=prefix_list_id,
            referenced_security_group_id=group_id,
            ip_protocol="tcp",
            from_port=HTTPS,
            to_port=HTTPS,
            tags=tags(self._args.tags, f"agents-to-{target}"),
            opts=self._child,
        )

    def _path(self, name: str, source: ec2.SecurityGroup, target: ec2.SecurityGroup) -> None:
        """Open HTTPS from one group to another, on both sides."""
        vpc.SecurityGroupEgressRule(
            f"{name}-out",
            security_group_id=source.id,
            referenced_security_group_id=target.id,
            description=name.replace("-", " "),
            ip_protocol="tcp",
            from_port=HTTPS,
            to_port=HTTPS,
            tags=tags(self._args.tags, name),
            opts=self._child,
        )
        vpc.SecurityGroupIngressRule(
            f"{name}-in",
            security_group_id=target.id,
            referenced_security_group_id=source.id,
            description=name.replace("-", " "),
            ip_protocol="tcp",
            from_port=HTTPS,
            to_port=HTTPS,
            tags=tags(self._args.tags, name),
            opts=self._child,
        )

    def _endpoint(self, service: str, prefix: str, group: ec2.SecurityGroup | None) -> ec2.VpcEndpoint | None:
        """Declare the endpoint of a service; none if no agent may call it, or the VPC has one already."""
        if service not in self._network.endpoints:
            return None
        statements = endpoint_statements(
            prefix, self._args.cells, self._args.roles, self._network.vpc_id, self._args.naming
        )
        if not statements:
            return None
        network = self._network
        return ec2.VpcEndpoint(
            f"{service.replace('.', '-')}-endpoint",
            vpc_id=network.vpc_id,
            service_name=self._args.naming.endpoint_service(service),
            vpc_endpoint_type="Interface" if group else "Gateway",
            subnet_ids=network.subnet_ids if group else None,
            security_group_ids=[group.id] if group else None,
            private_dns_enabled=True if group else None,
            route_table_ids=None if group else network.route_table_ids,
            policy=document(statements),
            tags=tags(self._args.tags, f"{service}-endpoint"),
            opts=self._child,
        )
