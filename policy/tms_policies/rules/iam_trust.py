"""Who may use what a policy document grants: services on behalf of others, and the public."""

from collections.abc import Iterable

from tms_policies.documents import conditions, principals
from tms_policies.model import Bag, Finding, Resource
from tms_policies.registry import rule
from tms_policies.rules.iam_documents import granted, place
from tms_policies.values import unproven

ROLE = "aws:iam/role:Role"


@rule(
    "iam-role-confused-deputy",
    severity="high",
    types=(ROLE,),
    settings={
        "exemptServices": {
            "type": "array",
            "items": {"type": "string"},
            "default": ["ec2.amazonaws.com", "lambda.amazonaws.com"],
            "description": "Services that assume a role without sending both keys",
        }
    },
    remedy="Add both conditions to the trust policy.",
    why="A service assumes the role for whoever asks it to. Without these conditions somebody in "
    "another account can set the service up with this role's ARN and have it work with this "
    "account's data. "
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
)
def confused_deputy(role: Resource, settings: Bag) -> Iterable[Finding]:
    """A role that a service may assume demands aws:SourceAccount and aws:SourceArn.

    A service may assume a role only for a named account and resource.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
    """
    exempt = {str(setting).lower() for setting in settings["exemptServices"]}
    for attachment, statement in granted(role):
        trusted = [setting for setting in principals.services(statement) if setting.lower() not in exempt]
        if attachment.kind != "trust" or not trusted:
            continue
        for key, value in (
            ("aws:SourceAccount", '"StringEquals": {"aws:SourceAccount": "123456789012"}'),
            ("aws:SourceArn", '"ArnLike": {"aws:SourceArn": "arn:aws:<service>:<region>:123456789012:*"}'),
        ):
            if not conditions.names(statement, key):
                yield Finding(
                    f"{place(role, attachment, statement)} trusts {trusted[0]} without a fixed {key}: "
                    "anyone may have the service act with this role",
                    f'"Condition": {{{value}}}',
                )


@rule(
    "iam-policy-public-principal",
    severity="critical",
    remedy="Name the principals, or fix the caller by a condition.",
    why="Everybody means every AWS account and, where the service takes unsigned requests as S3 "
    "does, the whole internet: whoever learns the name reads trades or sends false ones. "
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
)
def public_principal(resource: Resource, _settings: Bag) -> Iterable[Finding]:
    """No trust or resource policy allows everybody."""
    for attachment, statement in granted(resource):
        location = place(resource, attachment, statement)
        if unknown := principals.unknown(statement):
            yield unproven(unknown, f"{location} must name its principals")
        if not principals.everybody(statement) or conditions.caller_fixed(statement):
            continue
        if unknown := conditions.unknown_caller(statement):
            yield unproven(unknown, f"{location} allows everybody but for this condition")
        else:
            yield Finding(
                f'{location} allows everybody (Principal "*") and no condition fixes who calls',
                '"Principal": {"AWS": "arn:aws:iam::123456789012:role/<name>"}, '
                'or "Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}}',
            )
