"""The network that fails on demand: a client sees what the service itself would have said."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError

from tests.support.faulty import Network, opened

CALLS = [
    ("dynamodb", "list_tables", {}, "AccessDeniedException", "ThrottlingException"),
    ("sqs", "list_queues", {}, "AccessDenied", "RequestThrottled"),
    ("iam", "list_roles", {}, "AccessDenied", "Throttling"),
    ("sns", "list_topics", {}, "AuthorizationError", "Throttling"),
    ("s3", "get_bucket_policy", {"Bucket": "a"}, "AccessDenied", "SlowDown"),
    ("s3", "head_bucket", {"Bucket": "a"}, "403", "503"),
    ("lambda", "get_policy", {"FunctionName": "a"}, "AccessDeniedException", "TooManyRequestsException"),
]
ANSWER = (
    b'HTTP/1.1 200 OK\r\nX-Odd:  kept\r\nConnection: close\r\nContent-Length: 18\r\n\r\n{"TableNames": []}'
)


@pytest.fixture
def network() -> Iterator[Network]:
    """Give a network in front of a server with one answer, which it keeps what it was sent beside."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    with connection:
                        connection.recv(65536)
                        connection.sendall(ANSWER)

        threading.Thread(target=serve, daemon=True).start()
        with opened(server.getsockname()[1]) as faulty:
            yield faulty
        with contextlib.suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)


def client(network: Network, service: str) -> Any:  # noqa: ANN401 - boto3 makes clients at run time
    return boto3.client(
        service,  # pyright: ignore[reportArgumentType,reportCallIssue]
        endpoint_url=f"http://127.0.0.1:{network.port}",
        region_name="us-east-1",
        aws_access_key_id="a",
        aws_secret_access_key="b",  # noqa: S106 - nobody checks it
        config=Config(retries={"total_max_attempts": 1}),
    )


@pytest.mark.parametrize(("service", "call", "arguments", "denied", "throttled"), CALLS)
def test_a_refusal_is_worded_as_the_service_words_it(
    network: Network, service: str, call: str, arguments: dict[str, str], denied: str, throttled: str
) -> None:
    method = getattr(client(network, service), call)
    operation = "".join(part.title() for part in call.split("_"))
    network.deny(f"{service}:{operation}")
    with pytest.raises(ClientError) as caught:
        method(**arguments)
    assert caught.value.response["Error"]["Code"] == denied
    network.throttle(every=1)
    with pytest.raises(ClientError) as caught:
        method(**arguments)
    assert caught.value.response["Error"]["Code"] == throttled
    assert network.operations() == {f"{service}:{operation}"}
    assert sorted(request.fault for request in network.calls) == ["denied", "throttled"]


def test_what_is_not_refused_passes_as_it_is_and_late_if_wanted(network: Network) -> None:
    network.deny("sqs", "dynamodb:DescribeTable")
    network.delay(0.2)
    began = time.monotonic()
    answer = client(network, "dynamodb").list_tables()
    assert time.monotonic() - began >= 0.2
    assert answer["TableNames"] == []
    with socket.create_connection(("127.0.0.1", network.port)) as raw:
        raw.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        received = b""
        while piece := raw.recv(65536):
            received += piece
    assert received == ANSWER


def test_a_connection_breaks_in_the_middle_or_for_a_while(network: Network) -> None:
    tables = client(network, "dynamodb")
    network.cut(every=2)
    tables.list_tables()
    with pytest.raises(ConnectionClosedError):
        tables.list_tables()
    network.cut(after=1, length=1)
    tables.list_tables()
    with pytest.raises(ConnectionClosedError):
        tables.list_tables()
    tables.list_tables()
