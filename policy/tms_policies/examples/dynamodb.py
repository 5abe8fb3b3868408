"""Examples of the rules about a table by itself."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"


def _table(**props: object) -> Declared:
    return Declared("dynamodb/table:Table", {"name": "trades", **props}, name="trades")


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
)
