"""Rules about the network's doors: what the whole internet may reach, and what may reach all of it.

Every form that the provider has of a security group's rule is read as the same `_Opening`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import ip_network
from typing import Any

from tms_policies.model import Bag, Finding, Resource, Unknown
from tms_policies.registry import rule
from tms_policies.settings import switch
from tms_policies.values import blocks, items, number, shown, unproven

GROUP = "aws:ec2/securityGroup:SecurityGroup"
DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"
RULE = "aws:ec2/securityGroupRule:SecurityGroupRule"
INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
_EVERY = (0, 65535)
_IPV4 = 4
_RANGES = ("cidrBlocks", "ipv6CidrBlocks", "cidrIpv4", "cidrIpv6")


@dataclass(frozen=True)
class _Opening:
    """One rule of a security group: its place for a message, its ranges, protocol and ports."""

    where: str
    ranges: tuple[Any, ...]
    protocol: Any
    ports: tuple[Any, Any]

    @property
    def open(self) -> str | None:
        """Return the first range that is the whole internet, or a part too large for any one owner."""
        return next((item for item in self.ranges if isinstance(item, str) and _vast(item)), None)

    def unknowns(self) -> Iterator[Unknown]:
        """Yield what preview does not know: ranges, and what a range that is open is open for."""
        doors = (self.protocol, *self.ports) if self.open else ()
        yield from (item for item in (*self.ranges, *doors) if isinstance(item, Unknown))


def _vast(cidr: str) -> bool:
    """Return whether a range is larger than any private one: 10.0.0.0/8 and fc00::/7."""
    try:
        network = ip_network(cidr, strict=False)
    except ValueError:
        return False
    return network.prefixlen < (8 if network.version == _IPV4 else 7)


def _opening(location: str, rule: Bag) -> _Opening:
    protocol = rule.get("protocol", rule.get("ipProtocol"))
    ranges = tuple(item for name in _RANGES for item in items(rule.get(name)))
    ports = (rule.get("fromPort"), rule.get("toPort"))
    return _Opening(location, ranges, protocol, ports if str(protocol) not in ("-1", "all") else _EVERY)


def _openings(resource: Resource, side: str) -> Iterator[_Opening | Unknown]:
    """Yield the rules of one side (`ingress` or `egress`), inline or each a resource of its own."""
    if resource.type in (GROUP, DEFAULT_GROUP):
        value = resource.props.get(side)
        if isinstance(value, Unknown):
            yield value
        for index, block in enumerate(blocks(value)):
            yield _opening(f"{side}[{index}] of {resource.name}", block)
    elif resource.type == RULE:
        kind = resource.props.get("type")
        if isinstance(kind, Unknown):
            yield kind
        elif kind == side:
            yield _opening(resource.name, resource.props)
    elif resource.type == (INGRESS if side == "ingress" else EGRESS):
        yield _opening(resource.name, resource.props)


def _unproven(opening: _Opening | Unknown, need: str) -> Iterator[Finding]:
    """Yield a finding for each part of a rule that preview does not know."""
    for unknown in (opening,) if isinstance(opening, Unknown) else opening.unknowns():
        yield unproven(unknown, need)


@rule(
    "ec2-group-no-public-ingress",
    severity="critical",
    types=(GROUP, DEFAULT_GROUP, RULE, INGRESS),
    reads=("ingress", "type", "protocol", "ipProtocol", "fromPort", "toPort", *_RANGES),
    settings={
        "publicPorts": {
            "type": "array",
            "items": {"type": "integer", "minimum": 0, "maximum": 65535},
            "default": [],
            "description": "Ports that the whole internet may reach, each by a rule for that port alone",
        }
    },
    remedy="Name the calling security group or address range.",
    why="What the whole internet may reach is tried within minutes. "
    "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
)
def closed(resource: Resource, settings: Bag) -> Iterable[Finding]:
    """No security group lets the whole internet in, but to the ports that are set."""
    public = {int(port) for port in settings["publicPorts"]}
    for item in _openings(resource, "ingress"):
        yield from _unproven(item, f"{resource.name} must not be open to the whole internet")
        if (
            isinstance(item, Unknown)
            or not item.open
            or any(isinstance(port, Unknown) for port in item.ports)
        ):
            continue
        low, high = (number(port) for port in item.ports)
        single = low is not None and low == high
        if not (single and low in public):
            reached = "ports not known" if low is None or high is None else f"ports {low:g} to {high:g}"
            yield Finding(
                f"{item.where} lets {shown(item.open)} in to {reached}",
                "the security group or the address range that calls, in place of the whole internet",
            )


@rule(
    "ec2-group-no-open-egress",
    severity="medium",
    types=(GROUP, DEFAULT_GROUP, RULE, EGRESS),
    reads=("egress", "type", "protocol", "ipProtocol", "fromPort", "toPort", *_RANGES),
    settings={"allowed": switch("Whether everything may go out to the whole internet", default=False)},
    remedy="Name what is called: port 443 to prefix lists, endpoints' groups or ranges.",
    why="An intruder, or an agent that was talked into it, could send data anywhere. "
    "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
)
def contained(resource: Resource, settings: Bag) -> Iterable[Finding]:
    """No security group lets everything out to the whole internet."""
    if settings["allowed"]:
        return
    for item in _openings(resource, "egress"):
        yield from _unproven(item, f"{resource.name} must not reach the whole internet")
        if isinstance(item, Unknown) or not item.open:
            continue
        if tuple(number(port) for port in item.ports) == _EVERY:
            yield Finding(
                f"{item.where} lets everything out to {shown(item.open)}",
                'protocol="tcp", from_port=443, to_port=443, to prefix lists or groups of what is called',
            )
