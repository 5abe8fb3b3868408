"""Examples of the rules of `ec2`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_WHAT = {"name": "agents", "description": "Agents, to the interface endpoints only"}
_NO_DOORS = Declared("ec2/securityGroup:SecurityGroup", _WHAT, name="agents")


def _group(side: str, cidr: str, port: int, protocol: str = "tcp") -> Declared:
    opening = {"protocol": protocol, "fromPort": port, "toPort": port, "cidrBlocks": [cidr]}
    return Declared("ec2/securityGroup:SecurityGroup", {**_WHAT, side: [opening]}, name="agents")


_PUBLIC = _group("ingress", "0.0.0.0/0", 443)


_OUT = _group("egress", "0.0.0.0/0", 0, "-1")


EXAMPLES = (
    Example(
        "ec2-group-no-public-ingress",
        good=case(_group("ingress", "10.0.0.0/16", 443)),
        bad=case(_group("ingress", "0.0.0.0/0", 22), says="lets '0.0.0.0/0' in to ports 22 to 22"),
        missing=case(_NO_DOORS),
        unknown=case(_group("ingress", UNKNOWN, 443), says=_NOT_PROVEN),
        config=case(_PUBLIC, publicPorts=[443]),
    ),
    Example(
        "ec2-group-no-open-egress",
        good=case(_group("egress", "10.0.0.0/16", 443)),
        bad=case(_OUT, says="lets everything out to '0.0.0.0/0'"),
        missing=case(_NO_DOORS),
        unknown=case(_group("egress", UNKNOWN, 443), says=_NOT_PROVEN),
        config=case(_OUT, allowed=True),
    ),
)
