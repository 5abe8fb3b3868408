"""Who else manages a live resource: CloudFormation, Terraform, or another stack of the same backend."""

from collections.abc import Iterable, Mapping
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from adopt.engine import Engine
from adopt.inventory import plain
from adopt.live import Account
from adopt.model import Found, Stop

_STACK = "aws:cloudformation:stack-name"
# Tags that people put on what Terraform manages; Terraform itself sets none
_TOOL_KEYS = frozenset(["managedby", "terraform", "provisionedby", "createdby"])
_TOOL_VALUES = frozenset(["terraform", "opentofu"])
# ARNs name the service, type tokens the SDK's module
_IN_ARNS = {
    "apigatewayv2": ("apigateway",),
    "bedrock": ("bedrock", "bedrock-agentcore"),
    "cloudwatch": ("cloudwatch", "events", "logs"),
    "cognito": ("cognito-idp",),
}
_TAKE = "take it out there first, then give its id in the mapping"


def tagged(live: Mapping[str, Any]) -> str:
    """Say who manages something by its tags, as the provider reads them; empty if they name nobody."""
    tags = live.get("tags")
    for key, value in tags.items() if isinstance(tags, dict) else ():
        short = str(key).lower().replace("-", "").replace("_", "").replace(" ", "")
        if key == _STACK:
            return f"CloudFormation stack {value} owns it; {_TAKE}"
        if short in _TOOL_KEYS and str(value).lower() in _TOOL_VALUES:
            return f"its tag {key}={value} says that {value} manages it; {_TAKE}"
        if short == "terraform" and str(value).lower() in ("true", "yes"):
            return f"its tag {key}={value} says that Terraform manages it; {_TAKE}"
    return ""


def elsewhere(
    engine: Engine,
    others: Iterable[str],
    found: Iterable[Found],
    formed: Mapping[tuple[str, str], str],
    warnings: list[str],
) -> dict[str, str]:
    """Give, by id, why it is managed elsewhere; what cannot be asked becomes a warning.

    Args:
        engine: Reads states.
        others: The other stacks of the backend.
        found: What is asked about.
        formed: What CloudFormation owns.
        warnings: Gets what could not be asked.
    """
    wanted = {(plain(one.id or ""), one.target.type): str(one.id) for one in found}
    said: dict[str, str] = {}
    for (service, name), stack in formed.items():
        for (short, token), identity in wanted.items():
            if short == name and service in _services(token):
                said[identity] = f"CloudFormation stack {stack} owns it; {_TAKE}"
    for stack, token, identity in _other_stacks(engine, others, warnings):
        mine = wanted.get((plain(identity), token))
        if mine:
            said[mine] = f"the state of stack {stack} has it; {_TAKE}"
    return said


def _services(token: str) -> tuple[str, ...]:
    """Give the services that ARNs of a type may name."""
    module = token.split(":")[1].split("/", maxsplit=1)[0]
    return _IN_ARNS.get(module, (module,))


def of_cloudformation(account: Account, warnings: list[str]) -> dict[tuple[str, str], str]:
    """Give CloudFormation's stack by service and name of what it owns; if it cannot be asked, a warning.

    The provider leaves out the tags that AWS sets, so they come from the tagging API.
    """
    found: dict[tuple[str, str], str] = {}
    try:
        for page in account.pages("resourcegroupstaggingapi", "get_resources", TagFilters=[{"Key": _STACK}]):
            for one in page.get("ResourceTagMappingList", ()):
                tags = {tag["Key"]: tag["Value"] for tag in one["Tags"]}
                arn = str(one["ResourceARN"])
                found[arn.split(":")[2], plain(arn)] = tags[_STACK]
    except (ClientError, BotoCoreError) as error:
        words = str(error).splitlines()[0]
        warnings.append(f"what CloudFormation owns is not known: tag:GetResources failed ({words})")
    return found


def _other_stacks(
    engine: Engine, others: Iterable[str], warnings: list[str]
) -> Iterable[tuple[str, str, str]]:
    """Give (stack, type, id) of what other stacks of the backend have."""
    for name in others:
        try:
            state = engine.export(name)
        except Stop as stop:
            warnings.append(f"what another stack owns is not known: {stop}")
            continue
        for one in state["deployment"].get("resources") or []:
            if one.get("id") and one.get("custom"):
                yield name, str(one["type"]), str(one["id"])
