"""Security groups, with the rules that are given on the group itself."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.model import Model
from embedded.aws.plugin.shapes import pick, tag_map
from embedded.aws.plugin.types.ec2 import retag, tagged
from embedded.aws.plugin.values import Bag, contains_unknown

GONE = frozenset({"InvalidGroup.NotFound", "InvalidGroupId.Malformed"})
_PROTOCOLS = {"all": "-1", "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"}
_SIDES = {"ingress": "IpPermissions", "egress": "IpPermissionsEgress"}
_SOURCES = {
    "cidrBlocks": ("IpRanges", "CidrIp"),
    "ipv6CidrBlocks": ("Ipv6Ranges", "CidrIpv6"),
    "prefixListIds": ("PrefixListIds", "PrefixListId"),
    "securityGroups": ("UserIdGroupPairs", "GroupId"),
}


def protocol(name: str) -> str:
    """A protocol as AWS gives it back.

    Args:
        name: A name or number, in any case; `all` for every protocol.

    Returns:
        The usual name where there is one, `-1` for every protocol.
    """
    return _PROTOCOLS.get(name.lower(), name.lower())


def same_protocol(first: str, second: str) -> bool:
    """Whether two texts name one protocol.

    Args:
        first: A name or number.
        second: A name or number.

    Returns:
        True when they do.
    """
    return protocol(first) == protocol(second)


def group_pair(group: str) -> dict[str, str]:
    """Another group as AWS wants it.

    Args:
        group: Its id, after its account's and a slash when that is another account.

    Returns:
        The fields of a pair of user and group.
    """
    account, _, group_id = group.rpartition("/")
    return {"GroupId": group_id, **({"UserId": account} if account else {})}


def group_text(aws: Aws, pair: Mapping[str, str]) -> str:
    """Another group as a program names it.

    Args:
        aws: The AWS that is talked to.
        pair: What AWS says of the group.

    Returns:
        Its id, after its account's and a slash when that is another account.
    """
    account = pair.get("UserId") or aws.account
    return pair["GroupId"] if account == aws.account else f"{account}/{pair['GroupId']}"


@dataclass(frozen=True, order=True)
class _Rule:
    """One rule for one source or destination, the least that AWS adds and removes."""

    protocol: str
    first: int
    last: int
    description: str
    kind: str
    source: str

    def permission(self) -> Bag:
        """The rule as AWS wants it; a rule for every protocol has no ports."""
        field, key = _SOURCES[self.kind]
        source: Bag = group_pair(self.source) if self.kind == "securityGroups" else {key: self.source}
        if self.description:
            source["Description"] = self.description
        ports = {} if self.protocol == "-1" else {"FromPort": self.first, "ToPort": self.last}
        return {"IpProtocol": self.protocol, **ports, field: [source]}


def _given(rules: Iterable[Bag], group: str) -> Iterator[_Rule]:
    """The single rules of what a program gives."""
    for rule in rules:
        head = protocol(rule["protocol"]), rule["fromPort"], rule["toPort"], rule.get("description") or ""
        for kind in _SOURCES:
            for source in rule.get(kind) or ():
                yield _Rule(*head, kind, source)
        if rule.get("self"):
            yield _Rule(*head, "securityGroups", group)


def _live(aws: Aws, permissions: Iterable[Mapping[str, Any]]) -> Iterator[_Rule]:
    """The single rules of what AWS says."""
    for permission in permissions:
        head = permission["IpProtocol"], permission.get("FromPort", 0), permission.get("ToPort", 0)
        for kind, (field, key) in _SOURCES.items():
            for entry in cast("list[dict[str, str]]", permission.get(field) or []):
                source = group_text(aws, entry) if kind == "securityGroups" else entry[key]
                yield _Rule(*head, entry.get("Description", ""), kind, source)


def _together(rules: Iterable[_Rule], group: str) -> list[Bag]:
    """Rules as the provider gives them back: those of the same ports, protocol and description are one."""
    groups: dict[tuple[str, int, int, str], Bag] = {}
    for rule in sorted(set(rules)):
        head = {"protocol": rule.protocol, "fromPort": rule.first, "toPort": rule.last}
        description = {"description": rule.description} if rule.description else {}
        combined = groups.setdefault(
            (rule.protocol, rule.first, rule.last, rule.description), {**head, **description, "self": False}
        )
        if rule.source == group:
            combined["self"] = True
        else:
            cast("list[str]", combined.setdefault(rule.kind, [])).append(rule.source)
    return list(groups.values())


def canonical(bag: Bag) -> Bag:
    """Rules in one form; a program may write those for several sources together or apart.

    Args:
        bag: Inputs or state.

    Returns:
        A new bag; rules that are not known yet stay as they are.
    """
    sides = {side: bag[side] for side in _SIDES if side in bag and not contains_unknown(bag[side])}
    return {**bag, **{side: _together(_given(rules, "self"), "self") for side, rules in sides.items()}}


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
        current, desired = set(_live(aws, live[field])), set(_given(new[side], group))
        for calls, rules in (
            (f"revoke_security_group_{side}", current - desired),
            (f"authorize_security_group_{side}", desired - current),
        ):
            if rules:
                call = getattr(client, calls)
                call(GroupId=group, IpPermissions=[rule.permission() for rule in sorted(rules)])


def read(aws: Aws, group: str) -> Bag | None:
    """The group as it is."""
    live = _describe(aws, group)
    names = {
        "SecurityGroupArn": "arn",
        "GroupName": "name",
        "Description": "description",
        "OwnerId": "ownerId",
        "VpcId": "vpcId",
    }
    rules = {side: _together(_live(aws, live[field]), group) for side, field in _SIDES.items()}
    return {**pick(live, names), **rules, "tags": tag_map(live.get("Tags") or [])}


def delete(aws: Aws, group: str, state: Bag) -> None:
    """Delete the group, after its rules if the program says so."""
    if state.get("revokeRulesOnDelete"):
        update(aws, group, state, {"ingress": [], "egress": []})
    aws.client("ec2").delete_security_group(GroupId=group)


def _describe(aws: Aws, group: str) -> Mapping[str, Any]:
    """What AWS says of the group."""
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
        sets={f"{side}.{kind}": "" for side in _SIDES for kind in _SOURCES},
        unread=frozenset({"revokeRulesOnDelete"}),
        mirrored=frozenset(_SIDES),
        missing=GONE,
        canonical=canonical,
    ),
}
