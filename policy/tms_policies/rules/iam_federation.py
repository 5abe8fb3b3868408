"""Who may assume a role from outside AWS: tokens of a provider, for one audience and subject.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
"""

import re
from collections.abc import Iterable, Iterator

from tms_policies.documents import conditions, principals
from tms_policies.documents.actions import wild
from tms_policies.documents.parse import Statement
from tms_policies.model import Bag, Finding, Resource, Unknown
from tms_policies.registry import rule
from tms_policies.rules.iam_documents import granted, place
from tms_policies.settings import switch
from tms_policies.values import shown, unproven

_ROLE = "aws:iam/role:Role"
_COGNITO = "cognito-identity.amazonaws.com"
# Signs in to an application of one's own: these providers name it by this key
_APPLICATION = {"graph.facebook.com": "app_id", "www.amazon.com": "app_id", "accounts.google.com": "aud"}
_IDENTITY_POOL = re.compile(r"[\w-]+:[0-9a-fA-F-]{36}")
# One repository: `repo:owner/name:` or `project_path:group/name:`, before any wildcard
_ONE_REPOSITORY = re.compile(r"[^:/*?]+:[^:*?]*[^:/*?]/[^:/*?]+:")
_SUBJECTS = {
    "token.actions.githubusercontent.com": "repo:<owner>/<repository>:environment:production",
    "gitlab.com": "project_path:<group>/<project>:ref_type:branch:ref:main",
}


def _values(statement: Statement, key: str) -> list[object]:
    return [value for _, item, value in conditions.demanded(statement) if item == key.lower()]


def _line(key: str, value: str) -> str:
    return f'"Condition": {{"StringEquals": {{"{key}": "{value}"}}}}'


def _fixed(location: str, statement: Statement, key: str, line: str, without: str) -> Iterator[Finding]:
    """Demand a key with values that have no wildcard."""
    values = _values(statement, key)
    hidden = next((item for item in values if isinstance(item, Unknown)), None)
    if hidden:
        yield unproven(hidden, f"{location} must fix {key}")
    elif not values:
        yield Finding(f"{location} does not fix {key}: {without}", line)
    for value in values:
        if isinstance(value, str) and wild(value):
            yield Finding(f"{location} has {shown(value)} for {key}: {without}", line)


def _subject(location: str, statement: Statement, host: str, *, exact: bool) -> Iterator[Finding]:
    """Demand the subject, without a wildcard that spans repositories."""
    key = f"{host}:sub"
    line = _line(key, _SUBJECTS.get(host, "<the one subject>"))
    values = _values(statement, key)
    hidden = next((item for item in values if isinstance(item, Unknown)), None)
    if hidden:
        yield unproven(hidden, f"{location} must fix {key}")
    elif not values:
        yield Finding(f"{location} does not fix {key}: every user of {host} may assume the role", line)
    for value in values:
        if not isinstance(value, str) or not wild(value):
            continue
        start = re.split(r"[*?]", value, maxsplit=1)[0]
        if _ONE_REPOSITORY.match(start) is None:
            yield Finding(
                f"{location} has {shown(value)} for {key}, which more than one repository fits", line
            )
        elif exact:
            yield Finding(f"{location} has {shown(value)} for {key}, which every branch and event fits", line)


def _pool(location: str, statement: Statement) -> Iterator[Finding]:
    """Demand one identity pool, and that people have signed in."""
    audience = f"{_COGNITO}:aud"
    line = _line(audience, "<region>:<id of the identity pool>")
    yield from _fixed(location, statement, audience, line, "every identity pool's users may assume the role")
    for value in _values(statement, audience):
        if isinstance(value, str) and not wild(value) and _IDENTITY_POOL.fullmatch(value) is None:
            yield Finding(
                f"{location} has {shown(value)} for {audience}, which is no identity pool's id", line
            )
    declared = _values(statement, f"{_COGNITO}:amr")
    if not any(item == "authenticated" or isinstance(item, Unknown) for item in declared):
        yield Finding(
            f"{location} does not demand that users have signed in: guests may assume the role",
            f'"Condition": {{"ForAnyValue:StringLike": {{"{_COGNITO}:amr": "authenticated"}}}}',
        )


def _provider(location: str, statement: Statement, provider: str, *, exact: bool) -> Iterator[Finding]:
    """Demand what one provider's tokens must say."""
    if ":saml-provider/" in provider:
        line = _line("SAML:aud", "https://signin.aws.amazon.com/saml")
        yield from _fixed(location, statement, "SAML:aud", line, "assertions made for others are taken too")
        return
    host = provider.partition(":oidc-provider/")[2] or provider
    if host == _COGNITO:
        yield from _pool(location, statement)
        return
    key = f"{host}:{_APPLICATION.get(host, 'aud')}"
    line = _line(key, "sts.amazonaws.com" if host in _SUBJECTS else "<the one audience>")
    yield from _fixed(location, statement, key, line, "tokens made for others are taken too")
    if host not in _APPLICATION:
        yield from _subject(location, statement, host, exact=exact)


@rule(
    "iam-role-federated-trust",
    severity="critical",
    types=(_ROLE,),
    reads=("assumeRolePolicy",),
    settings={
        "exactSubject": switch(
            "Whether the subject must be exact: one branch, tag or environment of the repository",
            default=False,
        )
    },
    remedy="Add the provider's aud and sub to the trust policy's conditions, without wildcards.",
    why="A public identity provider signs tokens for all its users: without the subject anybody's job "
    "may assume the role, and a wildcard in owner or repository lets others register a name that fits. "
    "https://docs.github.com/en/actions/security-for-github-actions/security-hardening-your-deployments/"
    "configuring-openid-connect-in-amazon-web-services",
)
def federated_trust(role: Resource, settings: Bag) -> Iterable[Finding]:
    """A role that an identity provider's users may assume fixes audience and subject, in one repository."""
    for attachment, statement in granted(role):
        location = place(role, attachment, statement)
        for provider in principals.federated(statement):
            yield from _provider(location, statement, provider, exact=bool(settings["exactSubject"]))
