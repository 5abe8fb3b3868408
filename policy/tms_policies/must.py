"""What rules demand of one property: a check each, all called as `must_x(resource, path, ..., remedy)`.

A path is dotted, such as `serverSideEncryption.enabled`; the remedy is the line to write instead. Each check
yields nothing when the demand holds, one finding when it does not, and an unproven finding for a value that
preview does not know. `must_be_set` asks for presence only, so there an unknown value passes.
"""

from collections.abc import Iterable, Sequence

from tms_policies.model import Finding, Resource, Unknown
from tms_policies.values import is_false, is_true, look, number, shown, unproven

_NOTHING = (None, "", [], {})


def _at(resource: Resource, path: str) -> object:
    return look(resource.props, *path.split("."))


def _state(value: object) -> str:
    return "missing" if value is None else shown(value)


def is_set(resource: Resource, path: str) -> bool:
    """Return whether the program sets a property to something; an unknown value is something."""
    return _at(resource, path) not in _NOTHING


def must_be_set(resource: Resource, path: str, remedy: str) -> Iterable[Finding]:
    """Check that a property is set, to whatever."""
    if not is_set(resource, path):
        yield Finding(f"{path} of {resource.name} is missing", remedy)


def must_be_true(resource: Resource, path: str, remedy: str) -> Iterable[Finding]:
    """Check that a flag is known to be true."""
    value = _at(resource, path)
    if isinstance(value, Unknown):
        yield unproven(value, f"{path} of {resource.name} must be true")
    elif not is_true(value):
        yield Finding(f"{path} of {resource.name} is {_state(value)}", remedy)


def must_stay(resource: Resource, path: str, remedy: str, *, default: bool) -> Iterable[Finding]:
    """Check that a flag is left out, or set to the provider's default."""
    value = _at(resource, path)
    if isinstance(value, Unknown):
        yield unproven(value, f"{path} of {resource.name} must be {str(default).lower()}")
    elif value is not None and not (is_true(value) if default else is_false(value)):
        yield Finding(f"{path} of {resource.name} is {shown(value)}", remedy)


def must_be(
    resource: Resource, path: str, allowed: Sequence[object], remedy: str, *, absent: str = ""
) -> Iterable[Finding]:
    """Check that a value is known to be one of those allowed.

    Args:
        resource: The resource with the property.
        path: The property's path.
        allowed: The values that pass; with None among them, the property may be missing.
        remedy: The line to write instead.
        absent: What AWS does when the property is missing.
    """
    value = _at(resource, path)
    if isinstance(value, Unknown):
        names = ", ".join(str(option) for option in allowed if option is not None)
        yield unproven(value, f"{path} of {resource.name} must be one of {names}")
    elif value not in allowed:
        state = f"missing{absent and f', which means {absent}'}" if value is None else shown(value)
        yield Finding(f"{path} of {resource.name} is {state}", remedy)


def must_lie(
    resource: Resource, path: str, limits: tuple[float, float], remedy: str, *, default: float | None = None
) -> Iterable[Finding]:
    """Check that a number, or its default where it is missing, lies within limits, both included."""
    value, (low, high) = _at(resource, path), limits
    figure = default if value is None else number(value)
    span = f"{low:.10g}" if low == high else f"{low:.10g} to {high:.10g}"
    if isinstance(value, Unknown):
        yield unproven(value, f"{path} of {resource.name} must be {span}")
    elif figure is None or not low <= figure <= high:
        yield Finding(f"{path} of {resource.name} is {_state(value)}, not {span}", remedy)


def must_reach(resource: Resource, path: str, low: float, remedy: str) -> Iterable[Finding]:
    """Check that a number, where there is one, is known to be a bound or more."""
    value = _at(resource, path)
    figure = number(value)
    if isinstance(value, Unknown):
        yield unproven(value, f"{path} of {resource.name} must be {low:g} or more")
    elif value is not None and (figure is None or figure < low):
        yield Finding(f"{path} of {resource.name} is {shown(value)}, not {low:g} or more", remedy)
