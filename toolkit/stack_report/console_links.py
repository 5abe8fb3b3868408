"""Where a resource is in the AWS console; nothing for types whose page has no address that names make up."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from toolkit.engine.values import UNKNOWN

_Inputs = Mapping[str, Any]
_NAMES = ("name", "bucket", "role", "repository", "rule", "dashboardName", "agentRuntimeName")
_PARTS = {"aws:s3/": "bucket", "aws:iam/role": "role"}


def _twice(name: str) -> str:
    """CloudWatch's pages read a name that is encoded twice, with `$` for `%`."""
    return quote(quote(name, safe=""), safe="").replace("%", "$")


def _queue(base: str, name: str, place: tuple[str, str]) -> str:
    url = f"https://sqs.{place[0]}.amazonaws.com/{place[1]}/{name}"
    return f"{base}/sqs/v3/home?region={place[0]}#/queues/{quote(url, safe='')}"


_PAGES: Mapping[str, Callable[[str, str, tuple[str, str]], str]] = {
    "aws:dynamodb/table": lambda base, name, at: f"{base}/dynamodbv2/home?region={at[0]}#table?name={name}",
    "aws:s3/": lambda _base, name, at: f"https://s3.console.aws.amazon.com/s3/buckets/{name}?region={at[0]}",
    "aws:sqs/queue:": _queue,
    "aws:iam/role": lambda _base, name, _at: f"https://console.aws.amazon.com/iam/home#/roles/details/{name}",
    "aws:ecr/": lambda base, name, at: f"{base}/ecr/repositories/private/{at[1]}/{name}?region={at[0]}",
    "aws:cloudwatch/logGroup": lambda base, name, at: (
        f"{base}/cloudwatch/home?region={at[0]}#logsV2:log-groups/log-group/{_twice(name)}"
    ),
    "aws:cloudwatch/metricAlarm": lambda base, name, at: (
        f"{base}/cloudwatch/home?region={at[0]}#alarmsV2:alarm/{quote(name, safe='')}"
    ),
    "aws:cloudwatch/dashboard": lambda base, name, at: (
        f"{base}/cloudwatch/home?region={at[0]}#dashboards/dashboard/{name}"
    ),
    "aws:cloudwatch/event": lambda base, name, at: (
        f"{base}/events/home?region={at[0]}#/eventbus/default/rules/{name}"
    ),
    "aws:sns/topic:": lambda base, name, at: (
        f"{base}/sns/v3/home?region={at[0]}#/topic/arn:aws:sns:{at[0]}:{at[1]}:{name}"
    ),
    "aws:cloudtrail/": lambda base, name, at: (
        f"{base}/cloudtrailv2/home?region={at[0]}#/trails/arn:aws:cloudtrail:{at[0]}:{at[1]}:trail/{name}"
    ),
    "aws:budgets/": lambda _base, name, _at: (
        f"https://console.aws.amazon.com/costmanagement/home#/budgets/details?name={quote(name)}"
    ),
}


def named(token: str, inputs: _Inputs, identity: str) -> str:
    """Give the name that a resource, or what it is a part of, has in AWS; empty while it is not known."""
    part = next((key for prefix, key in _PARTS.items() if token.startswith(prefix) and inputs.get(key)), "")
    given = inputs.get(part) or next((inputs[key] for key in _NAMES if inputs.get(key)), identity)
    return given if isinstance(given, str) and given != UNKNOWN else identity


def page(token: str, name: str, region: str, account: str) -> str:
    """Give the address of a resource's page; empty where there is none to be told.

    Args:
        token: The type.
        name: What `named` gave.
        region: Where it is.
        account: Whose it is.
    """
    form = next((form for prefix, form in _PAGES.items() if token.startswith(prefix)), None)
    if form is None or not name:
        return ""
    return form(f"https://{region}.console.aws.amazon.com", name, (region, account))
