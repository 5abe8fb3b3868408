"""Rules about wildcards in the actions and resources that a policy document allows."""

from collections.abc import Iterable

from tms_policies.documents import actions, principals
from tms_policies.documents.parse import Statement
from tms_policies.model import Bag, Finding, Resource
from tms_policies.registry import rule
from tms_policies.rules.iam_documents import EVERYTHING, KEY_TYPES, LIMITS, granted, opened, place
from tms_policies.values import shown, unproven


def _own_key_account(resource: Resource, statement: Statement) -> bool:
    """Return whether this is a key's grant to its own account, without which nobody could manage the key."""
    owners = principals.accounts(statement)
    return resource.type in KEY_TYPES and bool(owners) and all(item.endswith(":root") for item in owners)


@rule(
    "iam-policy-wildcard-action",
    severity="high",
    remedy="Name each action that is used.",
    why="A wildcard also allows what nobody asked for, such as deleting what should only be read, "
    "and each action that the service adds later. "
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
)
def wildcard_action(resource: Resource, _settings: Bag) -> Iterable[Finding]:
    """No policy document allows an action by a wildcard."""
    for attachment, statement in granted(resource):
        location, free = place(resource, attachment, statement), _own_key_account(resource, statement)
        if unknown := statement.unknown("action"):
            yield unproven(unknown, f"{location} must name its actions")
        for pattern in statement.texts("action"):
            if actions.wild(pattern) and not (free and pattern.lower() == "kms:*"):
                count = len(actions.expanded(pattern))
                covers = f", which covers {count} actions" if count else ""
                yield Finding(
                    f"{location} allows the action {actions.spelled(pattern)}{covers}",
                    '"Action": ["<service>:<Action>", ...] with every action that is used, by its full name',
                )


@rule(
    "iam-policy-wildcard-resource",
    severity="high",
    settings=LIMITS,
    remedy="Name the resources by ARN; `*` only for actions that know no resources.",
    why="Whoever takes over the role reaches every table, bucket or queue of the account, those of "
    "other programs and those made later as well. "
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
)
def wildcard_resource(resource: Resource, settings: Bag) -> Iterable[Finding]:
    """No policy document allows an action on every resource when it can be limited to named ones."""
    for attachment, statement in granted(resource):
        if attachment.kind != "identity":
            continue  # in a resource's own policy `*` is that resource
        location = place(resource, attachment, statement)
        if unknown := statement.unknown("resource"):
            yield unproven(unknown, f"{location} must name its resources")
        for pattern in statement.texts("resource"):
            if reached := opened(statement, pattern, settings):
                yield Finding(
                    f"{location} allows {reached} on {shown(pattern)}, but it can be limited to named ones",
                    '"Resource": ["arn:aws:<service>:<region>:<account>:<type>/<name>", ...]'
                    if reached == EVERYTHING
                    else actions.arn_line(reached),
                )
