"""The shapes that most rules have: a flag or a number at a property path that must be known."""

from collections.abc import Iterable

from tms_policies.model import Finding, Resource, Unknown
from tms_policies.values import is_false, is_true, look, number, shown, unproven


def must_be_true(resource: Resource, line: str, *path: str) -> Iterable[Finding]:
    """Give a finding unless the flag at the path is known to be true.

    Args:
        resource: Whose flag it is.
        line: What to write instead.
        path: Property names from the outside in.
    """
    value, where = look(resource.props, *path), ".".join(path)
    if isinstance(value, Unknown):
        yield unproven(value, f"{where} of {resource.name} must be true")
    elif not is_true(value):
        state = "missing" if value is None else shown(value)
        yield Finding(f"{where} of {resource.name} is {state}", line)


def must_stay(resource: Resource, name: str, line: str, *, default: bool) -> Iterable[Finding]:
    """Give a finding when a flag is not left at, or set to, the provider's default."""
    value = resource.props.get(name)
    if isinstance(value, Unknown):
        yield unproven(value, f"{name} of {resource.name} must be {str(default).lower()}")
    elif value is not None and not (is_true(value) if default else is_false(value)):
        yield Finding(f"{name} of {resource.name} is {shown(value)}", line)


def must_be_set(resource: Resource, name: str, line: str) -> Iterable[Finding]:
    """Give a finding when nothing is there; a value that is not known yet is a value all the same."""
    value = resource.props.get(name)
    if value in (None, "", [], {}):
        yield Finding(f"{name} of {resource.name} is missing", line)


def must_be_from(resource: Resource, name: str, low: float, line: str) -> Iterable[Finding]:
    """Give a finding when a number is given and is not known to be the bound or more."""
    value = resource.props.get(name)
    given = number(value)
    if isinstance(value, Unknown):
        yield unproven(value, f"{name} of {resource.name} must be {low:g} or more")
    elif value is not None and (given is None or given < low):
        yield Finding(f"{name} of {resource.name} is {shown(value)}, not {low:g} or more", line)


def declared(resource: Resource, name: str) -> bool:
    """Say whether the program gives a property."""
    return resource.props.get(name) not in (None, "", [], {})
