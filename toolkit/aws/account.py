"""The live account, read only: who we are, and what is there.

Every client refuses, before it is sent, any call but those that the listings and the guards make: none of
them changes anything, and none reads data.
"""

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from threading import Lock
from types import MappingProxyType
from typing import Any

import boto3
import botocore.session
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from toolkit.aws.types import LISTINGS
from toolkit.aws.types.listing import Listing, Row
from toolkit.errors import IDENTITY, CommandError

AT_ONCE = 4
"""Calls in flight: few enough for the tightest of the services' limits, which are per account."""
_OF_THE_TOOL = frozenset(
    [
        "sts:get_caller_identity",
        "s3:list_objects_v2",  # the locks of a state in S3, whose names are asked for and not their content
        "resourcegroupstaggingapi:get_resources",
    ]
)
READS = _OF_THE_TOOL | {f"{one.service}:{one.operation}" for one in LISTINGS}
"""All that is called here, in boto3's spelling: each by name, since `GetItem` begins like a read too."""
# For instance a function without a policy, or one that was deleted since it was listed
_NONE_INSIDE = ("ResourceNotFoundException", "NotFoundException")
_DENIED = frozenset(
    [
        "AccessDenied",
        "AccessDeniedException",
        "UnauthorizedOperation",
        "AuthorizationError",
        "UnauthorizedAccess",
        "403",
    ]
)


class ForbiddenError(Exception):
    """A call that is not among those that are made here was about to be made."""


class UnreadableError(Exception):
    """Something could not be listed, so nothing of it may be taken for absent; the message says why.

    Attributes:
        unreachable: Whether AWS could not be reached at all.
    """

    def __init__(self, message: str, *, unreachable: bool = False) -> None:
        """Keep whether it is the network."""
        super().__init__(message)
        self.unreachable = unreachable


def _only_reads(allowed: Collection[str], model: Any, **_rest: object) -> None:  # noqa: ANN401 - botocore's operation model
    service = model.service_model.service_name
    if f"{service}:{xform_name(model.name)}" not in allowed:
        raise ForbiddenError(f"{service}:{model.name} is not among the reads that are made here")


class Account:
    """An AWS account, through clients that only read."""

    def __init__(
        self,
        region: str,
        extra_operations: Collection[str] = (),
        timeouts: Mapping[str, int] = MappingProxyType({}),
        watch: Callable[..., None] | None = None,
    ) -> None:
        """Use the default credential chain in a region.

        Args:
            region: Where the account's resources are.
            extra_operations: Operations beside those of the listings, such as `dynamodb:Query`.
            timeouts: botocore's `connect_timeout` and `read_timeout` in seconds, where they are not its own.
            watch: Is called after each attempt, with what botocore's event `needs-retry` has.
        """
        self.region = region
        retries = {"mode": "adaptive", "max_attempts": 10}
        self._config = Config(retries=retries, max_pool_connections=AT_ONCE * 2, **timeouts)  # pyright: ignore[reportArgumentType]
        core = botocore.session.Session()
        # No listing reads a time, and parsing those of every bucket and role took a third of the whole
        core.get_component("response_parser_factory").set_parser_defaults(timestamp_parser=str)
        self._session = boto3.Session(region_name=region, botocore_session=core)
        operations = (operation.split(":") for operation in extra_operations)
        allowed = READS | {f"{service}:{xform_name(name)}" for service, name in operations}
        self._session.events.register("before-call", partial(_only_reads, allowed))
        if watch is not None:
            self._session.events.register("needs-retry", watch)
        self._clients: dict[str, Any] = {}
        # Clients may be used by many threads, but a session makes only one at a time:
        # https://boto3.amazonaws.com/v1/documentation/api/latest/guide/clients.html#multithreading-or-multiprocessing-with-clients
        self._making = Lock()

    def client(self, service: str) -> Any:  # noqa: ANN401 - boto3 makes clients at run time
        """Return a client that only reads; each is made once, and keeps its connections."""
        with self._making:
            if service not in self._clients:
                self._clients[service] = self._session.client(service, config=self._config)  # pyright: ignore[reportCallIssue,reportArgumentType]
            return self._clients[service]

    def identity(self) -> tuple[str, str]:
        """Return (account id, ARN of who we are).

        Raises:
            CommandError: There are no credentials, or AWS does not answer.
        """
        try:
            caller = self.client("sts").get_caller_identity()
        except (BotoCoreError, ClientError) as error:
            raise CommandError(
                IDENTITY,
                f"AWS does not say who we are ({_words(error)})",
                "sign in, for instance `aws sso login`",
            ) from error
        return str(caller["Account"]), str(caller["Arn"])

    def static_keys(self) -> str | None:
        """Return the source of credentials if they are long-lived keys."""
        credentials = self._session.get_credentials()
        if (
            credentials is None
            or credentials.token
            or os.environ.get("AWS_ENDPOINT_URL", "").startswith("http://127.")
        ):
            return None
        # How botocore calls the two files that a profile's keys may be in
        if credentials.method in ("shared-credentials-file", "config-file"):
            return f"profile {self._session.profile_name}"
        return "AWS_ACCESS_KEY_ID of the environment" if credentials.method == "env" else credentials.method

    def rows(self, listing: Listing, account: str, within: Mapping[str, str] | None = None) -> Iterator[Row]:
        """List what a listing lists, row by row; takes and raises what `listed` does."""
        for page in self.listed(listing, account, within):
            yield from listing.rows(page)

    def listed(
        self, listing: Listing, account: str, within: Mapping[str, str] | None = None
    ) -> Iterator[Mapping[str, Any]]:
        """Return the pages of a listing.

        Args:
            listing: What to list.
            account: The account's id, which some operations want to be told.
            within: Values of the properties that the listing is `within`.

        Raises:
            UnreadableError: AWS refuses, throttles for too long, or cannot be reached.
        """
        within_arguments = dict(
            _argument(listing.within[key], value) for key, value in (within or {}).items()
        )
        fixed = {
            key: argument.format(account=account) if isinstance(argument, str) else argument
            for key, argument in listing.arguments.items()
        }
        try:
            yield from self.pages(listing.service, listing.operation, **fixed, **within_arguments)
        except ClientError as error:
            code = str(error.response["Error"]["Code"])
            if code in _NONE_INSIDE and within_arguments:
                return
            reason = f"is refused ({code})" if code in _DENIED else f"failed ({code})"
            raise UnreadableError(f"{listing.action} {reason}") from error
        except BotoCoreError as error:
            raise UnreadableError(f"{listing.action} failed ({_words(error)})", unreachable=True) from error

    def pages(self, service: str, operation: str, **arguments: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401
        """Call an operation, in pages wherever botocore knows how."""
        client = self.client(service)
        if client.can_paginate(operation):
            yield from client.get_paginator(operation).paginate(**arguments)
        else:
            yield getattr(client, operation)(**arguments)


def _argument(name: str, value: str) -> tuple[str, Any]:
    """Return an operation's argument; a filter of EC2 is named after the argument that takes filters."""
    argument, _, filter_name = name.partition("/")
    return argument, [{"Name": filter_name, "Values": [value]}] if filter_name else value


def _words(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".")
