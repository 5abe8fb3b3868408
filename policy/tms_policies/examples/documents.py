"""Policy documents for examples."""

import json
from typing import Any

from tms_policies.examples.model import Declared


def allow(action: object, resource: object, **extra: object) -> dict[str, Any]:
    """Return a statement that allows; keywords are further elements."""
    return {"Effect": "Allow", "Action": action, "Resource": resource, **extra}


def document(*statements: object) -> str:
    """Return a document's text."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def policy(*statements: object, name: str = "reading") -> Declared:
    """Return a managed policy."""
    return Declared("iam/policy:Policy", {"name": name, "policy": document(*statements)}, name=name)


def role(*statements: object, name: str = "matching", **props: object) -> Declared:
    """Return a role with a trust policy."""
    value: dict[str, object] = {"name": name, **props}
    if statements:
        value["assumeRolePolicy"] = document(*statements)
    return Declared("iam/role:Role", value, name=name)


def inline(*statements: object, of: str = "matching", name: str = "matching-policy") -> Declared:
    """Return a role's inline policy."""
    return Declared("iam/rolePolicy:RolePolicy", {"role": of, "policy": document(*statements)}, name=name)
