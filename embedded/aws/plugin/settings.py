"""The provider's configuration: checked before anything is done, so that no real account is ever reached.

Config keys are those of the published provider (`aws:region`, `aws:allowedAccountIds`, `aws:defaultTags`,
`aws:endpoints`); its documentation is https://www.pulumi.com/registry/packages/aws/installation-configuration/.
"""

import ipaddress
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

from embedded.aws.plugin.values import UNKNOWN, Bag, without_internals

DEFAULT_ACCOUNT = "123456789012"
_ACCOUNT = re.compile(r"\d{12}")
_ENDPOINT_VARIABLE = "AWS_ENDPOINT_URL"
_NOT_LOOPBACK = (
    "the endpoint {url} of {service} is not on loopback; this is the embedded AWS plugin, "
    "only the published pulumi-resource-aws may talk to AWS"
)
_MISSING = (
    "AWS_ENDPOINT_URL is not set; this is the embedded AWS plugin, which talks to loopback only: "
    "run it through EMBEDDED=1 ./pulumiw, or install the published pulumi-resource-aws"
)


@dataclass(frozen=True)
class Settings:
    """A provider configuration that has passed every check.

    Attributes:
        region: The region of resources that name none.
        account: The account that the embedded AWS acts in: the first allowed one.
        endpoints: Loopback URLs by service, `""` for every other service.
        default_tags: Tags that every taggable resource gets.
    """

    region: str
    account: str
    endpoints: Mapping[str, str]
    default_tags: Mapping[str, str]


def parse(config: Bag, environment: Mapping[str, str] = os.environ) -> tuple[Settings, list[tuple[str, str]]]:
    """Read a provider configuration and find everything that is wrong with it.

    Args:
        config: Config values by key; objects and lists may be JSON texts, as the engine sends them.
        environment: Where endpoints may be named too.

    Returns:
        The settings, and the problems as (key, one line); use the settings only when there are none.
    """
    values = {key: _decoded(value) for key, value in config.items()}
    region = str(
        values.get("region") or environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION") or ""
    )
    problems = list(_region_problems(region))
    accounts = cast("list[object]", values.get("allowedAccountIds") or [])
    problems += [
        ("allowedAccountIds", f"aws:allowedAccountIds has '{a}'; an account id is 12 digits")
        for a in accounts
        if a != UNKNOWN and not _ACCOUNT.fullmatch(str(a))
    ]
    endpoints = dict(_endpoints(values, environment))
    problems += list(_endpoint_problems(endpoints))
    tags = cast("Bag", values.get("defaultTags") or {}).get("tags") or {}
    account = str(accounts[0]) if accounts else DEFAULT_ACCOUNT
    return Settings(region, account, endpoints, cast("dict[str, str]", tags)), problems


def _decoded(value: object) -> Any:  # noqa: ANN401 - a config value may be anything
    """Return a config value; the engine sends lists and objects as JSON texts."""
    if isinstance(value, str) and value[:1] in ("[", "{"):
        try:
            return without_internals(json.loads(value))
        except ValueError:
            return value
    return without_internals(value)


def _region_problems(region: str) -> Iterator[tuple[str, str]]:
    """Yield the fault of the region: a preview cannot compute names without one."""
    if not region:
        yield ("region", "aws:region is not set; set it with: pulumi config set aws:region us-east-1")


def _endpoints(values: Bag, environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield service and URL of every endpoint in configuration and environment."""
    for name, url in environment.items():
        if url and name.startswith(_ENDPOINT_VARIABLE):
            yield name.removeprefix(_ENDPOINT_VARIABLE).strip("_").lower().replace("_", "-"), url
    for entry in cast("list[Bag]", values.get("endpoints") or []):
        for service, url in entry.items():
            yield service, str(url)


def _endpoint_problems(endpoints: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the faults of the endpoints: one must serve every service, and all must be on loopback."""
    for service, url in endpoints.items():
        if not is_loopback(url):
            yield "endpoints", _NOT_LOOPBACK.format(url=url, service=service or "all services")
    if "" not in endpoints:
        yield "endpoints", _MISSING


def is_loopback(url: str) -> bool:
    """Return whether a URL is on the loopback interface.

    Args:
        url: An endpoint URL.

    Returns:
        True for 127.0.0.0/8, ::1 and localhost over http or https.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        if parts.scheme not in ("http", "https"):
            return False
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
