"""An account with many undeclared resources: the embedded AWS, filled before it answers.

    python -m benchmarks.crowd COUNT --record PATH --log PATH

Resources are added to moto's models directly: ten thousand calls would take minutes.
"""

import sys
from collections.abc import Callable
from typing import Any, cast

import moto.backends

from embedded.aws import server

ACCOUNT = "123456789012"
REGION = "us-east-1"
_TRUST = '{"Version": "2012-10-17", "Statement": []}'


def _table(backend: Any, name: str) -> None:  # noqa: ANN401 - moto's models are made at run time
    backend.create_table(
        name=name,
        schema=[{"AttributeName": "id", "KeyType": "HASH"}],
        attr=[{"AttributeName": "id", "AttributeType": "S"}],
        billing_mode="PAY_PER_REQUEST",
        tags=[],
        **dict.fromkeys(
            (
                "throughput",
                "global_indexes",
                "indexes",
                "streams",
                "sse_specification",
                "deletion_protection_enabled",
                "warm_throughput",
            )
        ),
    )


def _role(backend: Any, name: str) -> None:  # noqa: ANN401 - as above
    backend.create_role(name, _TRUST, "/", None, "", [], "3600")


_CREATORS: dict[str, Callable[[Any, str], Any]] = {
    "dynamodb": _table,
    "sqs": lambda backend, name: backend.create_queue(name),
    "sns": lambda backend, name: backend.create_topic(name),
    "s3": lambda backend, name: backend.create_bucket(name, REGION),
    "iam": _role,
}


def fill(count: int) -> None:
    """Create a number of resources, equally many of each service."""
    get = cast("Callable[[str], Any]", moto.backends.get_backend)  # moto lists the names that it takes
    for service, create in _CREATORS.items():
        region = "aws" if service in ("s3", "iam") else REGION
        backend = get(service)[ACCOUNT][region]
        for index in range(count // len(_CREATORS)):
            create(backend, f"somebody-elses-{index}")


if __name__ == "__main__":
    fill(int(sys.argv.pop(1)))
    server.main()
