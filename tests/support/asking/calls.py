"""What the engine and its plugin ask of AWS, as IAM sees it: action, resource and context of each call.

A call is taken off the wire byte for byte; names and ids in it are made into the ARNs that the service
authorization reference gives for the action. Beside the call itself stands what AWS asks permission for with
it: tags on creation, and the roles that are handed on.
"""

import json
import re
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.support import wire
from tests.support.asking.actions import action
from tests.support.asking.resources import NEW, resources
from tests.support.faulty import Network
from tms_policies.documents.evaluation.request import Value

if TYPE_CHECKING:
    from tests.support.asking.account import Account

_TAGGING = {"sqs": "TagQueue", "iam": "TagRole", "cloudtrail": "AddTags", "ec2": "CreateTags"}
_PASSED = {
    "roleArn": "bedrock-agentcore.amazonaws.com",
    "CloudWatchLogsRoleArn": "cloudtrail.amazonaws.com",
}
_TAGS = ("tags", "Tags", "TagsList", "ResourceTags")


@dataclass(frozen=True)
class Asked:
    """One thing that AWS asks permission for, with the context keys of the request."""

    action: str
    resource: str
    keys: tuple[tuple[str, Value], ...] = ()

    @property
    def context(self) -> dict[str, Value]:
        """The context keys."""
        return dict(self.keys)


@dataclass
class Listening(Network):
    """A network that keeps what was asked."""

    heard: list[tuple[wire.Request, bytes]] = field(default_factory=list[tuple[wire.Request, bytes]])

    def _answer(self, client: socket.socket, request: wire.Request, sent: bytes, fault: str) -> None:
        if request.service:
            self.heard.append((request, sent))
        super()._answer(client, request, sent, fault)


def asked(request: wire.Request, sent: bytes, account: "Account") -> Iterator[Asked]:
    """Give what a call asks permission for."""
    name = action(f"{request.service}:{request.operation}")
    if not name:
        return
    source = re.search(rb"(?im)^x-amz-copy-source: */?([^\r\n?]+)", sent.partition(b"\r\n\r\n")[0])
    if source:
        yield _asked("s3:GetObject", account.naming.bucket(unquote(source[1].decode())), {})
    given = _parameters(request, sent)
    tags = {} if request.operation.startswith(("Untag", "RemoveTags", "DeleteTags")) else _tags(given)
    tagged: dict[str, Value] = {f"aws:RequestTag/{key}": value for key, value in tags.items()}
    found = list(resources(request, given, account.naming, account.keys))
    boundary = given.get("PermissionsBoundary")
    bound: dict[str, Value] = {"iam:PermissionsBoundary": str(boundary)} if boundary else {}
    for one in found or ["*"]:
        yield _asked(name, one, {**tagged, **account.of(one), **bound})
    if tagged and not re.search("Tag", request.operation):
        yield from _tagging(request, name, found, tagged)
    for key, service in _PASSED.items():
        if key in given:
            yield _asked("iam:PassRole", str(given[key]), {"iam:PassedToService": service})


def _asked(name: str, resource: str, context: Mapping[str, Value]) -> Asked:
    return Asked(name, resource, tuple(sorted(context.items())))


def _tagging(
    request: wire.Request, name: str, found: list[str], tagged: Mapping[str, Value]
) -> Iterator[Asked]:
    """Tags on creation are a permission of their own (IAM user guide, "Control access by tags")."""
    service = name.partition(":")[0]
    verb = f"{service}:{_TAGGING.get(service, 'TagResource')}"
    if service == "kms":
        found = [f"arn:aws:kms:us-east-1:123456789012:key/{NEW}"]
    for one in found if service == "ec2" else found[:1]:
        if service != "ec2":
            yield _asked(verb, one, tagged)
        elif one.endswith(f"/{NEW}"):
            yield _asked(verb, one, {**tagged, "ec2:CreateAction": request.operation})


def _parameters(request: wire.Request, sent: bytes) -> dict[str, Any]:
    """Give a call's parameters: of the body, and for REST the path as it is."""
    head, _, body = sent.partition(b"\r\n\r\n")
    path = urlsplit(head.split(b" ", 2)[1].decode()).path
    if request.protocol == "query":
        return dict(parse_qsl(body.decode()))
    if request.protocol == "rest-xml":
        tags = re.findall(r"<Key>([^<]*)</Key><Value>([^<]*)</Value>", body.decode(errors="replace"))
        return {"path": unquote(path), "Tags": dict(tags) if request.operation == "PutBucketTagging" else {}}
    text = body.decode()
    return {**(json.loads(text) if text.startswith("{") else {}), "path": unquote(path)}


def _tags(given: Mapping[str, Any]) -> dict[str, str]:
    """Give the tags that a call sets."""
    for key in _TAGS:
        held = given.get(key)
        if isinstance(held, dict):
            return held
        if isinstance(held, list):
            return {
                str(one.get("Key", one.get("TagKey"))): str(one.get("Value", one.get("TagValue")))
                for one in held
            }
    keys = [key for key in given if re.search(r"Tags?\.(member\.)?\d+\.Key$", key)]
    return {str(given[key]): str(given.get(f"{key.removesuffix('Key')}Value", "")) for key in keys}
