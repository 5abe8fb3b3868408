"""A minimal and a rich table."""

from tests.support.cases.case import Case

TABLES = [
    Case(
        "aws:dynamodb/table:Table",
        "table-minimal",
        "Minimal",
        {
            "name": "Minimal",
            "hashKey": "id",
            "attributes": [{"name": "id", "type": "S"}],
            "readCapacity": 1,
            "writeCapacity": 1,
        },
    ),
    Case(
        "aws:dynamodb/table:Table",
        "table-rich",
        "Rich",
        {
            "name": "Rich",
            "billingMode": "PAY_PER_REQUEST",
            "hashKey": "trade_id",
            "rangeKey": "source",
            "attributes": [
                {"name": "trade_id", "type": "S"},
                {"name": "source", "type": "S"},
                {"name": "status", "type": "S"},
                {"name": "at", "type": "N"},
            ],
            "globalSecondaryIndexes": [
                {"name": "by-status", "hashKey": "status", "rangeKey": "at", "projectionType": "ALL"},
                {
                    "name": "by-at",
                    "keySchemas": [{"attributeName": "at", "keyType": "HASH"}],
                    "projectionType": "INCLUDE",
                    "nonKeyAttributes": ["amount", "currency"],
                },
            ],
            "localSecondaryIndexes": [{"name": "local", "rangeKey": "at", "projectionType": "KEYS_ONLY"}],
            "pointInTimeRecovery": {"enabled": True},
            "serverSideEncryption": {"enabled": True},
            "streamEnabled": True,
            "streamViewType": "NEW_IMAGE",
            "ttl": {"attributeName": "expires", "enabled": True},
            "tags": {"Purpose": "trades"},
        },
    ),
]


def table(name: str, **props: object) -> Case:
    """A small table on demand, with more properties."""
    defaults = {"name": name, "billingMode": "PAY_PER_REQUEST", "hashKey": "id"}
    return Case(
        "aws:dynamodb/table:Table",
        name,
        name,
        {**defaults, "attributes": [{"name": "id", "type": "S"}], **props},
    )
