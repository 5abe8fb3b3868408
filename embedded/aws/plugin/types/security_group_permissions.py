"""Rules of a security group in the form of the API, of the state and of a program."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.values import Bag

_PROTOCOLS = {"all": "-1", "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"}


SOURCES = {
    "cidrBlocks": ("IpRanges", "CidrIp"),
    "ipv6CidrBlocks": ("Ipv6Ranges", "CidrIpv6"),
    "prefixListIds": ("PrefixListIds", "PrefixListId"),
    "securityGroups": ("UserIdGroupPairs", "GroupId"),
}


def protocol(name: str) -> str:
    """Return a protocol as AWS gives it back.

    Args:
        name: A name or number, in any case; `all` for every protocol.

    Returns:
        The usual name where there is one, `-1` for every protocol.
    """
    return _PROTOCOLS.get(name.lower(), name.lower())


def same_protocol(first: str, second: str) -> bool:
    """Return whether two texts name one protocol.

    Args:
        first: A name or number.
        second: A name or number.

    Returns:
        True when they do.
    """
    return protocol(first) == protocol(second)


def group_pair(group: str) -> dict[str, str]:
    """Return the reference to another group in the form of the API.

    Args:
        group: Its id, after its account's and a slash when that is another account.

    Returns:
        The fields of a pair of user and group.
    """
    account, _, group_id = group.rpartition("/")
    return {"GroupId": group_id, **({"UserId": account} if account else {})}


def group_text(aws: Aws, pair: Mapping[str, str]) -> str:
    """Return the reference to another group as a program writes it.

    Args:
        aws: The AWS that is talked to.
        pair: What AWS says of the group.

    Returns:
        Its id, after its account's and a slash when that is another account.
    """
    account = pair.get("UserId") or aws.account
    return pair["GroupId"] if account == aws.account else f"{account}/{pair['GroupId']}"


@dataclass(frozen=True, order=True)
class SingleRule:
    """One rule for one source or destination, the least that AWS adds and removes."""

    protocol: str
    first: int
    last: int
    description: str
    kind: str
    source: str

    def permission(self) -> Bag:
        """Return the rule in the form of the API; a rule for every protocol has no ports."""
        field, key = SOURCES[self.kind]
        source: Bag = group_pair(self.source) if self.kind == "securityGroups" else {key: self.source}
        if self.description:
            source["Description"] = self.description
        ports = {} if self.protocol == "-1" else {"FromPort": self.first, "ToPort": self.last}
        return {"IpProtocol": self.protocol, **ports, field: [source]}


def rules_of_inputs(rules: Iterable[Bag], group: str) -> Iterator[SingleRule]:
    """Yield the single rules of a program's inputs."""
    for rule in rules:
        head = protocol(rule["protocol"]), rule["fromPort"], rule["toPort"], rule.get("description") or ""
        for kind in SOURCES:
            for source in rule.get(kind) or ():
                yield SingleRule(*head, kind, source)
        if rule.get("self"):
            yield SingleRule(*head, "securityGroups", group)


def rules_of_answer(aws: Aws, permissions: Iterable[Mapping[str, Any]]) -> Iterator[SingleRule]:
    """Yield the single rules of the API's answer."""
    for permission in permissions:
        head = permission["IpProtocol"], permission.get("FromPort", 0), permission.get("ToPort", 0)
        for kind, (field, key) in SOURCES.items():
            for entry in cast("list[dict[str, str]]", permission.get(field) or []):
                source = group_text(aws, entry) if kind == "securityGroups" else entry[key]
                yield SingleRule(*head, entry.get("Description", ""), kind, source)


def combine(rules: Iterable[SingleRule], group: str) -> list[Bag]:
    """Return rules as the provider reads them: merged by ports, protocol and description."""
    groups: dict[tuple[str, int, int, str], Bag] = {}
    for rule in sorted(set(rules)):
        head = {"protocol": rule.protocol, "fromPort": rule.first, "toPort": rule.last}
        description = {"description": rule.description} if rule.description else {}
        merged = groups.setdefault(
            (rule.protocol, rule.first, rule.last, rule.description), {**head, **description, "self": False}
        )
        if rule.source == group:
            merged["self"] = True
        else:
            cast("list[str]", merged.setdefault(rule.kind, [])).append(rule.source)
    return list(groups.values())
