"""Where a live resource is: the account and region that its ARN or URL says, or those of whoever reads it.

Equal names are one resource only in one account and region.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

# Both forms of a queue's URL: https://docs.aws.amazon.com/general/latest/gr/sqs-service.html
_URL = re.compile(r"https?://(?P<host>[^/]+)/(?P<account>\d{12})/(?P<name>[^/]+)")
_QUEUES = re.compile(r"(?:sqs\.)?([a-z]{2}(?:-[a-z]+)+-\d)\.(?:queue\.)?amazonaws\.com")
_OLDEST = "queue.amazonaws.com"  # of us-east-1, and older than regions
# Services whose resources are in no region
_GLOBAL = frozenset(["budgets", "cloudfront", "costexplorer", "iam", "organizations", "route53"])
_OF_ACCOUNT = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"
_PARTS = 6


@dataclass(frozen=True)
class Spot:
    """An account and a region; empty where names are the same everywhere, None where it is not known."""

    account: str | None
    region: str | None

    def clashes(self, other: "Spot") -> bool:
        """Say whether something here is surely not the same as something there."""
        pairs = ((self.account, other.account), (self.region, other.region))
        return any(one and two and one != two for one, two in pairs)

    @property
    def known(self) -> bool:
        """Whether both are known, or do not matter."""
        return self.account is not None and self.region is not None


def called(identity: str) -> str:
    """Give what of an id is left without account and region: an ARN's last part, a queue's name, or all."""
    if identity.startswith("arn:"):
        return identity.split(":", _PARTS - 1)[-1]
    url = _URL.match(identity)
    return url["name"] if url else identity


def spot(token: str, identity: str, reader: Spot, arn: str = "") -> Spot:
    """Give where something is.

    Args:
        token: Its type.
        identity: Its id.
        reader: Where it is if neither its id nor its ARN says so.
        arn: Its ARN, if that is known apart from the id.
    """
    module = token.split(":")[1].partition("/")[0]
    if module == "s3" and token != _OF_ACCOUNT:
        return Spot("", "")  # one name is one bucket, whoever has it
    account, region = reader.account, reader.region
    told = identity if identity.startswith("arn:") else arn
    url = _URL.match(identity)
    if told.count(":") >= _PARTS - 1:
        *_, region, owner, _ = told.split(":", _PARTS - 1)
        account = owner or account
    elif url:
        of_sqs = _QUEUES.fullmatch(url["host"])
        account = url["account"]
        region = of_sqs[1] if of_sqs else "us-east-1" if url["host"] == _OLDEST else region
    return Spot(account, "" if module in _GLOBAL else region)


def readers(resources: Iterable[Mapping[str, Any]]) -> dict[str, Spot]:
    """Give where each provider of a state reads, by the reference that resources have of it.

    A provider says its region and which accounts it may be in; what it made says in its ARNs where that was.
    """
    said: dict[str, Mapping[str, Any]] = {}
    accounts, regions = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for one in resources:
        if one["type"] == "pulumi:providers:aws":
            said[f"{one['urn']}::{one.get('id')}"] = one.get("inputs") or {}
        parts = own_arn(one).split(":", _PARTS - 1)
        if len(parts) == _PARTS:
            regions[str(one.get("provider"))] |= {parts[3]} - {""}
            accounts[str(one.get("provider"))] |= {parts[4]} - {""}
    found: dict[str, Spot] = {}
    for reference in {*said, *accounts}:
        inputs = said.get(reference, {})
        region = inputs.get("region")
        found[reference] = Spot(
            _single(accounts[reference]) or _single(_listed(inputs.get("allowedAccountIds"))),
            region if isinstance(region, str) else _single(regions[reference]),
        )
    return found


def own_arn(resource: Mapping[str, Any]) -> str:
    """Give the ARN that a state has of a resource; empty if none."""
    arn = (resource.get("outputs") or {}).get("arn")
    return arn if isinstance(arn, str) and arn.startswith("arn:") else ""


def _single(some: Iterable[str]) -> str | None:
    every = {*some}
    return every.pop() if len(every) == 1 else None


def _listed(value: object) -> list[str]:
    """Give the texts of a list, which providers keep as JSON."""
    try:
        given = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return []
    return [str(one) for one in given] if isinstance(given, list) else []
