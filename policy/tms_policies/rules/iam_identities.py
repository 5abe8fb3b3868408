"""Rules about who exists and what is attached: no long-lived identities, no AWS-managed administrators."""

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase

from tms_policies.model import Bag, Finding, Resource, Rule, Unknown
from tms_policies.values import items, shown, unproven

_MANAGED = re.compile(r"arn:aws[\w-]*:iam::aws:policy/(?:.*/)?([^/]+)")
_ATTACHED = {
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": "policyArn",
    "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": "policyArns",
    "aws:iam/policyAttachment:PolicyAttachment": "policyArn",
    "aws:iam/role:Role": "managedPolicyArns",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "policyArn",
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": "policyArns",
    "aws:iam/userPolicyAttachment:UserPolicyAttachment": "policyArn",
    "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": "policyArns",
    "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment": "managedPolicyArn",
}
_KEY_TYPES = (
    "aws:iam/accessKey:AccessKey",
    "aws:iam/serviceSpecificCredential:ServiceSpecificCredential",
    "aws:iam/sshKey:SshKey",
    "aws:iam/signingCertificate:SigningCertificate",
)
_USER_TYPES = (
    "aws:iam/user:User",
    "aws:iam/userGroupMembership:UserGroupMembership",
    "aws:iam/userLoginProfile:UserLoginProfile",
    "aws:iam/userPoliciesExclusive:UserPoliciesExclusive",
    "aws:iam/userPolicy:UserPolicy",
    "aws:iam/userPolicyAttachment:UserPolicyAttachment",
    "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive",
)


def admin_attachment(resource: Resource, settings: Bag) -> Iterable[Finding]:
    """No AWS-managed policy that administers a service, or all of them."""
    given = resource.props.get(_ATTACHED[resource.type])
    for value in items(given):
        if isinstance(value, Unknown):
            yield unproven(value, "it must be shown that it is no AWS-managed administrator policy")
            continue
        found = _MANAGED.fullmatch(value) if isinstance(value, str) else None
        if found and any(fnmatchcase(found[1], str(pattern)) for pattern in settings["denied"]):
            yield Finding(
                f"{_ATTACHED[resource.type]} of {resource.name} attaches {shown(value)}",
                "a policy of this program that names the actions and resources in use",
            )


def no_users(resource: Resource, _settings: Bag) -> Iterable[Finding]:
    """No IAM user, nor anything of one."""
    yield Finding(
        f"{resource.name} is of type {resource.type}: people sign in through the identity provider, "
        "programs assume roles",
        "iam.Role(...) with a trust policy, instead of a user",
    )


def no_keys(resource: Resource, _settings: Bag) -> Iterable[Finding]:
    """No credential that lives on."""
    yield Finding(
        f"{resource.name} is of type {resource.type}: a credential that lasts until somebody removes it",
        "iam.Role(...): its credentials are short-lived and given by the service that assumes it",
    )


RULES = (
    Rule(
        "iam-policy-admin-attachment",
        "critical",
        (
            "FSBP:IAM.27",
            "CIS:1.15",
            "CIS:1.21",
            "CKV_AWS_274",
            "CKV_AWS_275",
            "CKV2_AWS_56",
            "AwsSolutions-IAM4",
        ),
        "No AWS-managed administrator policy is attached.",
        "Attach a policy that names the actions and resources in use.",
        tuple(_ATTACHED),
        admin_attachment,
        reads=("policyArn", "policyArns", "managedPolicyArns", "managedPolicyArn"),
        settings={
            "denied": {
                "type": "array",
                "items": {"type": "string"},
                "default": ["*Administrator*", "PowerUserAccess", "*FullAccess*"],
                "description": "Names of AWS-managed policies, `*` for any text",
            }
        },
        why="Such a policy allows every action of a service on all its resources, or administers the "
        "account, and AWS adds to it without asking: a fault in the program reaches everything it "
        "names. "
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
    ),
    Rule(
        "iam-identity-no-users",
        "high",
        (
            "FSBP:IAM.2",
            "FSBP:IAM.5",
            "FSBP:IAM.19",
            "CIS:1.9",
            "CIS:1.10",
            "CIS:1.14",
            "CIS:1.20",
            "CKV_AWS_40",
            "CKV_AWS_273",
            "CKV2_AWS_21",
            "CKV2_AWS_22",
        ),
        "No IAM user is declared.",
        "Declare a role instead.",
        _USER_TYPES,
        no_users,
        why="A user's password and keys work until somebody withdraws them, also after the person has "
        "left, and no identity provider sees them used. A role's credentials expire by themselves. "
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
    ),
    Rule(
        "iam-identity-no-access-keys",
        "critical",
        ("FSBP:IAM.3", "CIS:1.10", "CIS:1.12", "CIS:1.13", "CKV_AWS_348"),
        "No long-lived credential is declared.",
        "Use a role's short-lived credentials.",
        _KEY_TYPES,
        no_keys,
        why="A key that has leaked, from a log or a repository, works until somebody notices and "
        "removes it; one that Pulumi makes stands in the stack's state as well. "
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",
    ),
)
