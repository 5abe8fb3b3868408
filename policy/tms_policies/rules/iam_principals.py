"""Rules about principals: who may assume a role, who a policy names, what bounds a role or user."""

import re
from collections.abc import Iterable

from tms_policies.documents import conditions, principals
from tms_policies.model import Bag, Finding, Resource, Stack
from tms_policies.must import must_be_set
from tms_policies.references import tail
from tms_policies.registry import rule
from tms_policies.rules.iam_cross_account import account_in
from tms_policies.rules.iam_documents import granted, place
from tms_policies.settings import selected, strings, switch

_WHOLE = re.compile(r"\d{12}|arn:[\w-]+:iam::\d{12}:root", re.ASCII)
_IDENTITY = re.compile(r"arn:[\w-]+:iam::\d{12}:((?:role|user)/.+)", re.ASCII)
_REMOVED = re.compile(r"A(?:ROA|IDA)[A-Z0-9]{12,}")


@rule(
    "iam-role-whole-account",
    severity="low",
    types=("aws:iam/role:Role",),
    reads=("assumeRolePolicy",),
    remedy="Name the role that may assume it.",
    why="Who administers that account then decides who assumes the role. "
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
)
def whole_account(role: Resource, _settings: Bag) -> Iterable[Finding]:
    """No role trusts a whole account."""
    for attachment, statement in granted(role):
        for principal in principals.accounts(statement) if attachment.kind == "trust" else ():
            if _WHOLE.fullmatch(principal) and not conditions.names(statement, "aws:PrincipalArn"):
                yield Finding(
                    f"{place(role, attachment, statement)} trusts all of account {account_in(principal)}: "
                    "every identity there that may call sts:AssumeRole",
                    '"Principal": {"AWS": "arn:aws:iam::<account>:role/<name>"}',
                )


def _declared_names(stack: Stack) -> set[str]:
    return {
        str(resource.props.get("name"))
        for token in ("aws:iam/role:Role", "aws:iam/user:User")
        for resource in stack.of(token)
    }


@rule(
    "iam-policy-known-principals",
    severity="medium",
    scope="stack",
    settings={
        "principalsInStack": switch(
            "Whether all roles that policies name are in the stack; false where some are made elsewhere",
            default=False,
        )
    },
    remedy="Take the principal from a role of the stack.",
    why="A role that is made later under the name of one that is gone gets its access. AWS turns a gone "
    "principal into an id such as AROA..., and refuses a policy with a name that it does not know. "
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
)
def principals_exist(stack: Stack, settings: Bag) -> Iterable[Finding]:
    """Each role and user that a resource's policy names is declared, if the setting says that all are."""
    declared = _declared_names(stack)
    for resource in stack.resources if settings["principalsInStack"] else ():
        for attachment, statement in granted(resource):
            for arn in principals.accounts(statement) if attachment.kind != "identity" else ():
                match = _IDENTITY.fullmatch(arn)
                if (match and tail(match[1]) not in declared) or _REMOVED.fullmatch(arn):
                    yield Finding(
                        f"{place(resource, attachment, statement)} names {arn}, which is not declared here",
                        "the ARN of a role of this stack, or no such principal",
                        resource.urn,
                    )


@rule(
    "iam-role-permissions-boundary",
    severity="medium",
    types=("aws:iam/role:Role", "aws:iam/user:User"),
    reads=("permissionsBoundary",),
    settings={"names": strings("Names of roles and users that need a boundary; `*` and `?` match")},
    remedy="Set permissions_boundary.",
    why="A boundary holds whatever policy somebody attaches later. "
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
)
def bounded(principal: Resource, settings: Bag) -> Iterable[Finding]:
    """The roles and users that are set have a permissions boundary."""
    if selected(principal, "name", settings["names"]):
        yield from must_be_set(principal, "permissionsBoundary", "permissions_boundary=boundary.arn")
