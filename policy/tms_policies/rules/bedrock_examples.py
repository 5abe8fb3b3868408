"""Examples of the rules of `bedrock`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_BUCKET = {"s3Config": {"bucketName": "invocations"}}
_KEY = "arn:aws:kms:us-east-1:123456789012:key/1"


def _logging(config: object) -> Declared:
    kind = "bedrockmodel/invocationLoggingConfiguration:InvocationLoggingConfiguration"
    return Declared(kind, {"loggingConfig": config}, name="invocations")


def _source(**props: object) -> Declared:
    return Declared(
        "bedrock/agentDataSource:AgentDataSource", {"name": "contracts", **props}, name="contracts"
    )


def _agent(**props: object) -> Declared:
    return Declared("bedrock/agentAgent:AgentAgent", {"agentName": "helper", **props}, name="helper")


EXAMPLES = (
    Example(
        "bedrock-logging-destination",
        good=case(_logging(_BUCKET)),
        bad=case(_logging({"textDataDeliveryEnabled": True}), says="names neither log group nor bucket"),
        missing=case(_logging(None), says="names neither log group nor bucket"),
        unknown=case(_logging({"s3Config": UNKNOWN})),
    ),
    Example(
        "bedrock-logging-text",
        good=case(_logging({**_BUCKET, "textDataDeliveryEnabled": True})),
        bad=case(
            _logging({**_BUCKET, "textDataDeliveryEnabled": False}),
            says="loggingConfig.textDataDeliveryEnabled of invocations is False",
        ),
        missing=case(_logging(_BUCKET)),
        unknown=case(
            _logging({**_BUCKET, "textDataDeliveryEnabled": UNKNOWN}), says="cannot be proven at preview"
        ),
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
)
