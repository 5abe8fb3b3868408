"""Settings of the network that agents run in."""

from typing import Annotated, Literal, get_args

from pydantic import Field

from components.settings.fields import Strict, matching

VpcId = Annotated[
    str, matching(r"vpc-([0-9a-f]{8}|[0-9a-f]{17})", "the id of a VPC, as vpc-0123456789abcdef0")
]
SubnetId = Annotated[str, matching(r"subnet-([0-9a-f]{8}|[0-9a-f]{17})", "the id of a subnet, as subnet-...")]
RouteTableId = Annotated[
    str, matching(r"rtb-([0-9a-f]{8}|[0-9a-f]{17})", "the id of a route table, as rtb-...")
]

WayOut = Annotated[
    str,
    matching(
        r"(sg|pl)-([0-9a-f]{8}|[0-9a-f]{17})", "the id of a security group (sg-...) or a prefix list (pl-...)"
    ),
]
Service = Literal[
    "s3",
    "dynamodb",
    "sqs",
    "bedrock-runtime",
    "bedrock-agentcore",
    "logs",
    "monitoring",
    "xray",
    "ecr.api",
    "ecr.dkr",
]


class NetworkSettings(Strict, frozen=True):
    """A network of the account's, in which agents run and reach AWS through endpoints alone.

    VPC, subnets and route tables belong to whoever runs the account's network; they are named here, never
    made, changed or removed.
    """

    name: Annotated[str, matching(r"[a-z][a-z0-9-]{0,99}", "lower-case letters, digits and '-'")] = Field(
        description="what the names of security groups start with"
    )
    vpc_id: VpcId = Field(description="the VPC")
    subnet_ids: Annotated[list[SubnetId], Field(min_length=2, max_length=16)] = Field(
        description="private subnets of agents and interface endpoints, in two zones or more"
    )
    route_table_ids: Annotated[list[RouteTableId], Field(min_length=1)] = Field(
        description="route tables of those subnets, for the gateway endpoints"
    )
    endpoints: list[Service] = Field(
        default=list(get_args(Service)),
        description="endpoints that are made; leave out what the VPC has already",
    )
    ways_out: list[WayOut] = Field(
        default=[],
        description="security groups of endpoints that are there already, and prefix lists of gateways; "
        "agents may reach them too",
    )
