"""Rules about security groups, in each of the provider's forms."""

from typing import Any

import pytest

from tests.support.policies import UNKNOWN, Declared, check

NOT_PROVEN = "cannot be proven at preview"
INGRESS, EGRESS = "ec2-group-no-public-ingress", "ec2-group-no-open-egress"


def ports(low: object, high: object, protocol: object = "tcp") -> dict[str, Any]:
    return {"protocol": protocol, "fromPort": low, "toPort": high}


def forms(side: str, cidr: object, doors: dict[str, Any]) -> list[Declared]:
    """Return one opening in every form: inline, by the older resource and by the newer one."""
    family = "ipv6CidrBlocks" if ":" in str(cidr) and cidr != UNKNOWN else "cidrBlocks"
    single = "cidrIpv6" if family == "ipv6CidrBlocks" else "cidrIpv4"
    newer = {"ipProtocol": doors["protocol"], "fromPort": doors["fromPort"], "toPort": doors["toPort"]}
    title = side.capitalize()
    return [
        Declared("ec2/securityGroup:SecurityGroup", {side: [{**doors, family: [cidr]}]}),
        Declared("ec2/securityGroupRule:SecurityGroupRule", {"type": side, **doors, family: [cidr]}),
        Declared(f"vpc/securityGroup{title}Rule:SecurityGroup{title}Rule", {**newer, single: cidr}),
    ]


@pytest.mark.parametrize("form", range(3))
@pytest.mark.parametrize(
    ("cidr", "doors", "expected"),
    [
        ("10.0.0.0/8", ports(22, 22), None),
        ("fc00::/7", ports(443, 443), None),
        ("0.0.0.0/0", ports(22, 22), "to ports 22 to 22"),
        ("0.0.0.0/1", ports(22, 22), "'0.0.0.0/1'"),
        ("::/0", ports(22, 22), "'::/0'"),
        ("0.0.0.0/0", ports(443, 443), "to ports 443 to 443"),
        ("0.0.0.0/0", ports(0, 0, "-1"), "to ports 0 to 65535"),
        ("0.0.0.0/0", ports(UNKNOWN, 22), NOT_PROVEN),
        (UNKNOWN, ports(22, 22), NOT_PROVEN),
    ],
)
def test_nobody_lets_the_internet_in(
    form: int, cidr: str, doors: dict[str, Any], expected: str | None
) -> None:
    check(INGRESS, expected, forms("ingress", cidr, doors)[form])
    check(INGRESS, None, forms("egress", cidr, doors)[form])


@pytest.mark.parametrize("form", range(3))
def test_public_ports_are_a_setting_and_hold_for_themselves(form: int) -> None:
    public = {"publicPorts": [443]}
    check(INGRESS, None, forms("ingress", "0.0.0.0/0", ports(443, 443))[form], config=public)
    check(INGRESS, "443 to 444", forms("ingress", "0.0.0.0/0", ports(443, 444))[form], config=public)


@pytest.mark.parametrize("form", range(3))
@pytest.mark.parametrize(
    ("cidr", "doors", "expected"),
    [
        ("0.0.0.0/0", ports(443, 443), None),
        ("10.0.0.0/8", ports(0, 0, "-1"), None),
        ("0.0.0.0/0", ports(0, 0, "-1"), "lets everything out"),
        ("::/0", ports(0, 65535), "lets everything out"),
        ("0.0.0.0/0", ports(0, 65535, UNKNOWN), NOT_PROVEN),
        (UNKNOWN, ports(0, 0, "-1"), NOT_PROVEN),
    ],
)
def test_nobody_lets_everything_out(
    form: int, cidr: str, doors: dict[str, Any], expected: str | None
) -> None:
    resource = forms("egress", cidr, doors)[form]
    check(EGRESS, expected, resource)
    check(EGRESS, None, resource, config={"allowed": True})


@pytest.mark.parametrize(
    "resource",
    [
        Declared("ec2/securityGroup:SecurityGroup", {"ingress": UNKNOWN}),
        Declared("ec2/securityGroupRule:SecurityGroupRule", {"type": UNKNOWN}),
    ],
)
def test_rules_that_are_not_known_are_not_proven(resource: Declared) -> None:
    check(INGRESS, NOT_PROVEN, resource)
