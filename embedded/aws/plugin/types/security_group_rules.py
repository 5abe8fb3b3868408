"""Rules of security groups as resources of their own: one source or destination each."""

from collections.abc import Mapping
from typing import Any, cast

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.model import Model
from embedded.aws.plugin.shapes import pick, tag_map
from embedded.aws.plugin.types.ec2 import retag, tagged
from embedded.aws.plugin.types.security_group_permissions import (
    group_pair,
    group_text,
    protocol,
    same_protocol,
)
from embedded.aws.plugin.types.security_groups import GONE
from embedded.aws.plugin.values import Bag

_SOURCES = ("cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId")
_PORTS = {"fromPort": "FromPort", "toPort": "ToPort"}
_ANY = -1  # every port or every ICMP type, also what AWS says where there are none


def _permission(new: Bag) -> Bag:
    """Return the rule in the form of the creating calls."""
    description = pick(new, {"description": "Description"})
    names = {
        "cidrIpv4": ("IpRanges", "CidrIp"),
        "cidrIpv6": ("Ipv6Ranges", "CidrIpv6"),
        "prefixListId": ("PrefixListIds", "PrefixListId"),
    }
    sources = {
        field: [{key: new[name], **description}] for name, (field, key) in names.items() if new.get(name)
    }
    if new.get("referencedSecurityGroupId"):
        sources["UserIdGroupPairs"] = [{**group_pair(new["referencedSecurityGroupId"]), **description}]
    return {"IpProtocol": protocol(new["ipProtocol"]), **pick(new, _PORTS), **sources}


def update(aws: Aws, rule_id: str, old: Bag, new: Bag) -> None:
    """Change the rule; AWS keeps its id, and the kind of its source."""
    names = {
        **_PORTS,
        "cidrIpv4": "CidrIpv4",
        "cidrIpv6": "CidrIpv6",
        "description": "Description",
        "prefixListId": "PrefixListId",
        "referencedSecurityGroupId": "ReferencedGroupId",
    }
    desired = {"IpProtocol": protocol(new["ipProtocol"]), **pick(new, names)}
    if desired != {"IpProtocol": protocol(old["ipProtocol"]), **pick(old, names)}:
        aws.client("ec2").modify_security_group_rules(
            GroupId=new["securityGroupId"],
            SecurityGroupRules=[{"SecurityGroupRuleId": rule_id, "SecurityGroupRule": desired}],
        )


def _state(aws: Aws, live: Mapping[str, Any]) -> Bag:
    """Return the live state of the rule; ports that mean 'no port' are left out."""
    names = {
        "SecurityGroupRuleId": "securityGroupRuleId",
        "GroupId": "securityGroupId",
        "IpProtocol": "ipProtocol",
        "CidrIpv4": "cidrIpv4",
        "CidrIpv6": "cidrIpv6",
        "PrefixListId": "prefixListId",
        "Description": "description",
    }
    pair = cast("Mapping[str, str] | None", live.get("ReferencedGroupInfo"))
    return {
        **pick(live, names),
        **{name: live[field] for name, field in _PORTS.items() if live.get(field, _ANY) != _ANY},
        **({"referencedSecurityGroupId": group_text(aws, pair)} if pair else {}),
        "arn": aws.arn("ec2", f"security-group-rule/{live['SecurityGroupRuleId']}"),
        "tags": tag_map(live.get("Tags") or []),
    }


def another_source(old: Bag, new: Bag) -> frozenset[str]:
    """Return the source properties if a rule changes to another kind of source, which replaces it.

    Args:
        old: The rule's state.
        new: The program's inputs.

    Returns:
        The sources, if the rule has another kind of them.
    """
    before, after = ({name for name in _SOURCES if bag.get(name)} for bag in (old, new))
    return frozenset(before | after) if before != after else frozenset()


def without_any_port(bag: Bag) -> Bag:
    """Return a rule without ports that mean 'no port'.

    Args:
        bag: Inputs or state.

    Returns:
        A new bag.
    """
    return {name: value for name, value in bag.items() if name not in _PORTS or value != _ANY}


def _rule(side: str) -> Model:
    """Return the description of a rule of one side of a group."""

    def create(aws: Aws, new: Bag) -> str:
        authorize = getattr(aws.client("ec2"), f"authorize_security_group_{side}")
        tag_specifications = tagged("security-group-rule", new)
        answer = authorize(
            GroupId=new["securityGroupId"], IpPermissions=[_permission(new)], **tag_specifications
        )
        return str(answer["SecurityGroupRules"][0]["SecurityGroupRuleId"])

    def read(aws: Aws, rule_id: str) -> Bag | None:
        answer = aws.client("ec2").describe_security_group_rules(SecurityGroupRuleIds=[rule_id])
        live = answer["SecurityGroupRules"][0]
        return _state(aws, live) if live["IsEgress"] == (side == "egress") else None

    def delete(aws: Aws, rule_id: str, state: Bag) -> None:
        revoke = getattr(aws.client("ec2"), f"revoke_security_group_{side}")
        revoke(GroupId=state["securityGroupId"], SecurityGroupRuleIds=[rule_id])

    return Model(
        page=f"vpc_security_group_{side}_rule",
        create=create,
        read=read,
        update=update,
        delete=delete,
        retag=retag,
        replaces=frozenset({"region", "securityGroupId"}),
        replaces_when=another_source,
        computed=frozenset({"region"}),
        texts={"ipProtocol": same_protocol},
        missing=GONE | {"InvalidSecurityGroupRuleId.NotFound"},
        name=None,
        canonical=without_any_port,
    )


MODELS = {
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": _rule("ingress"),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": _rule("egress"),
}
