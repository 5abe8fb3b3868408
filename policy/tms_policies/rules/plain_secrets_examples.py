"""Examples of the rules of `plain_secrets`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:exchange-a1b2c3"


def _function(**variables: object) -> Declared:
    value = {"name": "matching", **({"environment": {"variables": variables}} if variables else {})}
    return Declared("lambda/function:Function", value, name="matching")


EXAMPLES = (
    Example(
        "account-resource-plain-secrets",
        good=case(_function(EXCHANGE_PASSWORD=_ARN)),
        bad=case(
            _function(EXCHANGE_PASSWORD="correct horse"),  # noqa: S106 - the fault that is shown
            says="environment.variables.EXCHANGE_PASSWORD of matching is named like a secret "
            "and holds one in plain text",
        ),
        missing=case(_function()),
        unknown=case(_function(EXCHANGE_PASSWORD=UNKNOWN), says="cannot be proven at preview"),
        config=case(
            _function(EXCHANGE_PIN="correct horse"),
            says="environment.variables.EXCHANGE_PIN of matching is named like a secret",
            names="(password|secret|pin)$",
        ),
    ),
)
