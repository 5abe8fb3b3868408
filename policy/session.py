"""What the engine shows, as plain resources.

The SDK's proxies raise on a value that is not known yet, and the SDK then turns a mandatory rule into an
advisory line. So rules never meet a proxy: properties are unwrapped first and unknowns become `Unknown`.
"""

import json
import operator
import re
import threading
from typing import Any, cast

from pulumi_policy import PolicyResource, ResourceValidationArgs, StackValidationArgs
from pulumi_policy import proxy as sdk
from pulumi_policy.deserialize import serialize_properties

from policy.model import Bag, Resource, Stack, Unknown

_SENTINELS = frozenset(value for name, value in vars(sdk).items() if name.startswith("UNKNOWN_"))
IDENTITY = ("arn", "bucket", "id", "name", "url")
"""Outputs that say how a resource is called, which other resources refer to."""
_FOLDED = re.compile(r"^aws:s3/(\w+)V2:(\w+)V2$")


def plain(value: Any, path: str = "") -> Any:  # noqa: ANN401 - a property bag holds anything
    """Give a value without proxies: unknowns as `Unknown`, whole floats as int."""
    if isinstance(value, str):
        return Unknown(path) if value in _SENTINELS else value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, list):
        return [plain(one, f"{path}[{index}]") for index, one in enumerate(cast("list[Any]", value))]
    if isinstance(value, dict):
        bag = cast("dict[str, Any]", value)
        return {key: plain(one, f"{path}.{key}" if path else key) for key, one in bag.items()}
    return value


def _default_tags(provider: object) -> Bag | Unknown:
    """Give the provider's default tags; the engine sends nested provider settings as JSON text."""
    props = plain(serialize_properties(getattr(provider, "props", None) or {}))
    given = props.get("defaultTags")
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError:
            return {}
    if isinstance(given, Unknown):
        return given
    tags = given.get("tags") if isinstance(given, dict) else None
    return tags if isinstance(tags, (dict, Unknown)) else {}


def _resource(source: ResourceValidationArgs | PolicyResource, props: Bag) -> Resource:
    """Make a resource of what the SDK gives for one, with properties that are plain already."""
    given: dict[str, list[PolicyResource]] | None = getattr(source, "property_dependencies", None)
    return Resource(
        type=token_of(source.resource_type),
        name=source.name,
        urn=source.urn,
        props=props,
        protect=bool(source.opts.protect),
        ignore_changes=tuple(source.opts.ignore_changes or ()),
        delete_before_replace=bool(source.opts.delete_before_replace),
        default_tags=_default_tags(source.provider),
        dependencies={name: tuple(one.urn for one in found) for name, found in (given or {}).items()},
    )


def token_of(spelled: str) -> str:
    """Give a type token with the `V2` spellings of S3 folded."""
    return _FOLDED.sub(r"aws:s3/\1:\2", spelled)


def _mark(source: ResourceValidationArgs | PolicyResource) -> object:
    """Give an object that only calls for the same request share: a container inside the request's message.

    Holding it keeps it from being made anew, so identity means the same request and nothing else.
    """
    return source.opts.ignore_changes


class Session:
    """What one run of the engine has shown so far.

    For a stack the engine gives outputs. Of what exists already those hold what AWS filled in, so a
    setting that the program no longer declares would still seem to be there. Rules about a stack
    therefore see each resource as it was declared, and of its outputs only how it is called.
    """

    def __init__(self) -> None:
        """Start with nothing seen."""
        self._declared: dict[str, Bag] = {}
        self._last = threading.local()

    def resource(self, args: ResourceValidationArgs) -> Resource:
        """Give the resource of a call, unwrapped once per request: the SDK asks each policy in turn."""
        mark, last = _mark(args), getattr(self._last, "resource", None)
        if last is None or last[0] is not mark or last[1].urn != args.urn:
            last = (mark, _resource(args, plain(serialize_properties(args.props))))
            self._last.resource = last
            self._declared[args.urn] = last[1].props
        return last[1]

    def stack(self, args: StackValidationArgs) -> Stack:
        """Give the stack of a call, unwrapped once per request."""
        marks, last = [_mark(one) for one in args.resources], getattr(self._last, "stack", None)
        if last and len(last[0]) == len(marks) and all(map(operator.is_, last[0], marks)):
            return last[1]
        stack = Stack(tuple(self._of_stack(one) for one in args.resources))
        self._last.stack = (marks, stack)
        return stack

    def _of_stack(self, source: PolicyResource) -> Resource:
        outputs = plain(serialize_properties(source.props))
        declared = self._declared.get(source.urn)
        if declared is None:  # not asked about by itself: outputs, without the unknowns of what was left out
            uses = source.property_dependencies
            props = {k: v for k, v in outputs.items() if not isinstance(v, Unknown) or uses.get(k)}
            return _resource(source, props)
        called = {key: outputs[key] for key in IDENTITY if isinstance(outputs.get(key), str)}
        return _resource(source, {**declared, **called})
