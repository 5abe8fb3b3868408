"""Who may use what a policy document grants: services on behalf of others, and the public."""

from collections.abc import Iterable

from tms_policies.documents import conditions, principals
from tms_policies.model import Bag, Finding, Resource, Rule
from tms_policies.rules.iam_documents import granted, place
from tms_policies.values import unproven

ROLE = "aws:iam/role:Role"


def confused_deputy(role: Resource, settings: Bag) -> Iterable[Finding]:
    """A service may assume a role only for a named account and resource.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
    """
    exempt = {str(one).lower() for one in settings["exemptServices"]}
    for carried, statement in granted(role):
        trusted = [one for one in principals.services(statement) if one.lower() not in exempt]
        if carried.kind != "trust" or not trusted:
            continue
        for key, value in (
            ("aws:SourceAccount", '"StringEquals": {"aws:SourceAccount": "123456789012"}'),
            ("aws:SourceArn", '"ArnLike": {"aws:SourceArn": "arn:aws:<service>:<region>:123456789012:*"}'),
        ):
            if not conditions.names(statement, key):
                yield Finding(
                    f"{place(role, carried, statement)} trusts {trusted[0]} without a fixed {key}: "
                    "anyone may have the service act with this role",
                    f'"Condition": {{{value}}}',
                )


def public_principal(resource: Resource, _settings: Bag) -> Iterable[Finding]:
    """Nothing is allowed to everybody, unless a condition fixes who that is."""
    for carried, statement in granted(resource):
        where = place(resource, carried, statement)
        if found := principals.unknown(statement):
            yield unproven(found, f"{where} must name its principals")
        if not principals.everybody(statement) or conditions.caller_fixed(statement):
            continue
        if found := conditions.unknown_caller(statement):
            yield unproven(found, f"{where} allows everybody but for this condition")
        else:
            yield Finding(
                f'{where} allows everybody (Principal "*") and no condition fixes who calls',
                '"Principal": {"AWS": "arn:aws:iam::123456789012:role/<name>"}, '
                'or "Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}}',
            )


RULES = (
    Rule(
        "iam-role-confused-deputy",
        "high",
        (),
        "A role that a service may assume demands aws:SourceAccount and aws:SourceArn.",
        "Add both conditions to the trust policy.",
        (ROLE,),
        confused_deputy,
        settings={
            "exemptServices": {
                "type": "array",
                "items": {"type": "string"},
                "default": ["ec2.amazonaws.com", "lambda.amazonaws.com"],
                "description": "Services that assume a role without sending both keys",
            }
        },
        why="A service assumes the role for whoever asks it to. Without these conditions somebody in "
        "another account can set the service up with this role's ARN and have it work with this "
        "account's data. "
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    ),
    Rule(
        "iam-policy-public-principal",
        "critical",
        (
            "FSBP:CloudTrail.6",
            "FSBP:KMS.5",
            "FSBP:Lambda.1",
            "FSBP:S3.2",
            "FSBP:S3.3",
            "FSBP:SNS.4",
            "FSBP:SQS.3",
            "CKV_AWS_32",
            "CKV_AWS_33",
            "CKV_AWS_60",
            "CKV_AWS_70",
            "CKV_AWS_168",
            "CKV_AWS_169",
            "CKV_AWS_283",
            "CKV_AWS_387",
            "AwsSolutions-ECR1",
            "AwsSolutions-S5",
        ),
        "No trust or resource policy allows everybody.",
        "Name the principals, or fix the caller by a condition.",
        (),
        public_principal,
        why="Everybody means every AWS account and, where the service takes unsigned requests as S3 "
        "does, the whole internet: whoever learns the name reads trades or sends false ones. "
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    ),
)
