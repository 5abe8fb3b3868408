"""Examples of the rules of `cognito_clients`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_SHORT = {"refreshTokenValidity": 1}


def _client(**props: object) -> Declared:
    return Declared("cognito/userPoolClient:UserPoolClient", {"name": "portal", **props}, name="portal")


_DEVELOPERS = _client(callbackUrls=["https://dev.bank.test/done"])


EXAMPLES = (
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
