"""Rules about API Gateway v2: who may call, from where, how often, over which TLS, and what is logged."""

from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Rule, Unknown
from tms_policies.rules.needs import must_be, must_have, must_lie, strings
from tms_policies.values import items, look, shown, unproven

API = "aws:apigatewayv2/api:Api"
ROUTE = "aws:apigatewayv2/route:Route"
STAGE = "aws:apigatewayv2/stage:Stage"
DOMAIN = "aws:apigatewayv2/domainName:DomainName"
_AUTHORIZED = ("JWT", "CUSTOM", "AWS_IAM")
_WITHOUT_BLANK = ("$connect", "$default")
_MOST = 1e9


def authorized(resource: Resource, settings: Bag) -> Iterable[Finding]:
    """An authorizer on each route; an API's own target is a route without any.

    Of a WebSocket API only `$connect` can have one; its other keys have no blank, as HTTP ones do.
    """
    key = resource.props.get("routeKey")
    if resource.type == API:
        if resource.props.get("target") is not None:
            yield Finding(
                f"target of {resource.name} makes a route that asks nobody who calls",
                'apigatewayv2.Route(..., authorization_type="JWT") instead of target',
            )
    elif key not in settings["openRoutes"] and not (
        isinstance(key, str) and " " not in key and key not in _WITHOUT_BLANK
    ):
        line = 'authorization_type="JWT", authorizer_id=...'
        yield from must_be(resource, _AUTHORIZED, line, "authorizationType", absent="NONE")


def cors(api: Resource, _settings: Bag) -> Iterable[Finding]:
    """Named origins only."""
    origins = look(api.props, "corsConfiguration", "allowOrigins")
    for index, origin in enumerate(items(origins)):
        where = f"corsConfiguration.allowOrigins[{index}] of {api.name}"
        if isinstance(origin, Unknown):
            yield unproven(origin, f"{where} must be a named origin")
        elif str(origin) in ("*", "http://*", "https://*"):
            yield Finding(
                f"{where} is {shown(origin)}: any web page may call in its visitor's name",
                'cors_configuration={..., "allow_origins": ["https://<host>"]}',
            )


def access_logs(stage: Resource, _settings: Bag) -> Iterable[Finding]:
    """A destination for access logs."""
    line = 'access_log_settings={"destination_arn": "<log group ARN>", "format": ...}'
    return must_have(stage, line, "accessLogSettings", "destinationArn")


def throttled(stage: Resource, _settings: Bag) -> Iterable[Finding]:
    """A rate and a burst for every route; left out, only the account's limits hold."""
    line = 'default_route_settings={"throttling_rate_limit": 50, "throttling_burst_limit": 100}'
    for name in ("throttlingRateLimit", "throttlingBurstLimit"):
        yield from must_lie(stage, (1, _MOST), line, "defaultRouteSettings", name)


def modern_tls(domain: Resource, _settings: Bag) -> Iterable[Finding]:
    """TLS 1.2 at least."""
    line = 'domain_name_configuration={..., "security_policy": "TLS_1_2"}'
    return must_be(domain, ("TLS_1_2",), line, "domainNameConfiguration", "securityPolicy")


RULES = (
    Rule(
        "apigateway-route-authorized",
        "critical",
        ("FSBP:APIGateway.8", "CKV_AWS_309", "AwsSolutions-APIG4"),
        "Each route authorizes its callers.",
        "Set authorization_type to JWT, CUSTOM or AWS_IAM.",
        (ROUTE, API),
        authorized,
        reads=("authorizationType", "target"),
        settings={"openRoutes": strings("Route keys that anyone may call, such as `GET /health`")},
        why="Anyone on the internet may call a route without an authorizer. "
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html",
    ),
    Rule(
        "apigateway-api-cors",
        "high",
        (),
        "An API names the origins whose pages may call it.",
        "List the origins in cors_configuration.",
        (API,),
        cors,
        reads=("corsConfiguration",),
        why="Any page that a signed-in person opens could call the API in that person's name. "
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html",
    ),
    Rule(
        "apigateway-stage-access-logs",
        "medium",
        ("FSBP:APIGateway.9", "CKV_AWS_76", "AwsSolutions-APIG1"),
        "Each stage logs access.",
        "Set access_log_settings with the ARN of a log group.",
        (STAGE,),
        access_logs,
        reads=("accessLogSettings",),
        why="Who called what, and was refused, cannot be told afterwards. "
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html",
    ),
    Rule(
        "apigateway-stage-throttling",
        "medium",
        (),
        "Each stage limits how often its routes are called.",
        "Set throttling_rate_limit and throttling_burst_limit in default_route_settings.",
        (STAGE,),
        throttled,
        reads=("defaultRouteSettings",),
        why="Only the account's limits hold otherwise, which all its APIs share. "
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html",
    ),
    Rule(
        "apigateway-domain-tls",
        "high",
        (),
        "A domain name takes TLS 1.2 or newer only.",
        'Set security_policy to "TLS_1_2".',
        (DOMAIN,),
        modern_tls,
        reads=("domainNameConfiguration",),
        why="Older versions of TLS can be broken by who sits on the line. "
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html",
    ),
)
