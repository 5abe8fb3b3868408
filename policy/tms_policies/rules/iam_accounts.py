"""Who is let in from outside: other accounts, and AWS services on behalf of whoever asks them."""

import re
from collections.abc import Iterable, Iterator

from tms_policies.documents import conditions, principals
from tms_policies.documents.documents_of import Carried, documents
from tms_policies.documents.parse import Statement
from tms_policies.model import Bag, Finding, Resource, Rule, Stack
from tms_policies.rules.iam_documents import KEY_TYPES, granted, place
from tms_policies.rules.needs import chosen, must_have, strings, switch
from tms_policies.rules.references import tail

_PERMISSION = "aws:lambda/permission:Permission"
_ACCOUNT = re.compile(r"(?:arn:[\w-]+:[\w-]+:[\w-]*:)?(\d{12})(?::.*)?", re.ASCII | re.DOTALL)
_WHOLE = re.compile(r"\d{12}|arn:[\w-]+:iam::\d{12}:root", re.ASCII)
_IDENTITY = re.compile(r"arn:[\w-]+:iam::\d{12}:((?:role|user)/.+)", re.ASCII)
_REMOVED = re.compile(r"A(?:ROA|IDA)[A-Z0-9]{12,}")
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


def _account(text: object) -> str | None:
    """Give the account that an ARN or an id names."""
    found = _ACCOUNT.fullmatch(text) if isinstance(text, str) else None
    return found[1] if found else None


def _let_in(statement: Statement) -> Iterator[str]:
    """Give the accounts that a statement names as callers."""
    named = [*principals.accounts(statement)]
    named += [str(value) for _, key, value in conditions.demanded(statement) if key in _NAMING]
    yield from (found for one in named if (found := _account(one)))


def _own(resource: Resource, carried: Carried, settings: Bag) -> set[str]:
    """Give the accounts that are not foreign.

    Where neither the provider nor the settings say which, they are those of the document's resources, those
    for which it lets services act, and that of a key's own root, without which nobody could manage the key.
    """
    known = set(resource.accounts) | {str(one) for one in settings["accounts"]}
    if known:
        return known
    statements = carried.document.statements
    mine = {found for one in statements for text in one.texts("resource") if (found := _account(text))}
    for one in statements:
        if principals.services(one) and not principals.accounts(one):
            mine |= set(_let_in(one))
    if resource.type in KEY_TYPES:
        roots = [who for one in statements for who in principals.accounts(one) if who.endswith(":root")]
        mine |= {found for who in roots if len(set(roots)) == 1 and (found := _account(who))}
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
        account = _account(resource.props.get(name))
        if account and account not in own:
            yield _foreign(f"{name} of {resource.name}", account, own)


def cross_account(resource: Resource, settings: Bag) -> Iterable[Finding]:
    """No account is let in that is not on the list."""
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


def service_caller(resource: Resource, settings: Bag) -> Iterable[Finding]:
    """A service is let in only on behalf of a named account or resource."""
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


def whole_account(role: Resource, _settings: Bag) -> Iterable[Finding]:
    """A role is assumed by named identities, not by whoever an account lets."""
    for carried, statement in granted(role):
        for one in principals.accounts(statement) if carried.kind == "trust" else ():
            if _WHOLE.fullmatch(one) and not conditions.names(statement, "aws:PrincipalArn"):
                yield Finding(
                    f"{place(role, carried, statement)} trusts all of account {_account(one)}: every "
                    "identity there that may call sts:AssumeRole",
                    '"Principal": {"AWS": "arn:aws:iam::<account>:role/<name>"}',
                )


def _declared_names(stack: Stack) -> set[str]:
    return {
        str(one.props.get("name"))
        for token in ("aws:iam/role:Role", "aws:iam/user:User")
        for one in stack.of(token)
    }


def principals_exist(stack: Stack, settings: Bag) -> Iterable[Finding]:
    """Each role that a resource's policy names is one of the stack, where the setting says that all are."""
    known = _declared_names(stack)
    for resource in stack.resources if settings["principalsInStack"] else ():
        for carried, statement in granted(resource):
            for arn in principals.accounts(statement) if carried.kind != "identity" else ():
                found = _IDENTITY.fullmatch(arn)
                if (found and tail(found[1]) not in known) or _REMOVED.fullmatch(arn):
                    yield Finding(
                        f"{place(resource, carried, statement)} names {arn}, which is not declared here",
                        "the ARN of a role of this stack, or no such principal",
                        resource.urn,
                    )


def bounded(principal: Resource, settings: Bag) -> Iterable[Finding]:
    """The principals that are set have a permissions boundary."""
    if chosen(principal, "name", settings["names"]):
        yield from must_have(principal, "permissions_boundary=boundary.arn", "permissionsBoundary")


RULES = (
    Rule(
        "iam-role-permissions-boundary",
        "medium",
        (),
        "The roles and users that are set have a permissions boundary.",
        "Set permissions_boundary.",
        ("aws:iam/role:Role", "aws:iam/user:User"),
        bounded,
        reads=("permissionsBoundary",),
        settings={"names": strings("Names of roles and users that need a boundary; `*` and `?` match")},
        why="A boundary holds whatever policy somebody attaches later. "
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
    ),
    Rule(
        "iam-role-whole-account",
        "low",
        ("CKV_AWS_61",),
        "No role trusts a whole account.",
        "Name the role that may assume it.",
        ("aws:iam/role:Role",),
        whole_account,
        reads=("assumeRolePolicy",),
        why="Who administers that account then decides who assumes the role. "
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    ),
    Rule(
        "iam-policy-known-principals",
        "medium",
        (),
        "Each role and user that a resource's policy names is declared, if the setting says that all are.",
        "Take the principal from a role of the stack.",
        (),
        principals_exist,
        scope="stack",
        settings={
            "principalsInStack": switch(
                "Whether all roles that policies name are in the stack; false where some are made elsewhere",
                default=False,
            )
        },
        why="A role that is made later under the name of one that is gone gets its access. AWS turns a gone "
        "principal into an id such as AROA..., and refuses a policy with a name that it does not know. "
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    ),
    Rule(
        "iam-policy-cross-account",
        "high",
        ("FSBP:S3.6", "CKV_AWS_385"),
        "No other account is let in, unless it is on the list.",
        "Take the principal out, or name its account in the setting `accounts`.",
        (),
        cross_account,
        settings={
            "accounts": strings(
                "Accounts that may be let in, beside the provider's allowedAccountIds", pattern="^[0-9]{12}$"
            )
        },
        why="A foreign account decides by itself which of its identities use the access. "
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-cross-account-resource-access.html",
    ),
    Rule(
        "iam-policy-service-caller",
        "high",
        (),
        "A resource's policy lets a service in only for a named account, organization or resource.",
        "Add aws:SourceAccount or aws:SourceArn to the statement's conditions.",
        (),
        service_caller,
        settings={
            "exemptServices": strings(
                "Services that call without saying for whom", "logdelivery.elasticloadbalancing.amazonaws.com"
            )
        },
        why="A service acts for all its customers: without the condition a stranger's resource can have it "
        "send, read or write here. https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    ),
)
