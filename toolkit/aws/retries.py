"""How long AWS is waited for, and what is said meanwhile."""

from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

from botocore.exceptions import ConnectionError as NoConnectionError
from botocore.exceptions import HTTPClientError

TIMEOUTS: Mapping[str, int] = {"connect_timeout": 5, "read_timeout": 30}
"""Seconds, in place of botocore's 60: who looks at a system wants to know soon that it cannot be reached."""
ATTEMPTS = 3
"""How often a place that cannot be reached is tried; load is met with the ten attempts of the account."""
TOO_OFTEN = frozenset(
    [
        *("Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled", "SlowDown"),
        *("RequestThrottledException", "RequestLimitExceeded", "TooManyRequestsException"),
        *("ProvisionedThroughputExceededException", "BandwidthLimitExceeded", "LimitExceededException"),
        *("PriorRequestNotComplete", "TransactionInProgressException", "EC2ThrottledException"),
    ]
)
"""What botocore takes for throttling, in whichever of its modes:
https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html"""
_FAILS = 500


class Waiting:
    """Says once for each cause that AWS is waited for, and gives up early on what cannot be reached."""

    def __init__(self, say: Callable[[str], None]) -> None:
        """Take the function that writes one line to the user."""
        self._say = say
        self._said: set[str] = set()
        self._lock = Lock()

    def __call__(
        self,
        *,
        operation: Any,  # noqa: ANN401 - botocore's model of it
        attempts: int,
        response: tuple[Any, Mapping[str, Any]] | None = None,
        caught_exception: Exception | None = None,
        **_more: object,
    ) -> None:
        """Look at a call that was made; botocore then decides whether it is made again.

        Raises:
            Exception: What the network failed with, after the last attempt.
        """
        cause = ""
        if isinstance(caught_exception, (HTTPClientError, NoConnectionError)):
            if attempts >= ATTEMPTS:
                raise caught_exception
            cause = type(caught_exception).__name__
        elif response is not None:
            code = str(response[1].get("Error", {}).get("Code", ""))
            fails = response[1].get("ResponseMetadata", {}).get("HTTPStatusCode", 0) >= _FAILS
            cause = code if fails or code in TOO_OFTEN else ""
        if not cause:
            return
        with self._lock:
            anew = cause not in self._said
            self._said.add(cause)
        if anew:
            self._say(f"{operation.name}: {cause}; waiting, and trying again")
