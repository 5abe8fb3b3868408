"""DynamoDB tables: on demand, recoverable, encrypted, protected."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
from pulumi_aws import dynamodb

from components.keys import chosen
from components.settings import Index, Table
from components.settings.fields import AWS_MANAGED, AWS_OWNED
from components.tagging import tags


@dataclass(frozen=True, kw_only=True, slots=True)
class TablesArgs:
    """What tables are declared.

    Attributes:
        tables: The tables by logical name.
        encryption: Key of tables that choose none: aws-managed, aws-owned, stack-key or a key ARN.
        stack_key: ARN of the key that stack-key means; None where nothing is set to it.
        tags: Tags of every table; Purpose is added.
    """

    tables: Mapping[str, Table]
    encryption: str
    stack_key: pulumi.Output[str] | None
    tags: Mapping[str, str]


class Tables(pulumi.ComponentResource):
    """All tables of the stack.

    Attributes:
        names: Physical names by logical name.
        arns: ARNs by logical name.
    """

    names: pulumi.Output[dict[str, str]]
    arns: pulumi.Output[dict[str, str]]

    def __init__(self, name: str, args: TablesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Declare a table per entry."""
        super().__init__("tradematching:index:Tables", name, None, opts)
        tables = {key: self._table(key, table, args) for key, table in args.tables.items()}
        self.names = pulumi.Output.all(**{key: table.name for key, table in tables.items()})
        self.arns = pulumi.Output.all(**{key: table.arn for key, table in tables.items()})
        self.register_outputs({"names": self.names, "arns": self.arns})

    def _table(self, key: str, table: Table, args: TablesArgs) -> dynamodb.Table:
        types = {attribute.name: attribute.type for _, attribute in table.key_attributes()}
        return dynamodb.Table(
            key,
            name=table.name,
            billing_mode="PAY_PER_REQUEST",
            hash_key=table.hash_key.name,
            range_key=table.range_key.name if table.range_key else None,
            attributes=[
                dynamodb.TableAttributeArgs(name=attribute, type=kind)
                for attribute, kind in sorted(types.items())
            ],
            global_secondary_indexes=[_index(name, index) for name, index in sorted(table.indexes.items())]
            or None,
            local_secondary_indexes=[
                dynamodb.TableLocalSecondaryIndexArgs(
                    name=name,
                    range_key=index.range_key.name,
                    projection_type=index.projection,
                    non_key_attributes=index.non_key_attributes or None,
                )
                for name, index in sorted(table.local_indexes.items())
            ]
            or None,
            # a ttl block that is off has no counterpart in AWS and would differ after an import
            ttl=dynamodb.TableTtlArgs(attribute_name=table.ttl_attribute, enabled=True)
            if table.ttl_attribute
            else None,
            point_in_time_recovery=dynamodb.TablePointInTimeRecoveryArgs(
                enabled=table.point_in_time_recovery,
                recovery_period_in_days=table.recovery_period_days if table.point_in_time_recovery else None,
            ),
            server_side_encryption=_encryption(table.encryption or args.encryption, args.stack_key),
            deletion_protection_enabled=table.deletion_protection,
            tags=tags(args.tags, table.purpose),
            opts=pulumi.ResourceOptions(parent=self, protect=True, retain_on_delete=True),
        )


def _index(name: str, index: Index) -> dynamodb.TableGlobalSecondaryIndexArgs:
    keys = [("HASH", index.hash_key), ("RANGE", index.range_key)]
    return dynamodb.TableGlobalSecondaryIndexArgs(
        name=name,
        key_schemas=[
            dynamodb.TableGlobalSecondaryIndexKeySchemaArgs(attribute_name=attribute.name, key_type=kind)
            for kind, attribute in keys
            if attribute is not None
        ],
        projection_type=index.projection,
        non_key_attributes=index.non_key_attributes or None,
    )


def _encryption(choice: str, stack_key: pulumi.Output[str] | None) -> dynamodb.TableServerSideEncryptionArgs:
    """Return how a table is encrypted: off means the key that AWS owns, on without a key aws/dynamodb."""
    return dynamodb.TableServerSideEncryptionArgs(
        enabled=choice != AWS_OWNED,
        kms_key_arn=None if choice in (AWS_MANAGED, AWS_OWNED) else chosen(choice, stack_key),
    )
