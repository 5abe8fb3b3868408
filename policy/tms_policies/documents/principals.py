"""Who a statement is about."""

from tms_policies.documents.parse import Statement
from tms_policies.model import Unknown
from tms_policies.values import items


def named(statement: Statement, element: str = "principal") -> list[tuple[str, object]]:
    """Return every principal with its sort (`AWS`, `Service`, ...); a bare one has the sort `*`."""
    values = statement.elements.get(element)
    if isinstance(values, dict):
        return [(str(sort), item) for sort, value in values.items() for item in items(value)]
    return [("*", item) for item in items(values)]


def everybody(statement: Statement) -> bool:
    """Return whether the principal is anyone: `*`, or `*` of any sort."""
    return any(item == "*" for _, item in named(statement))


def services(statement: Statement) -> list[str]:
    """Return the service principals, such as `bedrock-agentcore.amazonaws.com`."""
    return [item for sort, item in named(statement) if sort.lower() == "service" and isinstance(item, str)]


def accounts(statement: Statement) -> list[str]:
    """Return the principals of AWS accounts: ARNs and account ids."""
    return [item for sort, item in named(statement) if sort.lower() == "aws" and isinstance(item, str)]


def federated(statement: Statement) -> list[str]:
    """Return the identity providers: ARNs, or names such as `cognito-identity.amazonaws.com`."""
    return [item for sort, item in named(statement) if sort.lower() == "federated" and isinstance(item, str)]


def unknown(statement: Statement) -> Unknown | None:
    """Return the first principal that is not known."""
    return next((item for _, item in named(statement) if isinstance(item, Unknown)), None)
