"""What the engine shows, as plain resources.

The SDK's proxies raise on a value that is not known yet, and the SDK then turns a mandatory rule into an
advisory line. So rules never meet a proxy: requests are read as they come and unknowns become `Unknown`.
"""

import json
import threading
from collections.abc import Iterable, Mapping
from typing import Any, cast

from google.protobuf import json_format, struct_pb2
from pulumi.runtime.proto import analyzer_pb2
from pulumi_policy import deserialize
from pulumi_policy import proxy as sdk

from tms_policies.exemptions.entries import Exemptions
from tms_policies.model import Bag, Resource, Stack, Unknown
from tms_policies.values import items, marked, token_of

# The engine writes "[secret]" for what a state file holds encrypted, when it is judged without the passphrase
_SENTINELS = frozenset(value for name, value in vars(sdk).items() if name.startswith("UNKNOWN_")) | {
    "[secret]"
}
IDENTITY = ("arn", "bucket", "id", "name", "url")
"""Outputs that say how a resource is called, which other resources refer to."""
_Sent = analyzer_pb2.AnalyzeRequest | analyzer_pb2.AnalyzerResource


def plain(value: Any, path: str = "") -> Any:  # noqa: ANN401 - a property bag holds anything
    """Return a value as rules see it: unknowns as `Unknown`, secrets as `Secret`, whole floats as int."""
    if isinstance(value, str):
        return Unknown(path) if value in _SENTINELS else value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, list):
        return [plain(item, f"{path}[{index}]") for index, item in enumerate(cast("list[Any]", value))]
    if isinstance(value, dict):
        bag = cast("dict[str, Any]", value)
        kind = bag.get(deserialize.SPECIAL_SIG_KEY)
        if kind == deserialize.SPECIAL_SECRET_SIG:
            return marked(plain(bag.get("value"), path))
        return {
            key: plain(item, f"{path}.{key}" if path else key)
            for key, item in bag.items()
            if key != deserialize.SPECIAL_SIG_KEY
        }
    return value


def _bag(struct: struct_pb2.Struct) -> dict[str, Any]:
    return plain(json_format.MessageToDict(struct))


def _nested(provider: Bag, name: str) -> Any:  # noqa: ANN401 - a property bag holds anything
    """Return a setting of a provider; the engine sends nested ones as JSON text."""
    value = provider.get(name)
    if isinstance(value, str):
        try:
            return plain(json.loads(value), name)
        except ValueError:
            return None
    return value


def _default_tags(provider: Bag) -> Bag | Unknown:
    value = _nested(provider, "defaultTags")
    if isinstance(value, Unknown):
        return value
    tags = value.get("tags") if isinstance(value, dict) else None
    return tags if isinstance(tags, (dict, Unknown)) else {}


def _resource(
    sent: _Sent, props: Bag, uses: Mapping[str, analyzer_pb2.AnalyzerPropertyDependencies]
) -> Resource:
    """Make a resource of what the engine sent for one, with properties that are plain already."""
    provider = _bag(sent.provider.properties) if sent.HasField("provider") else {}
    return Resource(
        type=token_of(sent.type),
        name=sent.name,
        urn=sent.urn,
        props=props,
        protect=sent.options.protect,
        ignore_changes=tuple(sent.options.ignoreChanges),
        delete_before_replace=sent.options.deleteBeforeReplaceDefined and sent.options.deleteBeforeReplace,
        default_tags=_default_tags(provider),
        accounts=tuple(
            item for item in items(_nested(provider, "allowedAccountIds")) if isinstance(item, str)
        ),
        dependencies={name: tuple(result.urns) for name, result in uses.items()},
    )


class Session:
    """What one run of the engine has shown so far; each request is read once, for all rules.

    For a stack the engine gives outputs. Of what exists already those hold what AWS filled in, so a
    setting that the program no longer declares would still seem to be there. Rules about a stack
    therefore see each resource as it was declared, and of its outputs only how it is called.
    """

    def __init__(self) -> None:
        """Start with nothing seen; requests are answered by several threads, each with its own."""
        self.exemptions = Exemptions()
        self._declared: dict[str, Bag] = {}
        self._now = threading.local()

    @property
    def resource(self) -> Resource:
        """The resource of the request that this thread answers."""
        return self._now.resource

    @property
    def stack(self) -> Stack:
        """The stack of the request that this thread answers."""
        return self._now.stack

    def read(self, sent: analyzer_pb2.AnalyzeRequest) -> None:
        """Take a resource as the program declares it."""
        props = _bag(sent.properties)
        self._declared[sent.urn] = props
        self._now.resource = _resource(sent, props, {})

    def read_stack(self, sent: Iterable[analyzer_pb2.AnalyzerResource]) -> None:
        """Take every resource of the stack."""
        self._now.stack = Stack(tuple(self._of_stack(item) for item in sent), self.exemptions)

    def _of_stack(self, sent: analyzer_pb2.AnalyzerResource) -> Resource:
        outputs, uses = _bag(sent.properties), sent.propertyDependencies
        declared = self._declared.get(sent.urn)
        if declared is None:  # not asked about by itself: outputs, without the unknowns of what was left out
            props = {k: v for k, v in outputs.items() if not isinstance(v, Unknown) or k in uses}
            return _resource(sent, props, uses)
        identity = {key: outputs[key] for key in IDENTITY if isinstance(outputs.get(key), str)}
        return _resource(sent, {**declared, **identity}, uses)
