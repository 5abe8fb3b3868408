"""Examples of the rules of `dynamodb`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_KEY = "arn:aws:kms:us-east-1:123456789012:"
_OWN_KEY = f"{_KEY}key/1c5e2d4b-9c1f-4f0e-8a55-6f2f3c7a9b10"


def _table(**props: object) -> Declared:
    return Declared("dynamodb/table:Table", {"name": "trades", **props}, name="trades")


def _named_table(name: str, **props: object) -> Declared:
    return Declared("dynamodb/table:Table", {"name": name, **props}, name=name)


def _encrypted(**key: object) -> Declared:
    return _named_table("trades", serverSideEncryption={"enabled": True, **key})


EXAMPLES = (
    Example(
        "dynamodb-table-point-in-time-recovery",
        good=case(_table(pointInTimeRecovery={"enabled": True})),
        bad=case(
            _table(pointInTimeRecovery={"enabled": False}),
            says="pointInTimeRecovery.enabled of trades is False",
        ),
        missing=case(_table(), says="pointInTimeRecovery.enabled of trades is missing"),
        unknown=case(_table(pointInTimeRecovery={"enabled": UNKNOWN}), says=_NOT_PROVEN),
    ),
    Example(
        "dynamodb-table-encryption",
        good=case(_table(serverSideEncryption={"enabled": True})),
        bad=case(
            _table(serverSideEncryption={"enabled": False}),
            says="serverSideEncryption.enabled of trades is False",
        ),
        missing=case(_table(), says="serverSideEncryption.enabled of trades is missing"),
        unknown=case(_table(serverSideEncryption={"enabled": UNKNOWN}), says=_NOT_PROVEN),
    ),
    Example(
        "dynamodb-table-billing-on-demand",
        good=case(_table(billingMode="PAY_PER_REQUEST")),
        bad=case(
            _table(billingMode="PROVISIONED", readCapacity=5, writeCapacity=5),
            says="billingMode of trades is 'PROVISIONED'",
        ),
        missing=case(_table(), says="billingMode of trades is missing, which means PROVISIONED"),
        unknown=case(_table(billingMode=UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "dynamodb-table-deletion-protection",
        good=case(_table(deletionProtectionEnabled=True)),
        bad=case(
            _table(deletionProtectionEnabled=False),
            says="deletionProtectionEnabled of trades is False",
        ),
        missing=case(_table(), says="deletionProtectionEnabled of trades is missing"),
        unknown=case(_table(deletionProtectionEnabled=UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "dynamodb-table-customer-key",
        good=case(_encrypted(kmsKeyArn=_OWN_KEY), tables=["trades"]),
        bad=case(
            _encrypted(kmsKeyArn=f"{_KEY}alias/aws/dynamodb"),
            says="alias/aws/dynamodb', which is AWS's own key",
            tables=["trades"],
        ),
        missing=case(
            _encrypted(),
            says="serverSideEncryption.kmsKeyArn of trades is missing",
            tables=["trades"],
        ),
        unknown=case(_encrypted(kmsKeyArn=UNKNOWN), tables=["trades"]),
        config=case(
            _encrypted(),
            says="serverSideEncryption.kmsKeyArn of trades is missing",
            tables=["trade*"],
        ),
    ),
)
