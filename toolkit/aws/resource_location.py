"""The account and the region of a live resource, as its ARN or URL has them, or its provider.

Equal names are one resource only in one account and region.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.aws import types

# Both forms of a queue's URL, in every partition: https://docs.aws.amazon.com/general/latest/gr/sqs-service.html
_URL = re.compile(r"https?://(?P<host>[^/]+)/(?P<account>\d{12})/(?P<name>[^/]+)")
_QUEUE_HOST = re.compile(r"(?:sqs\.([a-z0-9-]+)|([a-z0-9-]+)\.queue|([a-z]{2}(?:-[a-z]+)+-\d))\.[a-z0-9.-]+")
_OLDEST_QUEUE_HOST = "queue.amazonaws.com"  # of us-east-1, and older than regions
_ARN_PARTS = 6


@dataclass(frozen=True)
class ResourceLocation:
    """An account and a region; empty where names are the same everywhere, None where it is not known."""

    account: str | None
    region: str | None

    def differs_from(self, other: "ResourceLocation") -> bool:
        """Return whether the two are surely not the same account and region."""
        pairs = ((self.account, other.account), (self.region, other.region))
        return any(first and second and first != second for first, second in pairs)

    @property
    def is_complete(self) -> bool:
        """Whether both are known, or do not matter."""
        return self.account is not None and self.region is not None


def unqualified(identity: str) -> str:
    """Return an id without account and region: an ARN's last part, a queue's name, or the id itself."""
    if identity.startswith("arn:"):
        return identity.split(":", _ARN_PARTS - 1)[-1]
    url = _URL.match(identity)
    return url["name"] if url else identity


def resource_location(
    token: str, identity: str, default: ResourceLocation, arn: str = ""
) -> ResourceLocation:
    """Return the account and region of a resource.

    Args:
        token: Its type.
        identity: Its id.
        default: Those of its provider, where neither its id nor its ARN has them.
        arn: Its ARN, if that is known apart from the id.
    """
    record = types.find(token)
    if record.scope == "partition":
        return ResourceLocation("", "")
    account, region = default.account, default.region
    arn = identity if identity.startswith("arn:") else arn
    url = _URL.match(identity)
    if arn.count(":") >= _ARN_PARTS - 1:
        *_, region, owner, _ = arn.split(":", _ARN_PARTS - 1)
        account = owner or account
    elif url:
        account, region = url["account"], queue_region(identity) or region
    return ResourceLocation(account, "" if record.scope == "account" else region)


def queue_region(url: str) -> str:
    """Return the region of a queue's URL in either of its forms; empty for any other URL or text."""
    host = re.match(r"https?://([^/]+)/", url)
    if not host:
        return ""
    if host[1] == _OLDEST_QUEUE_HOST:
        return "us-east-1"
    region = _QUEUE_HOST.fullmatch(host[1])
    return next(filter(None, region.groups()), "") if region else ""


def provider_locations(resources: Iterable[Mapping[str, Any]]) -> dict[str, ResourceLocation]:
    """Return the account and region of each provider of a state, by the reference that resources have of it.

    A provider has its region and the accounts it may be in; ARNs of its resources have both.
    """
    inputs_by_reference: dict[str, Mapping[str, Any]] = {}
    accounts, regions = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for resource in resources:
        if resource["type"] == "pulumi:providers:aws":
            inputs_by_reference[f"{resource['urn']}::{resource.get('id')}"] = resource.get("inputs") or {}
        parts = state_arn(resource).split(":", _ARN_PARTS - 1)
        if len(parts) == _ARN_PARTS:
            regions[str(resource.get("provider"))] |= {parts[3]} - {""}
            accounts[str(resource.get("provider"))] |= {parts[4]} - {""}
    locations: dict[str, ResourceLocation] = {}
    for reference in {*inputs_by_reference, *accounts}:
        inputs = inputs_by_reference.get(reference, {})
        region = inputs.get("region")
        locations[reference] = ResourceLocation(
            _single(accounts[reference]) or _single(_texts(inputs.get("allowedAccountIds"))),
            region if isinstance(region, str) else _single(regions[reference]),
        )
    return locations


def state_arn(resource: Mapping[str, Any]) -> str:
    """Return the ARN that a state has of a resource; empty if none."""
    arn = (resource.get("outputs") or {}).get("arn")
    return arn if isinstance(arn, str) and arn.startswith("arn:") else ""


def _single(values: Iterable[str]) -> str | None:
    distinct = {*values}
    return distinct.pop() if len(distinct) == 1 else None


def _texts(value: object) -> list[str]:
    """Return the texts of a list, which providers keep as JSON."""
    try:
        items = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return []
    return [str(item) for item in items] if isinstance(items, list) else []
