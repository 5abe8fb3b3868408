"""Examples of the rules of `ec2_groups`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_OPEN = [{"protocol": "-1", "fromPort": 0, "toPort": 0, "cidrBlocks": ["0.0.0.0/0"]}]


def _default(**props: object) -> Declared:
    return Declared(
        "ec2/defaultSecurityGroup:DefaultSecurityGroup", {"vpcId": "vpc-1", **props}, name="default"
    )


def _group(**props: object) -> Declared:
    return Declared("ec2/securityGroup:SecurityGroup", {"name": "agents", **props}, name="agents")


EXAMPLES = (
    Example(
        "ec2-group-default-closed",
        good=case(_default()),
        bad=case(_default(ingress=_OPEN), says="ingress of default lets traffic through"),
        missing=case(_default(ingress=[], egress=[])),
        unknown=case(_default(egress=UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "ec2-group-description",
        good=case(_group(description="Agents, to the interface endpoints only")),
        bad=case(_group(description="Managed by Pulumi"), says="description of agents says nothing"),
        missing=case(_group(), says="description of agents says nothing"),
        unknown=case(_group(description=UNKNOWN)),
    ),
)
