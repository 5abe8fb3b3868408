"""Why a property differs, and what to write so that it does not."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import yaml

from adopt.differences import keys
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
_Key = str | int
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
    return keys(one.path)[0]


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


def _places(value: object, path: tuple[_Key, ...] = ()) -> Iterator[tuple[tuple[_Key, ...], object]]:
    """Give every list and plain value of the settings with the keys and indices that lead to it."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _places(one, (*path, key))
        return
    yield path, value
    for index, one in enumerate(value if isinstance(value, list) else ()):
        yield from _places(one, (*path, index))


def _edited(value: Any, path: Sequence[_Key], live: object, *, whole: bool = False) -> Any:  # noqa: ANN401 - any setting
    """Give the part of the settings that a path leads through, with the live value at its end.

    Mappings are given with the one key that changes; a list, and all that is in it, as a whole, since a
    person who pastes it puts it in the place of the former.
    """
    if not path:
        return live
    first, rest = path[0], path[1:]
    if isinstance(value, list):
        return [
            _edited(one, rest, live, whole=True) if index == first else one for index, one in enumerate(value)
        ]
    changed = {first: _edited(value[first], rest, live, whole=whole)}
    return {**value, **changed} if whole else changed


def _fix(one: Difference, config: Mapping[str, Any], stack_file: str) -> str:
    """Give the live value in the one setting that the declared one comes from, or else in the program."""
    name, leaf = one.urn.rpartition("::")[2], keys(one.path)
    last = next((key for key in reversed(leaf) if not key.isdigit()), "")
    holders = [
        path
        for path, value in _places(config)
        if value == one.declared and last in path and (name in path or leaf[0] == "tags")
    ]
    if len(holders) == 1:
        edit = yaml.safe_dump(_edited(config, holders[0], one.live), sort_keys=False)
        return f"# {stack_file}, under config\n{edit.rstrip()}"
    if one.live is None:
        python = one.path if leaf[0] == "tags" else re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", one.path).lower()
        return f"# in the program: leave {python} of {name} out"
    return f"# in the program, on {name}\n{one.path} = {_text(one.live)}"
