"""Rules about Cognito user pools and identity pools: who may sign in, how, and who may not."""

from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Unknown
from tms_policies.must import must_be, must_be_true, must_lie
from tms_policies.registry import rule
from tms_policies.settings import integer
from tms_policies.values import is_false, look, shown, unproven

POOL = "aws:cognito/userPool:UserPool"
IDENTITIES = "aws:cognito/identityPool:IdentityPool"
_CLASSES = ("requireLowercase", "requireUppercase", "requireNumbers", "requireSymbols")
_LONGEST = 99


@rule(
    "cognito-pool-password-policy",
    severity="medium",
    types=(POOL,),
    reads=("passwordPolicy",),
    settings={"minimumLength": integer("Fewest characters of a password", 14, (6, 99))},
    remedy="Set password_policy with minimum_length and each require_* flag.",
    why="Short passwords of one class are found by trying. "
    "https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html",
)
def password_policy(pool: Resource, settings: Bag) -> Iterable[Finding]:
    """Passwords are long and of all classes of characters."""
    least = settings["minimumLength"]
    line = f'password_policy={{"minimum_length": {least:g}, "require_...": True for each class}}'
    yield from must_lie(pool, "passwordPolicy.minimumLength", (least, _LONGEST), line)
    for name in _CLASSES:
        yield from must_be_true(pool, f"passwordPolicy.{name}", line)


@rule(
    "cognito-identities-no-guests",
    severity="critical",
    types=(IDENTITIES,),
    reads=("allowUnauthenticatedIdentities",),
    remedy="Set allow_unauthenticated_identities=False.",
    why="Guests get AWS credentials without saying who they are. "
    "https://docs.aws.amazon.com/cognito/latest/developerguide/identity-pools.html",
)
def no_guests(identities: Resource, _settings: Bag) -> Iterable[Finding]:
    """An identity pool gives nothing to whoever has not signed in."""
    value = identities.props.get("allowUnauthenticatedIdentities")
    if isinstance(value, Unknown):
        yield unproven(value, f"allowUnauthenticatedIdentities of {identities.name} must be false")
    elif value is not None and not is_false(value):
        yield Finding(
            f"allowUnauthenticatedIdentities of {identities.name} is {shown(value)}",
            "allow_unauthenticated_identities=False",
        )


@rule(
    "cognito-pool-mfa",
    severity="high",
    types=(POOL,),
    reads=("mfaConfiguration",),
    remedy='Set mfa_configuration="ON" with software_token_mfa_configuration.',
    why="A password alone is guessed, reused or phished. "
    "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html",
)
def second_factor(pool: Resource, _settings: Bag) -> Iterable[Finding]:
    """Every user signs in with a second factor."""
    return must_be(pool, "mfaConfiguration", ("ON",), 'mfa_configuration="ON"', absent="OFF")


@rule(
    "cognito-pool-threat-protection",
    severity="medium",
    types=(POOL,),
    reads=("userPoolAddOns",),
    remedy='Set user_pool_add_ons={"advanced_security_mode": "ENFORCED"}.',
    why="Sign-ins with leaked passwords or from strange places pass unnoticed otherwise. "
    "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-threat-protection.html",
)
def threat_protection(pool: Resource, _settings: Bag) -> Iterable[Finding]:
    """Suspicious sign-ins are refused."""
    return must_be(
        pool,
        "userPoolAddOns.advancedSecurityMode",
        ("ENFORCED",),
        'user_pool_add_ons={"advanced_security_mode": "ENFORCED"}',
    )


@rule(
    "cognito-pool-deletion-protection",
    severity="high",
    types=(POOL,),
    reads=("deletionProtection",),
    remedy='Set deletion_protection="ACTIVE".',
    why="A deleted pool takes all its users along, and nothing brings them back. "
    "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-deletion-protection.html",
)
def deletion_protection(pool: Resource, _settings: Bag) -> Iterable[Finding]:
    """AWS refuses to delete a user pool."""
    return must_be(pool, "deletionProtection", ("ACTIVE",), 'deletion_protection="ACTIVE"', absent="INACTIVE")


@rule(
    "cognito-pool-custom-sign-in",
    severity="medium",
    types=(POOL,),
    reads=("userPoolAddOns",),
    remedy="Set user_pool_add_ons.advanced_security_additional_flows.custom_auth_mode.",
    why="Threat protection looks at the standard sign-ins only, unless it is told. "
    "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-threat-protection.html",
)
def custom_sign_in(pool: Resource, _settings: Bag) -> Iterable[Finding]:
    """A user pool with challenges of its own enforces threat protection for them.

    Matters only to pools whose functions answer challenges of their own.
    """
    if look(pool.props, "lambdaConfig", "defineAuthChallenge"):
        path = "userPoolAddOns.advancedSecurityAdditionalFlows.customAuthMode"
        line = (
            'user_pool_add_ons={"advanced_security_additional_flows": {"custom_auth_mode": "ENFORCED"}, ...}'
        )
        yield from must_be(pool, path, ("ENFORCED",), line, absent="no check")
