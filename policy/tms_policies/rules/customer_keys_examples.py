"""Examples of the rules of `customer_keys`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_KEY = "arn:aws:kms:us-east-1:123456789012:key/1c5e2d4b-9c1f-4f0e-8a55-6f2f3c7a9b10"
_TABLE = "arn:aws:dynamodb:us-east-1:123456789012:table/trades"
_IMAGES = "encryptionConfigurations"
_FUNCTION = {
    "name": "capture",
    "role": "arn:aws:iam::123456789012:role/capture-role",
    "environment": {"variables": {"TABLE_NAME": "trades"}},
}
_PARAMETER = {"name": "/agents/broker", "type": "SecureString"}


def _example(
    rule: str, customer: Declared, none: Declared, computed: Declared, bad: Declared, says: str
) -> Example:
    """Return the example of one rule.

    Args:
        rule: Its id.
        customer: A resource with a key of its own.
        none: The same without any.
        computed: The same with a key that is an output.
        bad: The same with AWS's own key, or none.
        says: What the rule says of it.
    """
    demanded = says.partition(" is ")[0]
    return Example(
        rule,
        good=case(customer, required=True),
        bad=case(bad, says=says, required=True),
        missing=case(none, says=f"{demanded} is missing: a key of your own is demanded", required=True),
        unknown=case(computed, required=True),
        config=case(none, says=f"{demanded} is missing: a key of your own is demanded", required=True),
    )


def _at(rule: str, value: Declared, name: str, aws: str = "") -> Example:
    """Return the example of a rule whose key stands at one property; AWS's own has the alias given."""

    def made(**key: object) -> Declared:
        return Declared(value.type, {**value.props, **key}, name=value.name)

    bad = {name: f"alias/aws/{aws}"} if aws else {}
    says = f"{name} of {value.name} is " + (f"'alias/aws/{aws}'" if aws else "missing")
    return _example(rule, made(**{name: _KEY}), made(), made(**{name: UNKNOWN}), made(**bad), says)


def _images(**encryption: object) -> Declared:
    value = {_IMAGES: [encryption]} if encryption else {}
    return Declared("ecr/repository:Repository", {"name": "matching", **value}, name="matching")


EXAMPLES = (
    _at(
        "cloudwatch-log-group-customer-key",
        Declared("cloudwatch/logGroup:LogGroup", {"name": "/agents/matching"}, name="matching-logs"),
        "kmsKeyId",
    ),
    _example(
        "ecr-repository-customer-key",
        _images(encryptionType="KMS", kmsKey=_KEY),
        _images(),
        _images(encryptionType="KMS", kmsKey=UNKNOWN),
        _images(encryptionType="KMS"),
        f"{_IMAGES}.kmsKey of matching is missing",
    ),
    _at(
        "lambda-function-customer-key",
        Declared("lambda/function:Function", _FUNCTION, name="capture"),
        "kmsKeyArn",
    ),
    _at(
        "sqs-queue-customer-key",
        Declared("sqs/queue:Queue", {"name": "trades"}, name="trades"),
        "kmsMasterKeyId",
        "sqs",
    ),
    _at(
        "dynamodb-replica-customer-key",
        Declared("dynamodb/tableReplica:TableReplica", {"globalTableArn": _TABLE}, name="trades-replica"),
        "kmsKeyArn",
    ),
    _at(
        "sns-topic-customer-key",
        Declared("sns/topic:Topic", {"name": "alerts"}, name="alerts"),
        "kmsMasterKeyId",
        "sns",
    ),
    _at(
        "secretsmanager-secret-customer-key",
        Declared("secretsmanager/secret:Secret", {"name": "broker"}, name="broker"),
        "kmsKeyId",
        "secretsmanager",
    ),
    _at(
        "ssm-parameter-customer-key",
        Declared("ssm/parameter:Parameter", _PARAMETER, name="broker"),
        "keyId",
        "ssm",
    ),
)
