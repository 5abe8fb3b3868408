"""Rules about Cognito app clients: flows, addresses that tokens are sent to, and how long tokens live."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from tms_policies.model import Bag, Finding, Resource, Unknown
from tms_policies.registry import rule
from tms_policies.settings import integer, strings
from tms_policies.values import items, look, number, shown, unproven

CLIENT = "aws:cognito/userPoolClient:UserPoolClient"
_MANAGED = "aws:cognito/managedUserPoolClient:ManagedUserPoolClient"
_ADDRESSES = ("callbackUrls", "logoutUrls", "defaultRedirectUri")
_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}
_HOUR = 3600
_SHORT, _LONG = (300, 24 * _HOUR), (_HOUR, 3650 * 24 * _HOUR)  # what Cognito takes
# (property, unit in tokenValidityUnits, AWS's default unit, AWS's default in that unit, setting in seconds)
_TOKENS = (
    ("accessTokenValidity", "accessToken", "hours", 1, "accessSeconds"),
    ("idTokenValidity", "idToken", "hours", 1, "idSeconds"),
    ("refreshTokenValidity", "refreshToken", "days", 30, "refreshSeconds"),
)


@rule(
    "cognito-client-no-implicit-flow",
    severity="high",
    types=(CLIENT, _MANAGED),
    reads=("allowedOauthFlows",),
    remedy='Set allowed_oauth_flows=["code"].',
    why="Tokens in addresses end up in histories and logs. "
    "https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints-oauth-grants.html",
)
def no_implicit_flow(client: Resource, _settings: Bag) -> Iterable[Finding]:
    """No app client gets tokens by the implicit flow."""
    for index, flow in enumerate(items(client.props.get("allowedOauthFlows"))):
        location = f"allowedOauthFlows[{index}] of {client.name}"
        if isinstance(flow, Unknown):
            yield unproven(flow, f"{location} must not be implicit")
        elif flow == "implicit":
            yield Finding(
                f"{location} is 'implicit': tokens stand in addresses", 'allowed_oauth_flows=["code"]'
            )


@rule(
    "cognito-client-addresses",
    severity="high",
    types=(CLIENT, _MANAGED),
    reads=_ADDRESSES,
    settings={
        "refusedHosts": strings(
            "Hosts, with all below them, that no token is sent to",
            "localhost",
            "127.0.0.1",
            "::1",
            "example.com",
            "example.org",
            "example.net",
        )
    },
    remedy="Take localhost, example hosts and http:// out of the client's addresses.",
    why="Whoever answers at such an address gets the tokens. "
    "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html",
)
def addresses(client: Resource, settings: Bag) -> Iterable[Finding]:
    """Tokens are sent to the system's own addresses only, by HTTPS."""
    for name in _ADDRESSES:
        for url in items(client.props.get(name)):
            location = f"{name} of {client.name}"
            if isinstance(url, Unknown):
                yield unproven(url, f"{location} must be the system's own address")
            elif reason := _foreign(str(url), settings["refusedHosts"]):
                yield Finding(
                    f"{location} holds {shown(url)}, {reason}",
                    f"{name} with the system's own https:// address",
                )


def _foreign(url: str, refused: Iterable[object]) -> str:
    """Return why an address is refused, else nothing; other schemes are apps on a device."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if any(host == item or host.endswith(f".{item}") for item in refused):
        return "a host of nobody's own"
    return "without TLS" if parts.scheme == "http" else ""


@rule(
    "cognito-client-token-validity",
    severity="medium",
    types=(CLIENT, _MANAGED),
    reads=("tokenValidityUnits", *(name for name, *_ in _TOKENS)),
    settings={
        "accessSeconds": integer("Longest life of an access token, in seconds", _HOUR, _SHORT),
        "idSeconds": integer("Longest life of an id token, in seconds", _HOUR, _SHORT),
        "refreshSeconds": integer("Longest life of a refresh token, in seconds", 7 * _SECONDS["days"], _LONG),
    },
    remedy="Set access_token_validity, id_token_validity and refresh_token_validity "
    "with token_validity_units.",
    why="A stolen token works until it expires. "
    "https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html",
)
def token_validity(client: Resource, settings: Bag) -> Iterable[Finding]:
    """Tokens expire in time."""
    # machines get access tokens only
    machine = items(client.props.get("allowedOauthFlows")) == ["client_credentials"]
    for name, unit_name, unit_default, default, setting in _TOKENS[:1] if machine else _TOKENS:
        value, unit = client.props.get(name), look(client.props, "tokenValidityUnits", unit_name)
        location, most = f"{name} of {client.name}", int(settings[setting])
        hidden = next((item for item in (value, unit) if isinstance(item, Unknown)), None)
        if hidden:
            yield unproven(hidden, f"{location} must be at most {most} seconds")
            continue
        # the service reads 0 as its default
        seconds = (number(value) or default) * _SECONDS.get(str(unit or unit_default), 0)
        if not 0 < seconds <= most:
            yield Finding(
                f"{location} is {seconds:.10g} seconds, more than {most}"
                if seconds
                else f"{location} has no known unit",
                f"{name} of at most {most} seconds, its unit in token_validity_units",
            )
