"""Rules about who is let in from outside: other accounts, and AWS services that act for anybody."""

import re
from collections.abc import Iterable, Iterator

from tms_policies.documents import conditions, principals
from tms_policies.documents.documents_of import Carried, documents
from tms_policies.documents.parse import Statement
from tms_policies.model import Bag, Finding, Resource
from tms_policies.registry import rule
from tms_policies.rules.iam_documents import KEY_TYPES, granted, place
from tms_policies.settings import strings

_PERMISSION = "aws:lambda/permission:Permission"
_ACCOUNT = re.compile(r"(?:arn:[\w-]+:[\w-]+:[\w-]*:)?(\d{12})(?::.*)?", re.ASCII | re.DOTALL)
# Condition keys whose value is an account, or an ARN that holds one
_NAMING = frozenset(
    [
        *(
            "aws:principalaccount",
            "aws:principalarn",
            "aws:sourceaccount",
            "aws:sourcearn",
            "aws:sourceowner",
        ),
        *("kms:calleraccount", "s3:dataaccesspointaccount"),
    ]
)
# Keys that say for whom a service acts: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
_BEHALF = ("aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID", "aws:SourceOrgPaths", "kms:CallerAccount")


def account_in(text: object) -> str | None:
    """Return the account that an ARN or an id names."""
    match = _ACCOUNT.fullmatch(text) if isinstance(text, str) else None
    return match[1] if match else None


def _let_in(statement: Statement) -> Iterator[str]:
    """Yield the accounts that a statement names as callers."""
    names = [*principals.accounts(statement)]
    names += [str(value) for _, key, value in conditions.demanded(statement) if key in _NAMING]
    yield from (result for item in names if (result := account_in(item)))


def _own(resource: Resource, attachment: Carried, settings: Bag) -> set[str]:
    """Return the accounts that are not foreign.

    Where neither the provider nor the settings say which, they are those of the document's resources, those
    for which it lets services act, and that of a key's own root, without which nobody could manage the key.
    """
    declared = set(resource.accounts) | {str(statement) for statement in settings["accounts"]}
    if declared:
        return declared
    statements = attachment.document.statements
    actual = {
        result
        for statement in statements
        for text in statement.texts("resource")
        if (result := account_in(text))
    }
    for statement in statements:
        if principals.services(statement) and not principals.accounts(statement):
            actual |= set(_let_in(statement))
    if resource.type in KEY_TYPES:
        roots = [
            principal
            for statement in statements
            for principal in principals.accounts(statement)
            if principal.endswith(":root")
        ]
        actual |= {
            result for principal in roots if len(set(roots)) == 1 and (result := account_in(principal))
        }
    return actual


def _foreign(location: str, account: str, own_accounts: set[str]) -> Finding:
    if not own_accounts:
        return Finding(
            f"{location} lets account {account} in, and nothing says which accounts are this stack's own",
            f'aws:allowedAccountIds: ["{account}"] in the stack\'s config if it is its own',
        )
    return Finding(
        f"{location} lets account {account} in, which is neither this stack's nor an allowed one",
        f'no such principal, or "{account}" in the setting `accounts` of this rule',
    )


def _permission(resource: Resource, settings: Bag) -> Iterator[Finding]:
    """Check a function's permission, which is no document."""
    own_accounts = set(resource.accounts) | {str(setting) for setting in settings["accounts"]}
    for name in ("principal", "sourceAccount"):
        account = account_in(resource.props.get(name))
        if account and account not in own_accounts:
            yield _foreign(f"{name} of {resource.name}", account, own_accounts)


@rule(
    "iam-policy-cross-account",
    severity="high",
    settings={
        "accounts": strings(
            "Accounts that may be let in, beside the provider's allowedAccountIds", pattern="^[0-9]{12}$"
        )
    },
    remedy="Take the principal out, or name its account in the setting `accounts`.",
    why="A foreign account decides by itself which of its identities use the access. "
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-cross-account-resource-access.html",
)
def cross_account(resource: Resource, settings: Bag) -> Iterable[Finding]:
    """No other account is let in, unless it is on the list."""
    if resource.type == _PERMISSION:
        yield from _permission(resource, settings)
    for attachment in documents(resource):
        if attachment.kind == "identity":
            continue
        own_accounts = _own(resource, attachment, settings)
        for statement in attachment.document.statements:
            for account in dict.fromkeys(_let_in(statement)) if statement.allows else ():
                if account not in own_accounts:
                    yield _foreign(place(resource, attachment, statement), account, own_accounts)


def _for_whom(statement: Statement) -> bool:
    """Return whether a condition fixes for whom a service acts."""
    context = {
        key for _, key, _ in conditions.demanded(statement) if key.startswith("kms:encryptioncontext:")
    }
    return any(conditions.names(statement, key) for key in (*_BEHALF, *context))


@rule(
    "iam-policy-service-caller",
    severity="high",
    settings={
        "exemptServices": strings(
            "Services that call without saying for whom", "logdelivery.elasticloadbalancing.amazonaws.com"
        )
    },
    remedy="Add aws:SourceAccount or aws:SourceArn to the statement's conditions.",
    why="A service acts for all its customers: without the condition a stranger's resource can have it "
    "send, read or write here. https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
)
def service_caller(resource: Resource, settings: Bag) -> Iterable[Finding]:
    """A resource's policy lets a service in only for a named account, organization or resource."""
    exempt = {str(setting).lower() for setting in settings["exemptServices"]}
    for attachment, statement in granted(resource):
        trusted = [setting for setting in principals.services(statement) if setting.lower() not in exempt]
        if attachment.kind != "resource" or not trusted or _for_whom(statement):
            continue
        location = place(resource, attachment, statement)
        yield Finding(
            f"{location} lets {trusted[0]} in without saying for whom: anyone may have the service act on it",
            '"Condition": {"StringEquals": {"aws:SourceAccount": "<account>"}, '
            '"ArnLike": {"aws:SourceArn": "arn:aws:<service>:<region>:<account>:<resource>"}}',
        )
