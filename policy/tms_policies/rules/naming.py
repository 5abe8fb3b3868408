"""Physical names against a team's patterns."""

import re
from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Unknown
from tms_policies.registry import rule
from tms_policies.settings import by_name
from tms_policies.values import shown, token_of, unproven


@rule(
    "account-resource-naming",
    severity="low",
    settings={
        "patterns": by_name(
            "Per `<type>.<property>`, such as `aws:sqs/queue:Queue.name`, a regular expression "
            "that the whole name must match; none by default",
            format="python-regex",
        )
    },
    remedy="Name the resource as its pattern says.",
    why="Policies that allow by a name's prefix, and alarms and searches that go by it, pass over "
    "a resource whose name is out of line or made up with a random ending. "
    "https://www.pulumi.com/docs/iac/concepts/resources/names/",
)
def named(resource: Resource, settings: Bag) -> Iterable[Finding]:
    """Physical names match the patterns that are set."""
    for location, pattern in settings["patterns"].items():
        token, _, name = str(location).rpartition(".")
        if token_of(token) != resource.type:
            continue
        value, position = resource.props.get(name), f"{name} of {resource.name}"
        line = f"{name} with a value that matches {pattern}"
        if isinstance(value, Unknown):
            yield unproven(value, f"{position} must match {pattern}")
        elif not isinstance(value, str):
            yield Finding(f"{position} is missing, so that a name is made up", line)
        elif re.fullmatch(str(pattern), value) is None:
            yield Finding(f"{position} is {shown(value)}, which does not match {pattern}", line)
