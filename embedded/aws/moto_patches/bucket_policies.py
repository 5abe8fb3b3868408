"""What bucket policies let AWS's own services do, as far as the patches judge it."""

import json
from collections.abc import Iterator
from typing import Any, cast


def granting(policy: bytes | None, service: str, action: str, arns: set[str]) -> Iterator[dict[str, Any]]:
    """Yield the statements of a bucket's policy that allow a service an action.

    Args:
        policy: The policy as the bucket keeps it, None without one.
        service: The service's principal.
        action: The action as policies write it.
        arns: Resource ARNs; a statement must name at least one of them.

    Yields:
        The statements; their conditions are not judged.
    """
    for statement in listed(json.loads(policy or b"{}").get("Statement")):
        principal = statement.get("Principal")
        services = cast("dict[str, Any]", principal).get("Service") if isinstance(principal, dict) else None
        if (
            statement.get("Effect") == "Allow"
            and service in listed(services)
            and action in listed(statement.get("Action"))
            and not arns.isdisjoint(listed(statement.get("Resource")))
        ):
            yield statement


def listed(value: object) -> list[Any]:
    """Return a value as a list; policies allow both forms.

    Args:
        value: An element of a statement, None where it is left out.

    Returns:
        The values.
    """
    if value is None:
        return []
    return cast("list[Any]", value) if isinstance(value, list) else [value]
