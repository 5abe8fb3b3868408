"""Examples of the rules about user pools, identity pools and their clients."""

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
    given = {"identityPoolName": "desk", **props}
    return Declared("cognito/identityPool:IdentityPool", given, name="desk-identities")


def _client(**props: object) -> Declared:
    return Declared("cognito/userPoolClient:UserPoolClient", {"name": "portal", **props}, name="portal")


_SHORT = {"refreshTokenValidity": 1}
_TWELVE = _pool(passwordPolicy=_STRONG | {"minimumLength": 12})
_DEVELOPERS = _client(callbackUrls=["https://dev.bank.test/done"])
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
        "cognito-client-no-implicit-flow",
        good=case(_client(allowedOauthFlows=["code"])),
        bad=case(_client(allowedOauthFlows=["implicit"]), says="is 'implicit': tokens stand in addresses"),
        missing=case(_client()),
        unknown=case(_client(allowedOauthFlows=[UNKNOWN]), says=_NOT_PROVEN),
    ),
    Example(
        "cognito-client-addresses",
        good=case(_client(callbackUrls=["https://portal.bank.test/done"])),
        bad=case(_client(callbackUrls=["http://localhost:3000"]), says="a host of nobody's own"),
        missing=case(_client()),
        unknown=case(_client(callbackUrls=[UNKNOWN]), says=_NOT_PROVEN),
        config=case(_DEVELOPERS, says="a host of nobody's own", refusedHosts=["dev.bank.test"]),
    ),
    Example(
        "cognito-client-token-validity",
        good=case(_client(**_SHORT, accessTokenValidity=1)),
        bad=case(
            _client(**_SHORT, accessTokenValidity=2), says="accessTokenValidity of portal is 7200 seconds"
        ),
        missing=case(_client(), says="refreshTokenValidity of portal is 2592000 seconds"),
        unknown=case(_client(refreshTokenValidity=UNKNOWN), says=_NOT_PROVEN),
        config=case(_client(refreshTokenValidity=30), refreshSeconds=2_592_000),
    ),
)
