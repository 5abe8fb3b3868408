"""Rules about what holds for a whole account or network, where a program declares it."""

from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Rule, Unknown
from tms_policies.rules.flags import must_be_true
from tms_policies.rules.needs import must_lie
from tms_policies.values import items, shown, unproven

PASSWORDS = "aws:iam/accountPasswordPolicy:AccountPasswordPolicy"
DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"
GROUP = "aws:ec2/securityGroup:SecurityGroup"
_GROUP_RULES = (
    "aws:ec2/securityGroupRule:SecurityGroupRule",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
)
ACCESS_POINT = "aws:s3/accessPoint:AccessPoint"
_KINDS = ("requireLowercaseCharacters", "requireUppercaseCharacters", "requireNumbers", "requireSymbols")
_BLOCKS = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")


def passwords(policy: Resource, _settings: Bag) -> Iterable[Finding]:
    """The strictest of the figures that the controls ask for: CIS 1.7 and 1.8, FSBP IAM.7, IAM.17."""
    yield from must_lie(policy, (14, 128), "minimum_password_length=14", "minimumPasswordLength", default=6)
    yield from must_lie(
        policy, (24, 24), "password_reuse_prevention=24", "passwordReusePrevention", default=0
    )
    yield from must_lie(policy, (1, 90), "max_password_age=90", "maxPasswordAge", default=0)
    for name in _KINDS:
        yield from must_be_true(policy, f"{name} set to True", name)


def default_group(group: Resource, _settings: Bag) -> Iterable[Finding]:
    """The group that everything gets which names none lets nothing through."""
    for name in ("ingress", "egress"):
        value = group.props.get(name)
        if isinstance(value, Unknown):
            yield unproven(value, f"{name} of {group.name} must be empty")
        elif items(value):
            yield Finding(
                f"{name} of {group.name} lets traffic through", f"no {name} on a DefaultSecurityGroup"
            )


def described(resource: Resource, _settings: Bag) -> Iterable[Finding]:
    """Each group, and each rule of one, says what it is for."""
    places: list[tuple[str, object]] = [("description", resource.props.get("description"))]
    if resource.type == GROUP:
        for name in ("ingress", "egress"):
            given = resource.props.get(name)
            blocks = [one for one in items(given) if isinstance(one, dict)]
            places += [
                (f"{name}[{index}].description", one.get("description")) for index, one in enumerate(blocks)
            ]
    for where, value in places:
        if value in (None, "", "Managed by Pulumi", "Managed by Terraform"):
            yield Finding(
                f"{where} of {resource.name} says nothing", 'description="who may reach what, and what for"'
            )


def access_point(point: Resource, _settings: Bag) -> Iterable[Finding]:
    """All four flags; left out they are on, and cannot be changed later."""
    given = point.props.get("publicAccessBlockConfiguration")
    if isinstance(given, Unknown):
        yield unproven(given, f"{point.name} must block public access")
        return
    for flag in _BLOCKS:
        value = given.get(flag) if isinstance(given, dict) else None
        if isinstance(value, Unknown):
            yield unproven(value, f"{flag} of {point.name} must be true")
        elif value is not None and value is not True and str(value).lower() != "true":
            yield Finding(
                f"publicAccessBlockConfiguration.{flag} of {point.name} is {shown(value)}",
                "public_access_block_configuration left out, or all four flags True",
            )


RULES = (
    Rule(
        "iam-account-password-policy",
        "medium",
        (
            "FSBP:IAM.7",
            "FSBP:IAM.10",
            "FSBP:IAM.11",
            "FSBP:IAM.12",
            "FSBP:IAM.13",
            "FSBP:IAM.14",
            "FSBP:IAM.15",
            "FSBP:IAM.16",
            "FSBP:IAM.17",
            "CIS:1.7",
            "CIS:1.8",
            "CKV_AWS_9",
            "CKV_AWS_10",
            "CKV_AWS_11",
            "CKV_AWS_12",
            "CKV_AWS_13",
            "CKV_AWS_14",
            "CKV_AWS_15",
        ),
        "The account's password policy asks for 14 characters of each kind, new ones every 90 days.",
        "Set all its fields to these figures.",
        (PASSWORDS,),
        passwords,
        reads=("minimumPasswordLength", "passwordReusePrevention", "maxPasswordAge", *_KINDS),
        why="A password that is guessed is a way into the console that no role's policy closes. "
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html",
    ),
    Rule(
        "ec2-group-default-closed",
        "high",
        ("FSBP:EC2.2", "CIS:5.5", "CKV2_AWS_12"),
        "A VPC's default security group lets nothing in or out.",
        "Declare it without ingress and egress.",
        (DEFAULT_GROUP,),
        default_group,
        reads=("ingress", "egress"),
        why="What is launched without a group gets this one, and is reachable by all that forgot as well. "
        "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
    ),
    Rule(
        "ec2-group-description",
        "low",
        ("CKV_AWS_23",),
        "Each security group, and each rule of one, says what it is for.",
        "Write a description.",
        (GROUP, *_GROUP_RULES),
        described,
        why="A rule that nobody can explain is never taken out.",
    ),
    Rule(
        "s3-access-point-public-access",
        "critical",
        ("FSBP:S3.19", "CKV_AWS_392"),
        "An access point blocks public access with all four flags.",
        "Leave public_access_block_configuration out.",
        (ACCESS_POINT,),
        access_point,
        reads=("publicAccessBlockConfiguration",),
        why="The flags are fixed when the point is made; with one off, a policy can open the bucket by it. "
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html",
    ),
)
