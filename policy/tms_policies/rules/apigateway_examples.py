"""Examples of the rules of `apigateway`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_LOGS = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/apigateway/uploads"


def _route(**props: object) -> Declared:
    value = {"apiId": "uploads", "routeKey": "POST /documents", **props}
    return Declared("apigatewayv2/route:Route", value, name="upload")


def _api(origins: object) -> Declared:
    cors = {} if origins is None else {"corsConfiguration": {"allowOrigins": origins}}
    return Declared(
        "apigatewayv2/api:Api", {"name": "uploads", "protocolType": "HTTP", **cors}, name="uploads"
    )


def _stage(**props: object) -> Declared:
    return Declared("apigatewayv2/stage:Stage", {"apiId": "uploads", "name": "live", **props}, name="live")


def _limited(rate: object) -> Declared:
    return _stage(defaultRouteSettings={"throttlingRateLimit": rate, "throttlingBurstLimit": 100})


def _domain(**configuration: object) -> Declared:
    value = {"domainName": "uploads.bank.test", "domainNameConfiguration": configuration}
    return Declared("apigatewayv2/domainName:DomainName", value, name="uploads-domain")


_HEALTH = _route(routeKey="GET /health", authorizationType="NONE")


def _socket_stage(**props: object) -> Declared:
    return Declared("apigatewayv2/stage:Stage", {"name": "live", **props}, name="live")


def _integration(**props: object) -> Declared:
    value = {"integrationType": "HTTP_PROXY", "connectionType": "VPC_LINK", **props}
    return Declared("apigatewayv2/integration:Integration", value, name="desk")


_LOGGED = _socket_stage(defaultRouteSettings={"loggingLevel": "ERROR"})


_SILENT = _socket_stage(defaultRouteSettings={"loggingLevel": "OFF"})


EXAMPLES = (
    Example(
        "apigateway-route-authorized",
        good=case(_route(authorizationType="JWT", authorizerId="desk")),
        bad=case(_route(authorizationType="NONE"), says="authorizationType of upload is 'NONE'"),
        missing=case(_route(), says="authorizationType of upload is missing, which means NONE"),
        unknown=case(_route(authorizationType=UNKNOWN), says=_NOT_PROVEN),
        config=case(_HEALTH, openRoutes=["GET /health"]),
    ),
    Example(
        "apigateway-api-cors",
        good=case(_api(["https://desk.bank.test"])),
        bad=case(_api(["*"]), says="any web page may call in its visitor's name"),
        missing=case(_api(None)),
        unknown=case(_api([UNKNOWN]), says=_NOT_PROVEN),
    ),
    Example(
        "apigateway-stage-access-logs",
        good=case(_stage(accessLogSettings={"destinationArn": _LOGS, "format": "$context.requestId"})),
        bad=case(
            _stage(accessLogSettings={"format": "$context.requestId"}),
            says="accessLogSettings.destinationArn of live is missing",
        ),
        missing=case(_stage(), says="accessLogSettings.destinationArn of live is missing"),
        unknown=case(_stage(accessLogSettings={"destinationArn": UNKNOWN, "format": "$context.requestId"})),
    ),
    Example(
        "apigateway-stage-throttling",
        good=case(_limited(50)),
        bad=case(_limited(0), says="defaultRouteSettings.throttlingRateLimit of live is 0"),
        missing=case(_stage(), says="defaultRouteSettings.throttlingRateLimit of live is missing"),
        unknown=case(_limited(UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "apigateway-domain-tls",
        good=case(_domain(endpointType="REGIONAL", securityPolicy="TLS_1_2")),
        bad=case(
            _domain(endpointType="REGIONAL", securityPolicy="TLS_1_0"),
            says="domainNameConfiguration.securityPolicy of uploads-domain is 'TLS_1_0'",
        ),
        missing=case(_domain(), says="domainNameConfiguration.securityPolicy of uploads-domain is missing"),
        unknown=case(_domain(securityPolicy=UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "apigateway-stage-execution-logs",
        good=case(_LOGGED, webSockets=True),
        bad=case(_SILENT, says="defaultRouteSettings.loggingLevel of live is 'OFF'", webSockets=True),
        missing=case(
            _socket_stage(), says="loggingLevel of live is missing, which means OFF", webSockets=True
        ),
        unknown=case(
            _socket_stage(defaultRouteSettings={"loggingLevel": UNKNOWN}), says=_NOT_PROVEN, webSockets=True
        ),
        config=case(_SILENT, says="defaultRouteSettings.loggingLevel of live is 'OFF'", webSockets=True),
    ),
    Example(
        "apigateway-integration-tls",
        good=case(_integration(tlsConfig={"serverNameToVerify": "desk.internal"})),
        bad=case(_integration(), says="tlsConfig.serverNameToVerify of desk is missing"),
        missing=case(_integration(connectionType="INTERNET")),
        unknown=case(_integration(connectionType=UNKNOWN), says=_NOT_PROVEN),
    ),
)
