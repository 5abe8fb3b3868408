"""Physical names against a team's patterns."""

import re
from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Rule, Unknown
from tms_policies.rules.needs import by_name
from tms_policies.values import shown, token_of, unproven


def named(resource: Resource, settings: Bag) -> Iterable[Finding]:
    """Each name matches the pattern that is set for its place."""
    for place, pattern in settings["patterns"].items():
        token, _, name = str(place).rpartition(".")
        if token_of(token) != resource.type:
            continue
        value, where = resource.props.get(name), f"{name} of {resource.name}"
        line = f"{name} with a value that matches {pattern}"
        if isinstance(value, Unknown):
            yield unproven(value, f"{where} must match {pattern}")
        elif not isinstance(value, str):
            yield Finding(f"{where} is missing, so that a name is made up", line)
        elif re.fullmatch(str(pattern), value) is None:
            yield Finding(f"{where} is {shown(value)}, which does not match {pattern}", line)


RULES = (
    Rule(
        "account-resource-naming",
        "low",
        (),
        "Physical names match the patterns that are set.",
        "Name the resource as its pattern says.",
        (),
        named,
        settings={
            "patterns": by_name(
                "Per `<type>.<property>`, such as `aws:sqs/queue:Queue.name`, a regular expression "
                "that the whole name must match; none by default",
                format="python-regex",
            )
        },
        why="Policies that allow by a name's prefix, and alarms and searches that go by it, pass over "
        "a resource whose name is out of line or made up with a random ending. "
        "https://www.pulumi.com/docs/iac/concepts/resources/names/",
    ),
)
