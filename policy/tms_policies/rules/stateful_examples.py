"""Examples of the rules of `stateful`."""

from tms_policies.examples.model import Declared, Example, case

_TABLE = "dynamodb/table:Table"
_STREAM = "aws:kinesis/stream:Stream"
_KNOWN = "Options are part of the program, never an output of a resource."


def _table(*ignore: str, protect: bool = True, delete_first: bool = False) -> Declared:
    return Declared(
        _TABLE,
        {"name": "trades"},
        name="trades",
        protect=protect,
        ignore=ignore,
        delete_first=delete_first,
    )


def _stream(*, delete_first: bool = False) -> Declared:
    return Declared(_STREAM, {"name": "trade-events"}, name="trade-events", delete_first=delete_first)


EXAMPLES = (
    Example(
        "account-resource-protect",
        good=case(_table()),
        bad=case(_table(protect=False), says="trades holds data without the protect option"),
        missing="The engine sends an option that is left out as one that is off, which is the bad example.",
        unknown=_KNOWN,
        config=case(_stream(), says="trade-events holds data without the protect option", types=[_STREAM]),
    ),
    Example(
        "account-resource-delete-before-replace",
        good=case(_table()),
        bad=case(_table(delete_first=True), says="trades holds data with the option delete_before_replace"),
        missing="The option is left out in the good example.",
        unknown=_KNOWN,
        config=case(
            _stream(delete_first=True),
            says="trade-events holds data with the option delete_before_replace",
            types=[_STREAM],
        ),
    ),
    Example(
        "account-resource-ignore-changes",
        good=case(_table("readCapacity")),
        bad=case(
            _table("pointInTimeRecovery.enabled"),
            says="ignore_changes of trades hides pointInTimeRecovery.enabled",
        ),
        missing=case(_table()),
        unknown=_KNOWN,
    ),
)
