"""Examples of the rules about a whole account or network."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_STRONG = {
    "minimumPasswordLength": 14,
    "passwordReusePrevention": 24,
    "maxPasswordAge": 90,
    "requireLowercaseCharacters": True,
    "requireUppercaseCharacters": True,
    "requireNumbers": True,
    "requireSymbols": True,
}
_OPEN = [{"protocol": "-1", "fromPort": 0, "toPort": 0, "cidrBlocks": ["0.0.0.0/0"]}]


def _passwords(**props: object) -> Declared:
    return Declared("iam/accountPasswordPolicy:AccountPasswordPolicy", props, name="passwords")


def _default(**props: object) -> Declared:
    return Declared(
        "ec2/defaultSecurityGroup:DefaultSecurityGroup", {"vpcId": "vpc-1", **props}, name="default"
    )


def _group(**props: object) -> Declared:
    return Declared("ec2/securityGroup:SecurityGroup", {"name": "agents", **props}, name="agents")


def _point(**props: object) -> Declared:
    return Declared("s3/accessPoint:AccessPoint", {"bucket": "documents", **props}, name="reports")


EXAMPLES = (
    Example(
        "iam-account-password-policy",
        good=case(_passwords(**_STRONG)),
        bad=case(
            _passwords(**_STRONG | {"minimumPasswordLength": 8}),
            says="minimumPasswordLength of passwords is 8, not 14 to 128",
        ),
        missing=case(_passwords(), says="requireSymbols of passwords is missing"),
        unknown=case(_passwords(**_STRONG | {"maxPasswordAge": UNKNOWN}), says=_NOT_PROVEN),
    ),
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
    Example(
        "s3-access-point-public-access",
        good=case(_point()),
        bad=case(
            _point(publicAccessBlockConfiguration={"blockPublicPolicy": False}),
            says="publicAccessBlockConfiguration.blockPublicPolicy of reports is False",
        ),
        missing=case(_point(publicAccessBlockConfiguration={})),
        unknown=case(_point(publicAccessBlockConfiguration={"blockPublicAcls": UNKNOWN}), says=_NOT_PROVEN),
    ),
)
