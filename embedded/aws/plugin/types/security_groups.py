"""Security groups, with the rules that are declared on the group itself."""

from collections.abc import Mapping
from typing import Any

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.model import Model
from embedded.aws.plugin.shapes import pick, tag_map
from embedded.aws.plugin.types.ec2 import retag, tagged
from embedded.aws.plugin.types.security_group_permissions import (
    SOURCES,
    combine,
    rules_of_answer,
    rules_of_inputs,
)
from embedded.aws.plugin.values import Bag, contains_unknown

GONE = frozenset({"InvalidGroup.NotFound", "InvalidGroupId.Malformed"})
_SIDES = {"ingress": "IpPermissions", "egress": "IpPermissionsEgress"}


def canonical(bag: Bag) -> Bag:
    """Return a bag with its rules in one form; a program may write several sources together or apart.

    Args:
        bag: Inputs or state.

    Returns:
        A new bag; rules that are not known yet stay as they are.
    """
    sides = {side: bag[side] for side in _SIDES if side in bag and not contains_unknown(bag[side])}
    return {**bag, **{side: combine(rules_of_inputs(rules, "self"), "self") for side, rules in sides.items()}}


def create(aws: Aws, new: Bag) -> str:
    """Create the group; its rules follow in `settle`."""
    names = {"name": "GroupName", "description": "Description", "vpcId": "VpcId"}
    settings = {**pick(new, names), **tagged("security-group", new)}
    return str(aws.client("ec2").create_security_group(**settings)["GroupId"])


def settle(aws: Aws, group: str, old: Bag, new: Bag) -> None:
    """Take away the rule that lets everything out, which each new group has, and set the program's."""
    update(aws, group, old, {"egress": [], **new})


def update(aws: Aws, group: str, _old: Bag, new: Bag) -> None:
    """Set the rules of the sides that the program gives, which it then owns altogether."""
    client = aws.client("ec2")
    live = _describe(aws, group)
    for side, field in _SIDES.items():
        if side not in new:
            continue
        current, desired = set(rules_of_answer(aws, live[field])), set(rules_of_inputs(new[side], group))
        for calls, rules in (
            (f"revoke_security_group_{side}", current - desired),
            (f"authorize_security_group_{side}", desired - current),
        ):
            if rules:
                call = getattr(client, calls)
                call(GroupId=group, IpPermissions=[rule.permission() for rule in sorted(rules)])


def read(aws: Aws, group: str) -> Bag | None:
    """Return the live state of the group."""
    live = _describe(aws, group)
    names = {
        "SecurityGroupArn": "arn",
        "GroupName": "name",
        "Description": "description",
        "OwnerId": "ownerId",
        "VpcId": "vpcId",
    }
    rules = {side: combine(rules_of_answer(aws, live[field]), group) for side, field in _SIDES.items()}
    return {**pick(live, names), **rules, "tags": tag_map(live.get("Tags") or [])}


def delete(aws: Aws, group: str, state: Bag) -> None:
    """Delete the group, after its rules if the program says so."""
    if state.get("revokeRulesOnDelete"):
        update(aws, group, state, {"ingress": [], "egress": []})
    aws.client("ec2").delete_security_group(GroupId=group)


def _describe(aws: Aws, group: str) -> Mapping[str, Any]:
    """Return the group as DescribeSecurityGroups returns it."""
    return aws.client("ec2").describe_security_groups(GroupIds=[group])["SecurityGroups"][0]


MODELS = {
    "aws:ec2/securityGroup:SecurityGroup": Model(
        page="security_group",
        create=create,
        settle=settle,
        read=read,
        update=update,
        delete=delete,
        retag=retag,
        replaces=frozenset({"description", "name", "namePrefix", "region", "vpcId"}),
        defaults={"description": "Managed by Pulumi"},
        computed=frozenset({"egress", "ingress", "name", "namePrefix", "region", "vpcId"}),
        sets={f"{side}.{kind}": "" for side in _SIDES for kind in SOURCES},
        unread=frozenset({"revokeRulesOnDelete"}),
        mirrored=frozenset(_SIDES),
        missing=GONE,
        canonical=canonical,
    ),
}
