"""Examples of the rules of `cognito`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_STRONG = {
    "minimumLength": 14,
    "requireLowercase": True,
    "requireUppercase": True,
    "requireNumbers": True,
    "requireSymbols": True,
}


def _pool(**props: object) -> Declared:
    return Declared("cognito/userPool:UserPool", {"name": "desk", **props}, name="desk")


def _guests(**props: object) -> Declared:
    value = {"identityPoolName": "desk", **props}
    return Declared("cognito/identityPool:IdentityPool", value, name="desk-identities")


_TWELVE = _pool(passwordPolicy=_STRONG | {"minimumLength": 12})


def _challenged_pool(
    mode: str | None, challenge: str = "arn:aws:lambda:us-east-1:123456789012:function:ask"
) -> Declared:
    flows = {"advancedSecurityAdditionalFlows": {"customAuthMode": mode}} if mode else {}
    props = {"lambdaConfig": {"defineAuthChallenge": challenge}, "userPoolAddOns": flows}
    return Declared("cognito/userPool:UserPool", props, name="desk-users")


EXAMPLES = (
    Example(
        "cognito-pool-mfa",
        good=case(_pool(mfaConfiguration="ON")),
        bad=case(_pool(mfaConfiguration="OPTIONAL"), says="mfaConfiguration of desk is 'OPTIONAL'"),
        missing=case(_pool(), says="mfaConfiguration of desk is missing, which means OFF"),
        unknown=case(_pool(mfaConfiguration=UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "cognito-pool-password-policy",
        good=case(_pool(passwordPolicy=_STRONG)),
        bad=case(_pool(passwordPolicy=_STRONG | {"minimumLength": 8}), says="minimumLength of desk is 8"),
        missing=case(_pool(), says="passwordPolicy.minimumLength of desk is missing"),
        unknown=case(_pool(passwordPolicy=_STRONG | {"minimumLength": UNKNOWN}), says=_NOT_PROVEN),
        config=case(_TWELVE, minimumLength=12),
    ),
    Example(
        "cognito-pool-threat-protection",
        good=case(_pool(userPoolAddOns={"advancedSecurityMode": "ENFORCED"})),
        bad=case(
            _pool(userPoolAddOns={"advancedSecurityMode": "AUDIT"}),
            says="userPoolAddOns.advancedSecurityMode of desk is 'AUDIT'",
        ),
        missing=case(_pool(), says="userPoolAddOns.advancedSecurityMode of desk is missing"),
        unknown=case(_pool(userPoolAddOns={"advancedSecurityMode": UNKNOWN}), says=_NOT_PROVEN),
    ),
    Example(
        "cognito-pool-deletion-protection",
        good=case(_pool(deletionProtection="ACTIVE")),
        bad=case(_pool(deletionProtection="INACTIVE"), says="deletionProtection of desk is 'INACTIVE'"),
        missing=case(_pool(), says="deletionProtection of desk is missing, which means INACTIVE"),
        unknown=case(_pool(deletionProtection=UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "cognito-identities-no-guests",
        good=case(_guests(allowUnauthenticatedIdentities=False)),
        bad=case(
            _guests(allowUnauthenticatedIdentities=True),
            says="allowUnauthenticatedIdentities of desk-identities is True",
        ),
        missing=case(_guests()),
        unknown=case(_guests(allowUnauthenticatedIdentities=UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "cognito-pool-custom-sign-in",
        good=case(_challenged_pool("ENFORCED")),
        bad=case(_challenged_pool("AUDIT"), says="customAuthMode of desk-users is 'AUDIT'"),
        missing=case(
            _challenged_pool(None), says="customAuthMode of desk-users is missing, which means no check"
        ),
        unknown=case(_challenged_pool(UNKNOWN), says=_NOT_PROVEN),
    ),
)
