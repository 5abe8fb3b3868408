"""Examples of the rules of `secret_stores`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_ROTATOR = "arn:aws:lambda:us-east-1:123456789012:function:broker-rotation"


def _secret(**props: object) -> Declared:
    return Declared("secretsmanager/secret:Secret", {"name": "broker", **props}, name="broker")


def _rotation(days: object, secret: str = "broker", **uses: list[str]) -> Declared:  # noqa: S107 - a name
    props = {
        "secretId": secret,
        "rotationLambdaArn": _ROTATOR,
        "rotationRules": {"automaticallyAfterDays": days},
    }
    return Declared("secretsmanager/secretRotation:SecretRotation", props, name="broker-rotation", uses=uses)


def _parameter(**props: object) -> Declared:
    value = {"name": "/agents/model", "type": "String", "value": "amazon.nova-pro-v1:0", **props}
    return Declared("ssm/parameter:Parameter", value, name="model")


EXAMPLES = (
    Example(
        "secretsmanager-secret-recovery-window",
        good=case(_secret(recoveryWindowInDays=30)),
        bad=case(_secret(recoveryWindowInDays=0), says="recoveryWindowInDays of broker is 0, not 7 or more"),
        missing=case(_secret()),
        unknown=case(_secret(recoveryWindowInDays=UNKNOWN), says=_NOT_PROVEN),
        config=case(
            _secret(recoveryWindowInDays=7),
            says="recoveryWindowInDays of broker is 7, not 30 or more",
            minimumDays=30,
        ),
    ),
    Example(
        "secretsmanager-secret-rotation",
        good=case(_secret(), _rotation(30)),
        bad=case(
            _secret(),
            _rotation(365),
            says="rotationRules.automaticallyAfterDays of broker-rotation is 365, not at most 90 days",
        ),
        missing=case(_secret(), says="no SecretRotation of this stack names the secret broker"),
        unknown=case(_secret(), _rotation(UNKNOWN), says=_NOT_PROVEN),
        config=case(_secret(), exempt=["broker"]),
    ),
    Example(
        "ssm-parameter-tier",
        good=case(_parameter(tier="Intelligent-Tiering")),
        bad=case(_parameter(tier="Advanced"), says="tier of model is 'Advanced'"),
        missing=case(_parameter()),
        unknown=case(_parameter(tier=UNKNOWN), says=_NOT_PROVEN),
        config=case(_parameter(tier="Advanced"), allowed=["Standard", "Advanced"]),
    ),
)
