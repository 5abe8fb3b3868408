"""Settings of what holds data: tables and buckets."""

from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from components.settings.fields import (
    AES256,
    AWS_MANAGED,
    AWS_OWNED,
    STACK_KEY,
    AccountId,
    AliasName,
    AttributeName,
    BucketName,
    Days,
    LogicalName,
    PrefixPath,
    Strict,
    TableName,
    TagValue,
    key_or,
    within,
)

TableKey = Annotated[str, key_or(AWS_MANAGED, AWS_OWNED, STACK_KEY)]
BucketKey = Annotated[str, key_or(AES256, STACK_KEY)]


class CustomerKey(Strict, frozen=True):
    """The stack's own KMS key; what is set to stack-key is encrypted with it."""

    alias: AliasName = Field(description="its alias, without alias/")
    rotation_days: Annotated[int, within(90, 2560, "days")] = Field(
        default=365, description="how often AWS makes new key material"
    )
    deletion_window_days: Annotated[int, within(7, 30, "days")] = Field(
        default=30, description="how long a key that is scheduled for deletion can be saved"
    )


class Attribute(Strict, frozen=True):
    """A key attribute of a table or index."""

    name: AttributeName = Field(description="attribute name, as the writers store it")
    type: Literal["S", "N", "B"] = Field(default="S", description="S text, N number, B bytes")


class Projection(Strict, frozen=True):
    """What an index holds beside its keys."""

    projection: Literal["ALL", "KEYS_ONLY", "INCLUDE"] = Field(default="ALL", description="what it holds")
    non_key_attributes: list[AttributeName] = Field(
        default=[], validate_default=True, description="with INCLUDE: which attributes"
    )

    @field_validator("non_key_attributes")
    @classmethod
    def _goes_with_include(cls, value: list[str], info: ValidationInfo) -> list[str]:
        if bool(value) != (info.data.get("projection") == "INCLUDE"):
            raise ValueError("allowed with projection INCLUDE, and needed there")
        return value


class LocalIndex(Projection, frozen=True):
    """A local secondary index: the table's partition key with another sort key."""

    range_key: Attribute = Field(description="sort key")


class Index(Projection, frozen=True):
    """A global secondary index, on demand like its table."""

    hash_key: Attribute = Field(description="partition key")
    range_key: Attribute | None = Field(default=None, description="sort key")


class Table(Strict, frozen=True):
    """A DynamoDB table; its keys cannot be changed in place, so read them off the live table first."""

    name: TableName = Field(description="physical name")
    purpose: TagValue = Field(description="value of the Purpose tag")
    hash_key: Attribute = Field(description="partition key")
    range_key: Attribute | None = Field(default=None, description="sort key")
    indexes: dict[TableName, Index] = Field(default={}, description="global secondary indexes by name")
    local_indexes: dict[TableName, LocalIndex] = Field(
        default={}, description="local secondary indexes by name; they are made with the table or not at all"
    )
    ttl_attribute: AttributeName | None = Field(default=None, description="attribute that expires items")
    encryption: TableKey | None = Field(default=None, description="overrides encryption.tables")
    point_in_time_recovery: bool = Field(default=True, description="continuous backups")
    recovery_period_days: Annotated[int, within(1, 35, "days")] = Field(
        default=35, description="how far back point-in-time recovery reaches"
    )
    deletion_protection: bool = Field(default=True, description="DynamoDB's own guard against deletion")

    def key_attributes(self) -> list[tuple[str, Attribute]]:
        """Return every key attribute of the table and its indexes, behind the key that it is written at."""
        attributes = [("hashKey", self.hash_key), ("rangeKey", self.range_key)]
        attributes += [
            (f"localIndexes.{name}.rangeKey", index.range_key) for name, index in self.local_indexes.items()
        ]
        for name, index in self.indexes.items():
            attributes += [
                (f"indexes.{name}.hashKey", index.hash_key),
                (f"indexes.{name}.rangeKey", index.range_key),
            ]
        return [(key, attribute) for key, attribute in attributes if attribute is not None]


class Prefix(Strict, frozen=True):
    """A folder of the documents bucket and what becomes of its objects."""

    path: PrefixPath = Field(description="key prefix, ending in '/'")
    glacier_after_days: Days = Field(description="age at which objects move to the storage class")
    storage_class: Literal["GLACIER", "GLACIER_IR", "DEEP_ARCHIVE"] = Field(
        default="GLACIER", description="where they move"
    )
    expire_after_days: Days | None = Field(default=None, description="age of deletion; never when left out")
    noncurrent_expire_after_days: Days = Field(
        default=365, description="how long a replaced or deleted version is kept"
    )

    @field_validator("expire_after_days")
    @classmethod
    def _expires_after_it_moves(cls, value: int | None, info: ValidationInfo) -> int | None:
        moves = info.data.get("glacier_after_days")
        if value is not None and isinstance(moves, int) and value <= moves:
            raise ValueError(f"allowed is more than glacierAfterDays ({moves})")
        return value


class CrossAccountReader(Strict, frozen=True):
    """Another account that may read a prefix."""

    account_id: AccountId = Field(description="12-digit account id, quoted")
    prefix: LogicalName = Field(description="logical name of a prefix")


class DocumentsBucket(Strict, frozen=True):
    """The bucket that trade confirmations come into and reports go out of."""

    name: BucketName = Field(description="physical name")
    purpose: TagValue = Field(default="trade-documents", description="value of the Purpose tag")
    prefixes: dict[LogicalName, Prefix] = Field(description="folders by logical name")
    cross_account_readers: list[CrossAccountReader] = Field(default=[], description="other accounts")
    encryption: BucketKey | None = Field(default=None, description="overrides encryption.buckets")
    abort_uploads_after_days: Days = Field(default=7, description="age at which unfinished uploads go")


class AuditBucket(Strict, frozen=True):
    """The bucket that receives the documents bucket's access logs; it does not log to itself."""

    name: BucketName = Field(description="physical name")
    purpose: TagValue = Field(default="access-logs", description="value of the Purpose tag")
    log_prefix: PrefixPath = Field(default="s3-access-logs/", description="where access logs land")
    glacier_after_days: Days = Field(default=90, description="age at which logs move to Glacier")
    expire_after_days: Days = Field(default=2555, description="age of deletion, in days")
    abort_uploads_after_days: Days = Field(default=7, description="age at which unfinished uploads go")
