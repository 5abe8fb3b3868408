"""AWS on the wire: which call a request is, and how its service words a refusal.

The forms are those of https://smithy.io/2.0/aws/protocols/, the codes those of each service's page "Common errors".
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit

import botocore.session

_SCOPE = re.compile(rb"Credential=[^/]+/\d{8}/([a-z0-9-]+)/([a-z0-9-]+)/aws4_request")
_NAMES = {
    "monitoring": "cloudwatch",
    "tagging": "resourcegroupstaggingapi",
    "apigateway": "apigatewayv2",
    "bedrock-agentcore": "bedrock-agentcore-control",
}
"""Services that are signed for under another name than boto3's."""
_ACCOUNT = "arn:aws:iam::123456789012:user/person"
_TEXT = "application/xml"


@dataclass(frozen=True)
class Request:
    """What is asked of AWS.

    Attributes:
        service: boto3's name of it, empty if the request is not signed, as moto's own pages are.
        region: The region that it is signed for.
        operation: The operation, such as `ListQueues`; empty if it cannot be told.
        protocol: `json`, `query`, `rest-json` or `rest-xml`.
        method: The HTTP method.
        attempt: Which attempt of the client's it is, from 1.
    """

    service: str
    region: str
    operation: str
    protocol: str
    method: str
    attempt: int = 1


def recognise(head: bytes, body: bytes) -> Request:
    """Tell which call a request is.

    Args:
        head: Request line and headers, as sent.
        body: What follows them.
    """
    method, path = head.split(b" ", 2)[:2]
    scope = _SCOPE.search(head)
    if scope is None:
        return Request("", "", "", "", method.decode())
    region, signed = scope[1].decode(), scope[2].decode()
    service = _NAMES.get(signed, signed)
    target = re.search(rb"(?im)^x-amz-target: *([^\r\n]+)", head)
    action = parse_qs(body.decode("latin-1")).get("Action") if b"Action=" in body else None
    if target:
        operation, protocol = target[1].decode().rpartition(".")[2], "json"
    elif action:
        operation, protocol = action[0], "query"
    else:
        protocol, routes = _routes(service)
        operation = _routed(routes, method.decode(), path.decode(), head.decode("latin-1").lower())
    attempt = re.search(rb"(?im)^amz-sdk-request:[^\r\n]*attempt=(\d+)", head)
    return Request(service, region, operation, protocol, method.decode(), int(attempt[1]) if attempt else 1)


@dataclass(frozen=True)
class _Route:
    operation: str
    method: str
    path: re.Pattern[str]
    query: frozenset[str]
    headers: frozenset[str]


@cache
def _routes(service: str) -> tuple[str, list[_Route]]:
    """Give the protocol of a REST service and how its operations are addressed, as botocore knows them."""
    model: Any = botocore.session.Session().get_service_model(service)
    found: list[_Route] = []
    for name in model.operation_names:
        operation = model.operation_model(name)
        http = operation.http
        path, _, query = http["requestUri"].partition("?")
        parts = re.split(r"(\{\w+\+?\})", path.rstrip("/"))
        pattern = "".join(_place(one) for one in parts)
        keys = frozenset(one for one in query.split("&") if one) | _needed(operation, "querystring")
        headers = _needed(operation, "header")
        found.append(_Route(name, http["method"], re.compile(f"{pattern}/?"), keys, headers))
    told = sorted(found, key=lambda one: len(one.query) + len(one.headers), reverse=True)
    return model.metadata["protocol"], told


def _needed(operation: Any, location: str) -> frozenset[str]:  # noqa: ANN401 - botocore's operation model
    """Give what an operation cannot be called without, as it is spelled there."""
    shape = operation.input_shape
    members = [shape.members[one].serialization for one in shape.required_members] if shape else []
    return frozenset(
        str(one["name"]).lower() if location == "header" else str(one["name"])
        for one in members
        if one.get("location") == location
    )


def _place(part: str) -> str:
    if not part.startswith("{"):
        return re.escape(part)
    return ".+" if part.endswith("+}") else "[^/]+"


def _routed(routes: list[_Route], method: str, target: str, head: str) -> str:
    """Give the operation with the most of its own query and headers that a request fits."""
    url = urlsplit(target)
    given = {*url.query.split("&"), *(one.partition("=")[0] for one in url.query.split("&"))}
    fits = (
        one.operation
        for one in routes
        if one.method == method
        and one.query <= given
        and all(f"\n{name}:" in head for name in one.headers)
        and one.path.fullmatch(url.path)
    )
    return next(fits, "")


def throttled(request: Request) -> bytes:
    """Give the service's answer to one request too many."""
    code, status = {
        "s3": ("SlowDown", 503),
        "sqs": ("RequestThrottled", 400),
        "lambda": ("TooManyRequestsException", 429),
    }.get(request.service, ("Throttling" if request.protocol == "query" else "ThrottlingException", 400))
    return _answer(request, code, status, "Rate exceeded")


def denied(request: Request) -> bytes:
    """Give the service's answer to one who may not do that."""
    if request.service == "sns":
        code, status = "AuthorizationError", 403
    elif request.protocol in ("query", "rest-xml"):
        code, status = "AccessDenied", 403
    else:
        code, status = "AccessDeniedException", 400 if request.protocol == "json" else 403
    action = f"{request.service}:{request.operation}"
    said = (
        f"User: {_ACCOUNT} is not authorized to perform: {action} "
        f"because no identity-based policy allows the {action} action"
    )
    return _answer(request, code, status, said)


def _answer(request: Request, code: str, status: int, message: str) -> bytes:
    """Give a whole answer; one to a HEAD has no body, so that the client sees the status alone."""
    body, headers = _worded(request, code, message)
    lines = [
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}",
        *(f"{key}: {value}" for key, value in headers.items()),
        f"Content-Length: {len(body)}",
        "Connection: close",
    ]
    head = "\r\n".join(lines).encode() + b"\r\n\r\n"
    return head if request.method == "HEAD" else head + body.encode()


def _worded(request: Request, code: str, message: str) -> tuple[str, dict[str, str]]:
    if request.protocol == "rest-xml":
        said = f"<Error><Code>{code}</Code><Message>{message}</Message><RequestId>f</RequestId></Error>"
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{said}', {"Content-Type": _TEXT}
    if request.protocol == "query":
        said = f"<Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>"
        return f"<ErrorResponse>{said}<RequestId>f</RequestId></ErrorResponse>", {"Content-Type": _TEXT}
    headers = {"Content-Type": "application/x-amz-json-1.0", "x-amzn-errortype": code}
    if request.service == "sqs":  # older clients know SQS's errors by the names of its query protocol
        headers["x-amzn-query-error"] = f"{code.removesuffix('Exception')};Sender"
    return json.dumps({"__type": code, "message": message}), headers
