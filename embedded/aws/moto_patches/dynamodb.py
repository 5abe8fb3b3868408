"""Patches of moto's DynamoDB."""

import functools
from typing import TYPE_CHECKING, Any

from moto.dynamodb.exceptions import MockValidationException
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.responses import DynamoHandler

if TYPE_CHECKING:
    from collections.abc import Callable


def change_encryption() -> None:
    """A table's key at rest can be changed.

    AWS: UpdateTable takes SSESpecification; without a key it means the account's aws/dynamodb key
    (docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_SSESpecification.html).
    moto: it is accepted and forgotten.
    """
    update: Callable[..., Any] = DynamoHandler.update_table

    @functools.wraps(update)
    def remember(self: DynamoHandler) -> Any:  # noqa: ANN401 - moto's answer
        specification = self.body.get("SSESpecification")
        if specification is not None:
            table: Any = self.dynamodb_backend.get_table(self.body["TableName"])
            default = table._get_default_encryption_key  # noqa: SLF001 - moto makes it nowhere else
            account, region = self.dynamodb_backend.account_id, self.dynamodb_backend.region_name
            table.sse_specification = {"KMSMasterKeyId": default(account, region), **specification}
        return update(self)

    DynamoHandler.update_table = remember


def refuse_second_expiry_attribute() -> None:
    """Time to live stays on its attribute until it is switched off.

    AWS: UpdateTimeToLive on another attribute is refused while it is on
    (docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html).
    moto: the attribute is exchanged.
    """
    update: Callable[..., None] = DynamoDBBackend.update_time_to_live

    @functools.wraps(update)
    def refuse(self: DynamoDBBackend, table_name: str, ttl_spec: dict[str, Any]) -> None:
        live = self.describe_time_to_live(table_name)
        differs = live.get("AttributeName") != ttl_spec.get("AttributeName")
        if live.get("TimeToLiveStatus") == "ENABLED" and differs:
            raise MockValidationException(
                "TimeToLive is active on a different AttributeName: "
                f"current AttributeName is {live.get('AttributeName')}"
            )
        update(self, table_name, ttl_spec)

    DynamoDBBackend.update_time_to_live = refuse
