"""Who a statement is about."""

from tms_policies.documents.parse import Statement
from tms_policies.model import Unknown
from tms_policies.values import items


def named(statement: Statement, element: str = "principal") -> list[tuple[str, object]]:
    """Give every principal with its sort (`AWS`, `Service`, ...); a bare one has the sort `*`."""
    given = statement.elements.get(element)
    if isinstance(given, dict):
        return [(str(sort), one) for sort, value in given.items() for one in items(value)]
    return [("*", one) for one in items(given)]


def everybody(statement: Statement) -> bool:
    """Say whether the principal is anyone: `*`, or `*` of any sort."""
    return any(one == "*" for _, one in named(statement))


def services(statement: Statement) -> list[str]:
    """Give the service principals, such as `bedrock-agentcore.amazonaws.com`."""
    return [one for sort, one in named(statement) if sort.lower() == "service" and isinstance(one, str)]


def accounts(statement: Statement) -> list[str]:
    """Give the principals of AWS accounts: ARNs and account ids."""
    return [one for sort, one in named(statement) if sort.lower() == "aws" and isinstance(one, str)]


def federated(statement: Statement) -> list[str]:
    """Give the identity providers: ARNs, or names such as `cognito-identity.amazonaws.com`."""
    return [one for sort, one in named(statement) if sort.lower() == "federated" and isinstance(one, str)]


def unknown(statement: Statement) -> Unknown | None:
    """Give the first principal that is not known."""
    return next((one for _, one in named(statement) if isinstance(one, Unknown)), None)
