"""Why a property differs, and what to write so that it does not."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import yaml

from adopt.model import Cause, Difference

_NEVER_READ = {
    # Argument of the type that the provider's Read never fills: https://github.com/pulumi/pulumi-aws/issues/5241
    "aws:kms/key:Key": ("deletionWindowInDays", "bypassPolicyLockoutSafetyCheck"),
    "aws:lambda/function:Function": ("code", "sourceCodeHash", "publish"),
    "aws:secretsmanager/secret:Secret": ("recoveryWindowInDays", "forceOverwriteReplicaSecret"),
    "aws:cloudwatch/logGroup:LogGroup": ("skipDestroy",),
    "aws:sns/topicSubscription:TopicSubscription": ("confirmationTimeoutInMinutes", "endpointAutoConfirms"),
    "aws:cognito/userPoolClient:UserPoolClient": ("generateSecret",),
}
_OF_STATE = ("protect", "parent", "provider")


def explained(
    one: Difference, declared: Mapping[str, Any], config: Mapping[str, Any], stack_file: str
) -> Difference:
    """Give a difference with its cause, the provider's default and the edit that would make it vanish.

    Args:
        one: The difference.
        declared: The resource's planned inputs; their `__defaults` say what the provider put there.
        config: The stack's settings by key.
        stack_file: What the settings' file is called.
    """
    if one.consequence in ("created", "deleted") or not one.path:
        return one
    cause = _cause(one, declared)
    default = one.declared if cause == "provider default" else None
    unread = cause == "not read back" and one.consequence == "updated in place"
    return replace(
        one,
        cause=cause,
        default=default,
        consequence="cannot be read back" if unread else one.consequence,
        fix=_mended(one, cause, declared, config, stack_file),
    )


def _mended(
    one: Difference, cause: Cause, declared: Mapping[str, Any], config: Mapping[str, Any], stack_file: str
) -> str:
    """Give the edit that mends a difference; what the program does not say it cannot leave out."""
    if cause == "only in the state":
        return ""
    if cause == "not read back" and _first(one) in (declared.get("__defaults") or ()):
        return f"# in the mapping\n- urn: {one.urn}\n  change:\n    {_first(one)}: AWS does not tell it"
    return _fix(one, config, stack_file)


def _first(one: Difference) -> str:
    return re.split(r"[.\[]", one.path)[0]


def _cause(one: Difference, declared: Mapping[str, Any]) -> Cause:
    first = _first(one)
    token = one.urn.split("::")[2].rpartition("$")[2]
    if one.consequence == "nothing sent to AWS" and first in _OF_STATE:
        return "only in the state"
    if first in ("tags", "tagsAll"):
        return "tags"
    if one.live is None and first in _NEVER_READ.get(token, ()):
        return "not read back"
    if first in (declared.get("__defaults") or ()):
        return "provider default"
    return "order" if _same_parts(one.live, one.declared) else "declared otherwise"


def _same_parts(live: object, declared: object) -> bool:
    """Say whether two lists hold the same in another order, or two JSON texts mean the same."""
    if isinstance(live, list) and isinstance(declared, list):
        return sorted(map(_text, live)) == sorted(map(_text, declared))
    try:
        return json.loads(str(live)) == json.loads(str(declared)) and isinstance(live, str)
    except ValueError:
        return False


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True, default=str)


def _places(value: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    """Give every plain value of the settings with the keys that lead to it."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _places(one, (*path, str(key)))
    else:
        yield path, value


def _fix(one: Difference, config: Mapping[str, Any], stack_file: str) -> str:
    """Give the live value in the one setting that the declared one comes from, or else in the program."""
    name, leaf = one.urn.rpartition("::")[2], re.findall(r"[^.\[\]]+", one.path)
    holders = [
        path
        for path, value in _places(config)
        if value == one.declared and leaf[-1] in path and (name in path or leaf[0] == "tags")
    ]
    if len(holders) == 1:
        nested: Any = one.live
        for key in reversed(holders[0]):
            nested = {key: nested}
        return f"# {stack_file}, under config\n{yaml.safe_dump(nested, sort_keys=False).rstrip()}"
    python = re.sub(r"(?<!^)(?=[A-Z])", "_", leaf[0]).lower()
    if one.live is None:
        return f"# in the program: leave {python} of {name} out"
    return f"# in the program, on {name}\n{one.path} = {_text(one.live)}"
