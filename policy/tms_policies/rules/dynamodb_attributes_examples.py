"""Examples of the rules of `dynamodb_attributes`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_TRADE_ID = {"name": "trade_id", "type": "S"}
_TRADED_AT = {"name": "traded_at", "type": "N"}


def _table(**props: object) -> Declared:
    value = {"name": "trades", "hashKey": "trade_id", "attributes": [_TRADE_ID], **props}
    return Declared(
        "dynamodb/table:Table",
        {name: item for name, item in value.items() if item is not None},
        name="trades",
    )


EXAMPLES = (
    Example(
        "dynamodb-table-key-attributes",
        good=case(_table()),
        bad=case(
            _table(attributes=[_TRADE_ID, {"name": "amount", "type": "N"}]),
            says="attributes of trades declares 'amount', which is no key of table or index",
        ),
        missing=case(
            _table(attributes=None),
            says="hashKey of trades is 'trade_id', which attributes does not declare",
        ),
        unknown=case(_table(hashKey=UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "dynamodb-table-ttl-attribute",
        good=case(_table(ttl={"enabled": True, "attributeName": "expires_at"})),
        bad=case(
            _table(
                rangeKey="traded_at",
                attributes=[_TRADE_ID, _TRADED_AT],
                ttl={"enabled": True, "attributeName": "traded_at"},
            ),
            says="ttl.attributeName of trades is 'traded_at', which is a key",
        ),
        missing=case(
            _table(ttl={"enabled": True}),
            says="ttl.attributeName of trades is missing while ttl.enabled is true",
        ),
        unknown=case(_table(ttl={"enabled": True, "attributeName": UNKNOWN}), says=_NOT_PROVEN),
    ),
)
