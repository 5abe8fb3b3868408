"""Rules about Cognito user pools and identity pools: who may sign in, how, and who may not."""

from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Rule, Unknown
from tms_policies.rules.flags import must_be_true
from tms_policies.rules.needs import fixed, integer, must_be, must_lie
from tms_policies.values import is_false, shown, unproven

POOL = "aws:cognito/userPool:UserPool"
IDENTITIES = "aws:cognito/identityPool:IdentityPool"
_CLASSES = ("requireLowercase", "requireUppercase", "requireNumbers", "requireSymbols")
_LONGEST = 99


def password_policy(pool: Resource, settings: Bag) -> Iterable[Finding]:
    """Long passwords with every class of characters."""
    least = settings["minimumLength"]
    line = f'password_policy={{"minimum_length": {least:g}, "require_...": True for each class}}'
    yield from must_lie(pool, (least, _LONGEST), line, "passwordPolicy", "minimumLength")
    for name in _CLASSES:
        yield from must_be_true(pool, line, "passwordPolicy", name)


def no_guests(identities: Resource, _settings: Bag) -> Iterable[Finding]:
    """No AWS credentials for whoever has not signed in."""
    value = identities.props.get("allowUnauthenticatedIdentities")
    if isinstance(value, Unknown):
        yield unproven(value, f"allowUnauthenticatedIdentities of {identities.name} must be false")
    elif value is not None and not is_false(value):
        yield Finding(
            f"allowUnauthenticatedIdentities of {identities.name} is {shown(value)}",
            "allow_unauthenticated_identities=False",
        )


RULES = (
    Rule(
        "cognito-pool-mfa",
        "high",
        ("FSBP:Cognito.5", "AwsSolutions-COG2"),
        "Every user signs in with a second factor.",
        'Set mfa_configuration="ON" with software_token_mfa_configuration.',
        (POOL,),
        fixed(
            lambda pool: must_be(pool, ("ON",), 'mfa_configuration="ON"', "mfaConfiguration", absent="OFF")
        ),
        reads=("mfaConfiguration",),
        why="A password alone is guessed, reused or phished. "
        "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html",
    ),
    Rule(
        "cognito-pool-password-policy",
        "medium",
        ("FSBP:Cognito.3", "AwsSolutions-COG1"),
        "Passwords are long and of all classes of characters.",
        "Set password_policy with minimum_length and each require_* flag.",
        (POOL,),
        password_policy,
        reads=("passwordPolicy",),
        settings={"minimumLength": integer("Fewest characters of a password", 14, (6, 99))},
        why="Short passwords of one class are found by trying. "
        "https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html",
    ),
    Rule(
        "cognito-pool-threat-protection",
        "medium",
        ("FSBP:Cognito.1", "AwsSolutions-COG8"),
        "Suspicious sign-ins are refused.",
        'Set user_pool_add_ons={"advanced_security_mode": "ENFORCED"}.',
        (POOL,),
        fixed(
            lambda pool: must_be(
                pool,
                ("ENFORCED",),
                'user_pool_add_ons={"advanced_security_mode": "ENFORCED"}',
                "userPoolAddOns",
                "advancedSecurityMode",
            )
        ),
        reads=("userPoolAddOns",),
        why="Sign-ins with leaked passwords or from strange places pass unnoticed otherwise. "
        "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-threat-protection.html",
    ),
    Rule(
        "cognito-pool-deletion-protection",
        "high",
        ("FSBP:Cognito.6",),
        "AWS refuses to delete a user pool.",
        'Set deletion_protection="ACTIVE".',
        (POOL,),
        fixed(
            lambda pool: must_be(
                pool, ("ACTIVE",), 'deletion_protection="ACTIVE"', "deletionProtection", absent="INACTIVE"
            )
        ),
        reads=("deletionProtection",),
        why="A deleted pool takes all its users along, and nothing brings them back. "
        "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-deletion-protection.html",
    ),
    Rule(
        "cognito-identities-no-guests",
        "critical",
        ("FSBP:Cognito.2", "CKV_AWS_366", "AwsSolutions-COG7"),
        "An identity pool gives nothing to whoever has not signed in.",
        "Set allow_unauthenticated_identities=False.",
        (IDENTITIES,),
        no_guests,
        reads=("allowUnauthenticatedIdentities",),
        why="Guests get AWS credentials without saying who they are. "
        "https://docs.aws.amazon.com/cognito/latest/developerguide/identity-pools.html",
    ),
)
