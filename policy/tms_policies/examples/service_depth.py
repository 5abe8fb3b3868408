"""Examples of single demands at the system's edge."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_KEY = "arn:aws:kms:us-east-1:123456789012:key/1"
_PLACE = {"bucket": "recordings", "prefix": "browser/"}


def _stage(**props: object) -> Declared:
    return Declared("apigatewayv2/stage:Stage", {"name": "live", **props}, name="live")


def _integration(**props: object) -> Declared:
    given = {"integrationType": "HTTP_PROXY", "connectionType": "VPC_LINK", **props}
    return Declared("apigatewayv2/integration:Integration", given, name="desk")


def _source(**props: object) -> Declared:
    return Declared(
        "bedrock/agentDataSource:AgentDataSource", {"name": "contracts", **props}, name="contracts"
    )


def _agent(**props: object) -> Declared:
    return Declared("bedrock/agentAgent:AgentAgent", {"agentName": "helper", **props}, name="helper")


def _browser(**props: object) -> Declared:
    return Declared("bedrock/agentcoreBrowser:AgentcoreBrowser", {"name": "reader", **props}, name="reader")


def _pool(
    mode: str | None, challenge: str = "arn:aws:lambda:us-east-1:123456789012:function:ask"
) -> Declared:
    flows = {"advancedSecurityAdditionalFlows": {"customAuthMode": mode}} if mode else {}
    props = {"lambdaConfig": {"defineAuthChallenge": challenge}, "userPoolAddOns": flows}
    return Declared("cognito/userPool:UserPool", props, name="desk-users")


_LOGGED = _stage(defaultRouteSettings={"loggingLevel": "ERROR"})
_SILENT = _stage(defaultRouteSettings={"loggingLevel": "OFF"})
EXAMPLES = (
    Example(
        "apigateway-stage-execution-logs",
        good=case(_LOGGED, webSockets=True),
        bad=case(_SILENT, says="defaultRouteSettings.loggingLevel of live is 'OFF'", webSockets=True),
        missing=case(_stage(), says="loggingLevel of live is missing, which means OFF", webSockets=True),
        unknown=case(
            _stage(defaultRouteSettings={"loggingLevel": UNKNOWN}), says=_NOT_PROVEN, webSockets=True
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
    Example(
        "bedrock-source-encryption",
        good=case(_source(serverSideEncryptionConfiguration={"kmsKeyArn": _KEY})),
        bad=case(
            _source(serverSideEncryptionConfiguration={"kmsKeyArn": ""}),
            says="serverSideEncryptionConfiguration.kmsKeyArn of contracts is missing",
        ),
        missing=case(_source(), says="serverSideEncryptionConfiguration.kmsKeyArn of contracts is missing"),
        unknown=case(_source(serverSideEncryptionConfiguration={"kmsKeyArn": UNKNOWN})),
    ),
    Example(
        "bedrock-agent-customer-key",
        good=case(_agent(customerEncryptionKeyArn=_KEY), required=True),
        bad=case(_agent(), says="customerEncryptionKeyArn of helper is missing", required=True),
        missing=case(_agent()),
        unknown=case(_agent(customerEncryptionKeyArn=UNKNOWN), required=True),
        config=case(_agent(), says="customerEncryptionKeyArn of helper is missing", required=True),
    ),
    Example(
        "bedrock-agent-guardrail",
        good=case(_agent(guardrailConfigurations=[{"guardrailIdentifier": "g1", "guardrailVersion": "1"}])),
        bad=case(_agent(guardrailConfigurations=[]), says="guardrailConfigurations of helper is missing"),
        missing=case(_agent(), says="guardrailConfigurations of helper is missing"),
        unknown=case(_agent(guardrailConfigurations=UNKNOWN)),
    ),
    Example(
        "agentcore-browser-recording",
        good=case(_browser(recording={"enabled": True, "s3Location": _PLACE})),
        bad=case(
            _browser(recording={"enabled": False, "s3Location": _PLACE}), says="recording of reader is off"
        ),
        missing=case(_browser(), says="recording of reader is off or has no place"),
        unknown=case(_browser(recording={"enabled": UNKNOWN, "s3Location": _PLACE}), says=_NOT_PROVEN),
    ),
    Example(
        "cognito-pool-custom-sign-in",
        good=case(_pool("ENFORCED")),
        bad=case(_pool("AUDIT"), says="customAuthMode of desk-users is 'AUDIT'"),
        missing=case(_pool(None), says="customAuthMode of desk-users is missing, which means no check"),
        unknown=case(_pool(UNKNOWN), says=_NOT_PROVEN),
    ),
)
