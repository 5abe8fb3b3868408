"""Examples of the rules about a table by itself."""

from policy.examples.model import UNKNOWN, Declared, Example, case

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
)
