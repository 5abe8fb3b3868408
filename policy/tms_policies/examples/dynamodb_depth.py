"""Examples of the rules about how far back a table goes, its key, and how its items expire."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_KEY = "arn:aws:kms:us-east-1:123456789012:"
_OWN_KEY = f"{_KEY}key/1c5e2d4b-9c1f-4f0e-8a55-6f2f3c7a9b10"


def _table(name: str, **props: object) -> Declared:
    return Declared("dynamodb/table:Table", {"name": name, **props}, name=name)


def _kept(**days: object) -> Declared:
    return _table("trades", pointInTimeRecovery={"enabled": True, **days})


def _encrypted(**key: object) -> Declared:
    return _table("trades", serverSideEncryption={"enabled": True, **key})


def _expiring(attribute: str) -> Declared:
    return _table("exceptions", ttl={"enabled": True, "attributeName": attribute})


_EXPIRY = {"exceptions": "expires_at"}


def _selection(name: str, **uses: list[str]) -> Declared:
    props = {"planId": "plan-1", "name": "tables", "resources": [name]}
    return Declared("backup/selection:Selection", props, name="tables-selection", uses=uses)


_TAKEN = "arn:aws:dynamodb:us-east-1:123456789012:table/trades"
EXAMPLES = (
    Example(
        "dynamodb-table-backup-plan",
        good=case(_table("trades"), _selection(_TAKEN), tables=["trades"]),
        bad=case(
            _table("trades"),
            _selection(_TAKEN.replace("trades", "exceptions")),
            says="no backup selection of this stack takes trades",
            tables=["trades"],
        ),
        missing=case(
            _table("trades"), says="no backup selection of this stack takes trades", tables=["trades"]
        ),
        unknown=case(_table("trades"), _selection(UNKNOWN, resources=["trades"]), tables=["trades"]),
        config=case(_table("trades"), says="no backup selection of this stack takes trades", tables=["*"]),
    ),
    Example(
        "dynamodb-table-recovery-period",
        good=case(_kept(recoveryPeriodInDays=35)),
        bad=case(
            _kept(recoveryPeriodInDays=7),
            says="pointInTimeRecovery.recoveryPeriodInDays of trades is 7, not 35.",
        ),
        missing=case(_kept()),
        unknown=case(_kept(recoveryPeriodInDays=UNKNOWN), says=_NOT_PROVEN),
        config=case(_kept(recoveryPeriodInDays=7), minimumDays=7),
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
    Example(
        "dynamodb-table-required-expiry",
        good=case(_expiring("expires_at"), attributes=_EXPIRY),
        bad=case(
            _expiring("raised_at"),
            says="ttl.attributeName of exceptions is 'raised_at'",
            attributes=_EXPIRY,
        ),
        missing=case(
            _table("exceptions"),
            says="ttl.attributeName of exceptions is missing",
            attributes=_EXPIRY,
        ),
        unknown=case(_expiring(UNKNOWN), says=_NOT_PROVEN, attributes=_EXPIRY),
        config=case(
            _table("exceptions"),
            says="ttl.attributeName of exceptions is missing",
            attributes={"except*": "expires_at"},
        ),
    ),
)
