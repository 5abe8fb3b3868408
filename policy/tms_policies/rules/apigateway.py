"""Rules about API Gateway v2: who may call, from where, how often, over which TLS, and what is logged."""

from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Unknown
from tms_policies.must import must_be, must_be_set, must_lie
from tms_policies.registry import rule
from tms_policies.settings import strings, switch
from tms_policies.values import items, look, shown, unproven

API = "aws:apigatewayv2/api:Api"
ROUTE = "aws:apigatewayv2/route:Route"
STAGE = "aws:apigatewayv2/stage:Stage"
DOMAIN = "aws:apigatewayv2/domainName:DomainName"
_AUTHORIZED = ("JWT", "CUSTOM", "AWS_IAM")
_WITHOUT_BLANK = ("$connect", "$default")
_MOST = 1e9
INTEGRATION = "aws:apigatewayv2/integration:Integration"


@rule(
    "apigateway-route-authorized",
    severity="critical",
    types=(ROUTE, API),
    reads=("authorizationType", "target"),
    settings={"openRoutes": strings("Route keys that anyone may call, such as `GET /health`")},
    remedy="Set authorization_type to JWT, CUSTOM or AWS_IAM.",
    why="Anyone on the internet may call a route without an authorizer. "
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html",
)
def authorized(resource: Resource, settings: Bag) -> Iterable[Finding]:
    """Each route authorizes its callers.

    An authorizer on each route; an API's own target is a route without any.

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
        yield from must_be(resource, "authorizationType", _AUTHORIZED, line, absent="NONE")


@rule(
    "apigateway-api-cors",
    severity="high",
    types=(API,),
    reads=("corsConfiguration",),
    remedy="List the origins in cors_configuration.",
    why="Any page that a signed-in person opens could call the API in that person's name. "
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html",
)
def cors(api: Resource, _settings: Bag) -> Iterable[Finding]:
    """An API names the origins whose pages may call it."""
    origins = look(api.props, "corsConfiguration", "allowOrigins")
    for index, origin in enumerate(items(origins)):
        location = f"corsConfiguration.allowOrigins[{index}] of {api.name}"
        if isinstance(origin, Unknown):
            yield unproven(origin, f"{location} must be a named origin")
        elif str(origin) in ("*", "http://*", "https://*"):
            yield Finding(
                f"{location} is {shown(origin)}: any web page may call in its visitor's name",
                'cors_configuration={..., "allow_origins": ["https://<host>"]}',
            )


@rule(
    "apigateway-stage-access-logs",
    severity="medium",
    types=(STAGE,),
    reads=("accessLogSettings",),
    remedy="Set access_log_settings with the ARN of a log group.",
    why="Who called what, and was refused, cannot be told afterwards. "
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html",
)
def access_logs(stage: Resource, _settings: Bag) -> Iterable[Finding]:
    """Each stage logs access."""
    line = 'access_log_settings={"destination_arn": "<log group ARN>", "format": ...}'
    return must_be_set(stage, "accessLogSettings.destinationArn", line)


@rule(
    "apigateway-stage-throttling",
    severity="medium",
    types=(STAGE,),
    reads=("defaultRouteSettings",),
    remedy="Set throttling_rate_limit and throttling_burst_limit in default_route_settings.",
    why="Only the account's limits hold otherwise, which all its APIs share. "
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html",
)
def throttled(stage: Resource, _settings: Bag) -> Iterable[Finding]:
    """Each stage limits how often its routes are called.

    A rate and a burst for every route; left out, only the account's limits hold.
    """
    line = 'default_route_settings={"throttling_rate_limit": 50, "throttling_burst_limit": 100}'
    for name in ("throttlingRateLimit", "throttlingBurstLimit"):
        yield from must_lie(stage, f"defaultRouteSettings.{name}", (1, _MOST), line)


@rule(
    "apigateway-domain-tls",
    severity="high",
    types=(DOMAIN,),
    reads=("domainNameConfiguration",),
    remedy='Set security_policy to "TLS_1_2".',
    why="Older versions of TLS can be broken by who sits on the line. "
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html",
)
def modern_tls(domain: Resource, _settings: Bag) -> Iterable[Finding]:
    """A domain name takes TLS 1.2 or newer only."""
    line = 'domain_name_configuration={..., "security_policy": "TLS_1_2"}'
    return must_be(domain, "domainNameConfiguration.securityPolicy", ("TLS_1_2",), line)


@rule(
    "apigateway-stage-execution-logs",
    severity="medium",
    types=(STAGE,),
    reads=("defaultRouteSettings",),
    settings={"webSockets": switch("Whether the stages are of WebSocket APIs", default=False)},
    remedy="Set default_route_settings.logging_level.",
    why="What a route did with a message is otherwise seen by nobody. "
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html",
)
def execution_logs(stage: Resource, settings: Bag) -> Iterable[Finding]:
    """A WebSocket API's stage logs its execution, if the setting says that stages are of such APIs.

    Only WebSocket APIs log their execution; for HTTP APIs the level has no effect.
    """
    if not settings["webSockets"]:
        return
    line = 'default_route_settings={"logging_level": "ERROR"}'
    yield from must_be(stage, "defaultRouteSettings.loggingLevel", ("ERROR", "INFO"), line, absent="OFF")


@rule(
    "apigateway-integration-tls",
    severity="medium",
    types=(INTEGRATION,),
    reads=("tlsConfig",),
    remedy="Set tls_config.server_name_to_verify.",
    why="Requests go through the VPC in plain text otherwise.",
)
def vpc_link_tls(integration: Resource, _settings: Bag) -> Iterable[Finding]:
    """An integration through a VPC link uses TLS and verifies the server's name."""
    kind = integration.props.get("connectionType")
    if isinstance(kind, Unknown):
        yield unproven(kind, f"whether {integration.name} goes through a VPC link must be known")
    elif kind == "VPC_LINK":
        yield from must_be_set(
            integration, "tlsConfig.serverNameToVerify", 'tls_config={"server_name_to_verify": "<name>"}'
        )
