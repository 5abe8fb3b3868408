"""Forms of import ids that are derived from what is declared.

Forms are those of each type's import section in the AWS provider's documentation.
"""

from collections.abc import Callable, Mapping

from toolkit.aws.location import Location

Inputs = Mapping[str, str]
"""Declared texts and numbers; what is computed from another resource has the id of that, once it is known."""
ImportId = Callable[[Inputs, Location], str | None]
"""Derives an import id from declared properties; None while one of them is not known."""
_FUNCTION_NAME = 6  # its part of a function's ARN


def joined(*properties: str, by: str = ":") -> ImportId:
    """Return the form of an id that is made of properties."""

    def derive(inputs: Inputs, _location: Location) -> str | None:
        values = [inputs.get(name) for name in properties]
        return by.join(filter(None, values)) if all(values) else None

    return derive


NAME = joined("name")
"""The form of most types."""


def arn(service: str, prefix: str = "", name: str = "name") -> ImportId:
    """Return the form of an id that is the ARN of a regional resource."""

    def derive(inputs: Inputs, location: Location) -> str | None:
        return location.arn(service, f"{prefix}{inputs[name]}") if inputs.get(name) else None

    return derive


def account(_inputs: Inputs, location: Location) -> str:
    """Return the account: the id of what an account has once."""
    return location.account


def region(_inputs: Inputs, location: Location) -> str:
    """Return the region: the id of what a region has once."""
    return location.region


def function_name(function: str) -> str:
    """Return a function's name, of a name or an ARN with or without a version."""
    parts = function.split(":")
    return parts[_FUNCTION_NAME] if function.startswith("arn:") and len(parts) > _FUNCTION_NAME else function
