"""Examples of the rules of `dynamodb_retention`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_EXPIRY = {"exceptions": "expires_at"}
_TAKEN = "arn:aws:dynamodb:us-east-1:123456789012:table/trades"


def _named_table(name: str, **props: object) -> Declared:
    return Declared("dynamodb/table:Table", {"name": name, **props}, name=name)


def _kept(**days: object) -> Declared:
    return _named_table("trades", pointInTimeRecovery={"enabled": True, **days})


def _expiring(attribute: str) -> Declared:
    return _named_table("exceptions", ttl={"enabled": True, "attributeName": attribute})


def _selection(name: str, **uses: list[str]) -> Declared:
    props = {"planId": "plan-1", "name": "tables", "resources": [name]}
    return Declared("backup/selection:Selection", props, name="tables-selection", uses=uses)


EXAMPLES = (
    Example(
        "dynamodb-table-backup-plan",
        good=case(_named_table("trades"), _selection(_TAKEN), tables=["trades"]),
        bad=case(
            _named_table("trades"),
            _selection(_TAKEN.replace("trades", "exceptions")),
            says="no backup selection of this stack takes trades",
            tables=["trades"],
        ),
        missing=case(
            _named_table("trades"), says="no backup selection of this stack takes trades", tables=["trades"]
        ),
        unknown=case(_named_table("trades"), _selection(UNKNOWN, resources=["trades"]), tables=["trades"]),
        config=case(
            _named_table("trades"), says="no backup selection of this stack takes trades", tables=["*"]
        ),
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
        "dynamodb-table-required-expiry",
        good=case(_expiring("expires_at"), attributes=_EXPIRY),
        bad=case(
            _expiring("raised_at"),
            says="ttl.attributeName of exceptions is 'raised_at'",
            attributes=_EXPIRY,
        ),
        missing=case(
            _named_table("exceptions"),
            says="ttl.attributeName of exceptions is missing",
            attributes=_EXPIRY,
        ),
        unknown=case(_expiring(UNKNOWN), says=_NOT_PROVEN, attributes=_EXPIRY),
        config=case(
            _named_table("exceptions"),
            says="ttl.attributeName of exceptions is missing",
            attributes={"except*": "expires_at"},
        ),
    ),
)
