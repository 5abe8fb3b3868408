"""Rules about what stands at the edge: APIs, sign-in, networks."""

from typing import Any

import pytest

from tests.support.policies import UNKNOWN, Declared, check

NOT_PROVEN = "cannot be proven at preview"
API, ROUTE = "apigatewayv2/api:Api", "apigatewayv2/route:Route"
STAGE, DOMAIN = "apigatewayv2/stage:Stage", "apigatewayv2/domainName:DomainName"
POOL, CLIENT = "cognito/userPool:UserPool", "cognito/userPoolClient:UserPoolClient"
PASSWORD: dict[str, Any] = {
    "minimumLength": 14,
    **dict.fromkeys(("requireLowercase", "requireUppercase", "requireNumbers", "requireSymbols"), True),
}
SHORT: dict[str, Any] = {"refreshTokenValidity": 1}


def limits(rate: object, burst: object) -> dict[str, Any]:
    return {"defaultRouteSettings": {"throttlingRateLimit": rate, "throttlingBurstLimit": burst}}


@pytest.mark.parametrize(
    ("rule", "token", "props", "expected"),
    [
        ("route-authorized", ROUTE, {"routeKey": "GET /a", "authorizationType": "JWT"}, None),
        ("route-authorized", ROUTE, {"routeKey": "GET /a", "authorizationType": "NONE"}, "'NONE'"),
        ("route-authorized", ROUTE, {"routeKey": "$default"}, "missing, which means NONE"),
        ("route-authorized", ROUTE, {"routeKey": "$connect"}, "missing"),
        ("route-authorized", ROUTE, {"routeKey": "$disconnect"}, None),
        ("route-authorized", ROUTE, {"routeKey": UNKNOWN}, "missing"),
        ("route-authorized", ROUTE, {"routeKey": "GET /a", "authorizationType": UNKNOWN}, NOT_PROVEN),
        ("route-authorized", API, {"protocolType": "HTTP"}, None),
        ("route-authorized", API, {"target": UNKNOWN}, "asks nobody"),
        ("api-cors", API, {}, None),
        ("api-cors", API, {"corsConfiguration": {"allowOrigins": ["https://a.bank.test"]}}, None),
        ("api-cors", API, {"corsConfiguration": {"allowOrigins": ["https://a.bank.test", "*"]}}, "[1]"),
        ("api-cors", API, {"corsConfiguration": {"allowOrigins": ["https://*"]}}, "any web page"),
        ("api-cors", API, {"corsConfiguration": UNKNOWN}, NOT_PROVEN),
        ("stage-access-logs", STAGE, {"accessLogSettings": {"destinationArn": UNKNOWN}}, None),
        ("stage-access-logs", STAGE, {"accessLogSettings": {"format": "f"}}, "missing"),
        ("stage-access-logs", STAGE, {}, "missing"),
        ("stage-throttling", STAGE, limits(50, 100), None),
        ("stage-throttling", STAGE, limits(0, 100), "throttlingRateLimit of it is 0"),
        ("stage-throttling", STAGE, limits(50, UNKNOWN), NOT_PROVEN),
        ("stage-throttling", STAGE, {}, "missing"),
        ("domain-tls", DOMAIN, {"domainNameConfiguration": {"securityPolicy": "TLS_1_2"}}, None),
        ("domain-tls", DOMAIN, {"domainNameConfiguration": {"securityPolicy": "TLS_1_0"}}, "'TLS_1_0'"),
        ("domain-tls", DOMAIN, {"domainNameConfiguration": {"securityPolicy": UNKNOWN}}, NOT_PROVEN),
        ("domain-tls", DOMAIN, {}, "missing"),
    ],
)
def test_an_api_is_guarded(rule: str, token: str, props: dict[str, Any], expected: str | None) -> None:
    check(f"apigateway-{rule}", expected, Declared(token, props))


def test_open_routes_are_a_setting() -> None:
    health = Declared(ROUTE, {"routeKey": "GET /health"})
    check("apigateway-route-authorized", "missing", health)
    check("apigateway-route-authorized", None, health, config={"openRoutes": ["GET /health"]})


@pytest.mark.parametrize(
    ("rule", "props", "expected"),
    [
        ("mfa", {"mfaConfiguration": "ON"}, None),
        ("mfa", {"mfaConfiguration": "OPTIONAL"}, "'OPTIONAL'"),
        ("mfa", {"mfaConfiguration": UNKNOWN}, NOT_PROVEN),
        ("mfa", {}, "missing, which means OFF"),
        ("password-policy", {"passwordPolicy": PASSWORD}, None),
        ("password-policy", {"passwordPolicy": {**PASSWORD, "minimumLength": 8}}, "is 8"),
        ("password-policy", {"passwordPolicy": {**PASSWORD, "requireSymbols": False}}, "requireSymbols"),
        ("password-policy", {"passwordPolicy": UNKNOWN}, NOT_PROVEN),
        ("password-policy", {}, "missing"),
        ("threat-protection", {"userPoolAddOns": {"advancedSecurityMode": "ENFORCED"}}, None),
        ("threat-protection", {"userPoolAddOns": {"advancedSecurityMode": "AUDIT"}}, "'AUDIT'"),
        ("threat-protection", {"userPoolAddOns": UNKNOWN}, NOT_PROVEN),
        ("threat-protection", {}, "missing"),
        ("deletion-protection", {"deletionProtection": "ACTIVE"}, None),
        ("deletion-protection", {"deletionProtection": "INACTIVE"}, "'INACTIVE'"),
        ("deletion-protection", {"deletionProtection": UNKNOWN}, NOT_PROVEN),
        ("deletion-protection", {}, "missing"),
    ],
)
def test_a_user_pool_is_guarded(rule: str, props: dict[str, Any], expected: str | None) -> None:
    check(f"cognito-pool-{rule}", expected, Declared(POOL, props))


def test_the_length_of_passwords_is_a_setting() -> None:
    short = Declared(POOL, {"passwordPolicy": {**PASSWORD, "minimumLength": 12}})
    check("cognito-pool-password-policy", None, short, config={"minimumLength": 12})


@pytest.mark.parametrize(
    ("value", "expected"), [(False, None), (None, None), (True, "is True"), (UNKNOWN, NOT_PROVEN)]
)
def test_guests_get_nothing(value: object, expected: str | None) -> None:
    resource = Declared("cognito/identityPool:IdentityPool", {"allowUnauthenticatedIdentities": value})
    check("cognito-identities-no-guests", expected, resource)


@pytest.mark.parametrize(
    ("rule", "props", "expected"),
    [
        ("no-implicit-flow", {"allowedOauthFlows": ["code"]}, None),
        ("no-implicit-flow", {"allowedOauthFlows": ["code", "implicit"]}, "[1] of it is 'implicit'"),
        ("no-implicit-flow", {"allowedOauthFlows": UNKNOWN}, NOT_PROVEN),
        ("no-implicit-flow", {}, None),
        ("addresses", {"callbackUrls": ["https://portal.bank.test/done", "app://done"]}, None),
        ("addresses", {"callbackUrls": ["http://localhost:3000"]}, "nobody's own"),
        ("addresses", {"logoutUrls": ["https://www.EXAMPLE.com/"]}, "nobody's own"),
        ("addresses", {"defaultRedirectUri": "http://portal.bank.test"}, "without TLS"),
        ("addresses", {"callbackUrls": [UNKNOWN]}, NOT_PROVEN),
        ("addresses", {}, None),
        ("token-validity", SHORT, None),
        ("token-validity", {}, "refreshTokenValidity of it is 2592000 seconds"),
        ("token-validity", {"allowedOauthFlows": ["client_credentials"]}, None),
        ("token-validity", {**SHORT, "accessTokenValidity": 2}, "accessTokenValidity of it is 7200"),
        (
            "token-validity",
            {**SHORT, "accessTokenValidity": 30, "tokenValidityUnits": {"accessToken": "minutes"}},
            None,
        ),
        ("token-validity", {**SHORT, "tokenValidityUnits": {"idToken": "weeks"}}, "no known unit"),
        ("token-validity", {**SHORT, "tokenValidityUnits": UNKNOWN}, NOT_PROVEN),
    ],
)
def test_a_client_hands_out_tokens_with_care(rule: str, props: dict[str, Any], expected: str | None) -> None:
    check(f"cognito-client-{rule}", expected, Declared(CLIENT, props))


def test_what_a_client_may_is_set() -> None:
    resource = Declared(CLIENT, {"callbackUrls": ["https://dev.bank.test"], "refreshTokenValidity": 30})
    check("cognito-client-addresses", "nobody's own", resource, config={"refusedHosts": ["dev.bank.test"]})
    check("cognito-client-token-validity", None, resource, config={"refreshSeconds": 2_592_000})
