"""What hands want to make, and what they have made so far."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import boto3

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""What a preview shows for what only AWS can say, such as the id of a key."""
Inputs = dict[str, Any]
Made = Mapping[str, str]
"""What AWS said of something new, by what others may want of it: id, arn, url, name, version."""


@dataclass(frozen=True)
class Wanted:
    """Something that is to be made.

    Attributes:
        urn: Its name in the preview.
        type: Its type token.
        inputs: Its properties, as the preview shows them.
        uses: Per property, the URNs of what it is computed from.
    """

    urn: str
    type: str
    inputs: Inputs
    uses: Mapping[str, tuple[str, ...]]


@dataclass
class Hands:
    """A person with the console of one account.

    Attributes:
        endpoint: Where the account is.
        made: What was made so far, by URN.
    """

    endpoint: str
    made: dict[str, Made] = field(default_factory=dict[str, Made])
    _clients: dict[str, Any] = field(default_factory=dict[str, Any])

    def at(self, service: str) -> Any:  # noqa: ANN401 - boto3 makes clients at run time
        """Give a client of a service."""
        if service not in self._clients:
            self._clients[service] = boto3.client(
                service,  # pyright: ignore[reportArgumentType,reportCallIssue] - one of many
                endpoint_url=self.endpoint,
                region_name="us-east-1",
                aws_access_key_id="person",
                aws_secret_access_key="person",  # noqa: S106 - the embedded AWS takes any
            )
        return self._clients[service]

    def known(self, one: Wanted, key: str, attribute: str) -> str | None:
        """Give a property; in place of an unknown one, what AWS said of what it is computed from.

        Args:
            one: Whose property it is.
            key: The property; an unknown one may be anywhere in it.
            attribute: What of the other thing it is.
        """
        value = one.inputs.get(key)
        if value == UNKNOWN or (value is not None and not isinstance(value, str)):
            return self.made[one.uses[key][0]][attribute]
        return value


Make = Callable[[Hands, Wanted], Made]


def tags(inputs: Inputs, key: str = "Key", value: str = "Value") -> list[dict[str, str]]:
    """Give tags as most services want them."""
    return [{key: name, value: text} for name, text in (inputs.get("tags") or {}).items()]


def plain(value: object) -> Any:  # noqa: ANN401 - any part of a bag
    """Give a value without the provider's notes on what it filled in."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items() if key != "__defaults" and one is not None}
    return [plain(one) for one in value] if isinstance(value, list) else value


def capitals(value: object) -> Any:  # noqa: ANN401 - any part of a bag
    """Give a value with the names that begin with capitals, as the query services write them."""
    if isinstance(value, dict):
        return {key[:1].upper() + key[1:]: capitals(one) for key, one in value.items()}
    return [capitals(one) for one in value] if isinstance(value, list) else value
