"""A rule about the account's password policy."""

from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource
from tms_policies.must import must_be_true, must_lie
from tms_policies.registry import rule

PASSWORDS = "aws:iam/accountPasswordPolicy:AccountPasswordPolicy"
_KINDS = ("requireLowercaseCharacters", "requireUppercaseCharacters", "requireNumbers", "requireSymbols")


@rule(
    "iam-account-password-policy",
    severity="medium",
    types=(PASSWORDS,),
    reads=("minimumPasswordLength", "passwordReusePrevention", "maxPasswordAge", *_KINDS),
    remedy="Set all its fields to these figures.",
    why="A password that is guessed is a way into the console that no role's policy closes. "
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html",
)
def passwords(policy: Resource, _settings: Bag) -> Iterable[Finding]:
    """The account's password policy asks for 14 characters of each kind, new ones every 90 days."""
    yield from must_lie(policy, "minimumPasswordLength", (14, 128), "minimum_password_length=14", default=6)
    yield from must_lie(
        policy, "passwordReusePrevention", (24, 24), "password_reuse_prevention=24", default=0
    )
    yield from must_lie(policy, "maxPasswordAge", (1, 90), "max_password_age=90", default=0)
    for name in _KINDS:
        yield from must_be_true(policy, name, f"{name} set to True")
