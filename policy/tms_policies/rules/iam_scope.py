"""A rule about how far an ARN reaches: one partition, one region, one account.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
"""

from collections.abc import Iterable

from tms_policies.documents.actions import wild
from tms_policies.documents.matching import applies
from tms_policies.documents.parse import Statement
from tms_policies.model import Bag, Finding, Resource
from tms_policies.registry import rule
from tms_policies.rules.iam_documents import granted, place
from tms_policies.values import shown

_PARTS = {1: "partition", 3: "region", 4: "account"}
_ARN_PARTS = 6


def _usable(statement: Statement, resource: str) -> bool:
    """Return whether an action of the statement can be used on a resource; else another rule reports it."""
    names = statement.texts("action")
    return (
        len(names) != len(statement.listed("action"))
        or not names
        or any(applies(item, resource) for item in names)
    )


@rule(
    "iam-policy-wildcard-scope",
    severity="high",
    remedy="Write partition, region and account of each resource.",
    why="A name is taken only once within one account and region: with a wildcard there, a table or "
    "queue of the same name that somebody else made elsewhere is read and written too. "
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",
)
def wildcard_scope(resource: Resource, _settings: Bag) -> Iterable[Finding]:
    """No allowed ARN has a wildcard for its partition, region or account."""
    for attachment, statement in granted(resource):
        if attachment.kind != "identity":
            continue
        for pattern in statement.texts("resource"):
            parts = pattern.split(":", _ARN_PARTS - 1)
            if parts[0].lower() != "arn" or len(parts) < _ARN_PARTS or not _usable(statement, pattern):
                continue
            open_parts = [name for index, name in _PARTS.items() if wild(parts[index])]
            if open_parts:
                yield Finding(
                    f"{place(resource, attachment, statement)} allows {shown(pattern)}, which leaves the "
                    f"{' and the '.join(open_parts)} open: the same name elsewhere is allowed too",
                    '"Resource": "arn:aws:<service>:<region>:<account>:<type>/<name>"',
                )
