"""Rules about who exists and what is attached: no long-lived identities, no AWS-managed administrators."""

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase

from tms_policies.model import Bag, Finding, Resource, Unknown
from tms_policies.registry import rule
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


@rule(
    "iam-policy-admin-attachment",
    severity="critical",
    types=tuple(_ATTACHED),
    reads=("policyArn", "policyArns", "managedPolicyArns", "managedPolicyArn"),
    settings={
        "denied": {
            "type": "array",
            "items": {"type": "string"},
            "default": ["*Administrator*", "PowerUserAccess", "*FullAccess*"],
            "description": "Names of AWS-managed policies, `*` for any text",
        }
    },
    remedy="Attach a policy that names the actions and resources in use.",
    why="Such a policy allows every action of a service on all its resources, or administers the "
    "account, and AWS adds to it without asking: a fault in the program reaches everything it "
    "names. "
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
)
def admin_attachment(resource: Resource, settings: Bag) -> Iterable[Finding]:
    """No AWS-managed administrator policy is attached."""
    values = resource.props.get(_ATTACHED[resource.type])
    for value in items(values):
        if isinstance(value, Unknown):
            yield unproven(value, "it must be shown that it is no AWS-managed administrator policy")
            continue
        match = _MANAGED.fullmatch(value) if isinstance(value, str) else None
        if match and any(fnmatchcase(match[1], str(pattern)) for pattern in settings["denied"]):
            yield Finding(
                f"{_ATTACHED[resource.type]} of {resource.name} attaches {shown(value)}",
                "a policy of this program that names the actions and resources in use",
            )


@rule(
    "iam-identity-no-users",
    severity="high",
    types=_USER_TYPES,
    remedy="Declare a role instead.",
    why="A user's password and keys work until somebody withdraws them, also after the person has "
    "left, and no identity provider sees them used. A role's credentials expire by themselves. "
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
)
def no_users(resource: Resource, _settings: Bag) -> Iterable[Finding]:
    """No IAM user is declared."""
    yield Finding(
        f"{resource.name} is of type {resource.type}: people sign in through the identity provider, "
        "programs assume roles",
        "iam.Role(...) with a trust policy, instead of a user",
    )


@rule(
    "iam-identity-no-access-keys",
    severity="critical",
    types=_KEY_TYPES,
    remedy="Use a role's short-lived credentials.",
    why="A key that has leaked, from a log or a repository, works until somebody notices and "
    "removes it; one that Pulumi makes stands in the stack's state as well. "
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",
)
def no_keys(resource: Resource, _settings: Bag) -> Iterable[Finding]:
    """No long-lived credential is declared."""
    yield Finding(
        f"{resource.name} is of type {resource.type}: a credential that lasts until somebody removes it",
        "iam.Role(...): its credentials are short-lived and given by the service that assumes it",
    )
