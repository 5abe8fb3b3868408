"""Rules about security groups: the default one, and descriptions."""

from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Unknown
from tms_policies.registry import rule
from tms_policies.values import items, unproven

DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"
GROUP = "aws:ec2/securityGroup:SecurityGroup"
_GROUP_RULES = (
    "aws:ec2/securityGroupRule:SecurityGroupRule",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
)


@rule(
    "ec2-group-default-closed",
    severity="high",
    types=(DEFAULT_GROUP,),
    reads=("ingress", "egress"),
    remedy="Declare it without ingress and egress.",
    why="What is launched without a group gets this one, and is reachable by all that forgot as well. "
    "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
)
def default_group(group: Resource, _settings: Bag) -> Iterable[Finding]:
    """A VPC's default security group lets nothing in or out."""
    for name in ("ingress", "egress"):
        value = group.props.get(name)
        if isinstance(value, Unknown):
            yield unproven(value, f"{name} of {group.name} must be empty")
        elif items(value):
            yield Finding(
                f"{name} of {group.name} lets traffic through", f"no {name} on a DefaultSecurityGroup"
            )


@rule(
    "ec2-group-description",
    severity="low",
    types=(GROUP, *_GROUP_RULES),
    remedy="Write a description.",
    why="A rule that nobody can explain is never taken out.",
)
def described(resource: Resource, _settings: Bag) -> Iterable[Finding]:
    """Each security group, and each rule of one, says what it is for."""
    places: list[tuple[str, object]] = [("description", resource.props.get("description"))]
    if resource.type == GROUP:
        for name in ("ingress", "egress"):
            values = resource.props.get(name)
            blocks = [item for item in items(values) if isinstance(item, dict)]
            places += [
                (f"{name}[{index}].description", item.get("description")) for index, item in enumerate(blocks)
            ]
    for location, value in places:
        if value in (None, "", "Managed by Pulumi", "Managed by Terraform"):
            yield Finding(
                f"{location} of {resource.name} says nothing",
                'description="who may reach what, and what for"',
            )
