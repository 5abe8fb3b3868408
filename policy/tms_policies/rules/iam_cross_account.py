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
    """Give the account that an ARN or an id names."""
    found = _ACCOUNT.fullmatch(text) if isinstance(text, str) else None
    return found[1] if found else None


def _let_in(statement: Statement) -> Iterator[str]:
    """Give the accounts that a statement names as callers."""
    named = [*principals.accounts(statement)]
    named += [str(value) for _, key, value in conditions.demanded(statement) if key in _NAMING]
    yield from (found for one in named if (found := account_in(one)))


def _own(resource: Resource, carried: Carried, settings: Bag) -> set[str]:
    """Give the accounts that are not foreign.

    Where neither the provider nor the settings say which, they are those of the document's resources, those
    for which it lets services act, and that of a key's own root, without which nobody could manage the key.
    """
    known = set(resource.accounts) | {str(one) for one in settings["accounts"]}
    if known:
        return known
    statements = carried.document.statements
    mine = {found for one in statements for text in one.texts("resource") if (found := account_in(text))}
    for one in statements:
        if principals.services(one) and not principals.accounts(one):
            mine |= set(_let_in(one))
    if resource.type in KEY_TYPES:
        roots = [who for one in statements for who in principals.accounts(one) if who.endswith(":root")]
        mine |= {found for who in roots if len(set(roots)) == 1 and (found := account_in(who))}
    return mine


def _foreign(where: str, account: str, own: set[str]) -> Finding:
    if not own:
        return Finding(
            f"{where} lets account {account} in, and nothing says which accounts are this stack's own",
            f'aws:allowedAccountIds: ["{account}"] in the stack\'s config if it is its own',
        )
    return Finding(
        f"{where} lets account {account} in, which is neither this stack's nor an allowed one",
        f'no such principal, or "{account}" in the setting `accounts` of this rule',
    )


def _permission(resource: Resource, settings: Bag) -> Iterator[Finding]:
    """Judge a function's permission, which is no document."""
    own = set(resource.accounts) | {str(one) for one in settings["accounts"]}
    for name in ("principal", "sourceAccount"):
        account = account_in(resource.props.get(name))
        if account and account not in own:
            yield _foreign(f"{name} of {resource.name}", account, own)


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
    for carried in documents(resource):
        if carried.kind == "identity":
            continue
        own = _own(resource, carried, settings)
        for statement in carried.document.statements:
            for account in dict.fromkeys(_let_in(statement)) if statement.allows else ():
                if account not in own:
                    yield _foreign(place(resource, carried, statement), account, own)


def _for_whom(statement: Statement) -> bool:
    """Say whether a condition fixes for whom a service acts."""
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
    exempt = {str(one).lower() for one in settings["exemptServices"]}
    for carried, statement in granted(resource):
        trusted = [one for one in principals.services(statement) if one.lower() not in exempt]
        if carried.kind != "resource" or not trusted or _for_whom(statement):
            continue
        where = place(resource, carried, statement)
        yield Finding(
            f"{where} lets {trusted[0]} in without saying for whom: anyone may have the service act on it",
            '"Condition": {"StringEquals": {"aws:SourceAccount": "<account>"}, '
            '"ArnLike": {"aws:SourceArn": "arn:aws:<service>:<region>:<account>:<resource>"}}',
        )
