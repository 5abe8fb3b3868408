"""The way from the plugin to the embedded AWS: explicit loopback endpoints, dummy credentials, nothing else.

Neither profiles, nor credential files, nor proxies, nor instance metadata are ever looked at, so a client
made here cannot reach an account even by accident. Where moto enforces IAM (docs.getmoto.org, "IAM-like
access control"), EMBEDDED_CREDENTIAL="ID:SECRET" is a key that moto made; it signs for these endpoints only.
"""

import os
import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_DNS_SUFFIXES = {"aws": "amazonaws.com", "aws-cn": "amazonaws.com.cn", "aws-us-gov": "amazonaws.com"}
_CREDENTIAL = "embedded:embedded"
_UNREAD_SETTINGS: dict[str, tuple[None, None, Any, None]] = {
    "profile": (None, None, None, None),
    "config_file": (None, None, os.devnull, None),
    "credentials_file": (None, None, os.devnull, None),
}


class ClientPool:
    """Creates each client once; botocore is loaded for the first one, not when the plugin starts."""

    def __init__(self, account: str, endpoints: "Mapping[str, str]") -> None:
        """Keep account and endpoints for the clients.

        Args:
            account: The account that requests act in.
            endpoints: Loopback URLs by service name, `""` for every other service.
        """
        self._account = account
        self._endpoints = endpoints
        self._clients: dict[tuple[str, str], Any] = {}
        self._lock = threading.Lock()
        self._session: Any = None

    def get(self, service: str, region: str) -> Any:  # noqa: ANN401 - botocore makes its clients at run time
        """Return a client of one service in one region.

        Args:
            service: The service's name in botocore, such as `dynamodb`.
            region: The region to act in.

        Returns:
            The botocore client.
        """
        with self._lock:
            key = (service, region)
            if key not in self._clients:
                self._clients[key] = self._make(service, region)
            return self._clients[key]

    def _make(self, service: str, region: str) -> Any:  # noqa: ANN401 - as above
        """Return a new client; requests say in moto's own header which account they act in."""
        import botocore.session
        from botocore.config import Config

        if self._session is None:
            self._session = botocore.session.Session(session_vars=_UNREAD_SETTINGS)
        key, _, secret = os.environ.get("EMBEDDED_CREDENTIAL", _CREDENTIAL).partition(":")
        client = self._session.create_client(
            service,
            region_name=region,
            endpoint_url=self._endpoints.get(service) or self._endpoints[""],
            aws_access_key_id=key,
            aws_secret_access_key=secret,
            config=Config(
                proxies={}, retries={"mode": "standard", "max_attempts": 3}, s3={"addressing_style": "path"}
            ),
        )
        client.meta.events.register("before-sign.*.*", self._name_account)
        return client

    def _name_account(self, request: Any, **_kwargs: object) -> None:  # noqa: ANN401 - botocore's event
        """Set the account in moto's header (docs.getmoto.org, "Multi-account support")."""
        request.headers["x-moto-account-id"] = self._account


@dataclass(frozen=True)
class Aws:
    """One account and region of the embedded AWS, as a type's functions see it.

    Attributes:
        account: The account id.
        region: The region that the resource lives in.
        default_tags: The provider's default tags.
        pool: Where clients come from.
    """

    account: str
    region: str
    pool: ClientPool
    default_tags: "Mapping[str, str]" = field(default_factory=dict[str, str])

    @property
    def partition(self) -> str:
        """Return the region's partition, as ARNs name it."""
        if self.region.startswith("cn-"):
            return "aws-cn"
        return "aws-us-gov" if self.region.startswith("us-gov-") else "aws"

    @property
    def dns_suffix(self) -> str:
        """Return the domain of the partition's services, as URLs and service principals end."""
        return _DNS_SUFFIXES[self.partition]

    def client(self, service: str) -> Any:  # noqa: ANN401 - botocore makes its clients at run time
        """Return a client of one service in this region.

        Args:
            service: The service's name in botocore.

        Returns:
            The botocore client.
        """
        return self.pool.get(service, self.region)

    def arn(self, service: str, resource: str, *, regional: bool = True) -> str:
        """Return an ARN in this account.

        Args:
            service: The ARN's service part, such as `dynamodb`.
            resource: The ARN's resource part, such as `table/orders`.
            regional: Whether the ARN names the region.

        Returns:
            The ARN.
        """
        region = self.region if regional else ""
        return f"arn:{self.partition}:{service}:{region}:{self.account}:{resource}"

    def in_region(self, region: str | None) -> "Aws":
        """Return the same account in another region.

        Args:
            region: The region, or None to stay.

        Returns:
            The AWS of that region.
        """
        return replace(self, region=region) if region else self
