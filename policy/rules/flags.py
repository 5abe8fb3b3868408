"""The one shape that most rules have: a flag at a property path that must be known to be true."""

from collections.abc import Iterable

from policy.model import Finding, Resource, Unknown
from policy.values import is_true, look, shown, unproven


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
