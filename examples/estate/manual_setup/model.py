"""A person at the console of an account: what is to be created there, and what has been created so far."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import boto3

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""What a preview shows in place of a value that only AWS knows, such as the id of a key."""
Inputs = dict[str, Any]
Attributes = Mapping[str, str]
"""What AWS returned for a new resource, as far as others refer to it: id, arn, url, list, version."""


@dataclass(frozen=True)
class PlannedResource:
    """A resource of a preview.

    Attributes:
        urn: Its URN.
        type: Its type token.
        inputs: Its properties, as the preview shows them.
        dependencies: Per property, the URNs of the resources that its value comes from.
    """

    urn: str
    type: str
    inputs: Inputs
    dependencies: Mapping[str, tuple[str, ...]]


@dataclass
class Console:
    """A person's access to one account.

    Attributes:
        endpoint: URL of the account.
        created: The resources created so far, by URN.
    """

    endpoint: str
    created: dict[str, Attributes] = field(default_factory=dict[str, Attributes])
    _clients: dict[str, Any] = field(default_factory=dict[str, Any])

    def client(self, service: str) -> Any:  # noqa: ANN401 - boto3 makes clients at run time
        """Return a client of a service, such as `dynamodb`."""
        if service not in self._clients:
            self._clients[service] = boto3.client(
                service,  # pyright: ignore[reportArgumentType,reportCallIssue] - one of many
                endpoint_url=self.endpoint,
                region_name="us-east-1",
                aws_access_key_id="person",
                aws_secret_access_key="person",  # noqa: S106 - the embedded AWS takes any
            )
        return self._clients[service]

    def resolve(self, resource: PlannedResource, key: str, attribute: str) -> str | None:
        """Return the value of a property; an unknown one comes from the resource that it depends on.

        Args:
            resource: The resource that has the property.
            key: The property; the unknown value may be nested in it.
            attribute: The attribute of the other resource that stands in for it.

        Raises:
            KeyError: The property depends on a resource that is not created yet.
        """
        value = resource.inputs.get(key)
        if value == UNKNOWN or (value is not None and not isinstance(value, str)):
            return self.created[resource.dependencies[key][0]][attribute]
        return value


Creator = Callable[[Console, PlannedResource], Attributes]
"""Creates a resource of one type."""


def tags(inputs: Inputs, key: str = "Key", value: str = "Value") -> list[dict[str, str]]:
    """Return a resource's tags as most services take them, under the field names of the service."""
    return [{key: name, value: text} for name, text in (inputs.get("tags") or {}).items()]


def plain(value: object) -> Any:  # noqa: ANN401 - any part of a bag
    """Return a value without nulls and without the provider's lists of filled-in defaults."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items() if key != "__defaults" and item is not None}
    return [plain(item) for item in value] if isinstance(value, list) else value


def capitals(value: object) -> Any:  # noqa: ANN401 - any part of a bag
    """Return a value whose keys, at every depth, begin with a capital, as the query services spell them."""
    if isinstance(value, dict):
        return {key[:1].upper() + key[1:]: capitals(item) for key, item in value.items()}
    return [capitals(item) for item in value] if isinstance(value, list) else value
