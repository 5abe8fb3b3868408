"""Two tables as a program of others declares them: `customers` passes the pack, `orders` does not."""

import pulumi
from pulumi_aws import dynamodb

TAGS = {"Environment": "test", "Project": "orders", "ManagedBy": "pulumi"}

dynamodb.Table(
    "customers",
    name="customers",
    billing_mode="PAY_PER_REQUEST",
    hash_key="id",
    attributes=[dynamodb.TableAttributeArgs(name="id", type="S")],
    point_in_time_recovery=dynamodb.TablePointInTimeRecoveryArgs(enabled=True),
    server_side_encryption=dynamodb.TableServerSideEncryptionArgs(enabled=True),
    deletion_protection_enabled=True,
    tags=TAGS,
    opts=pulumi.ResourceOptions(protect=True),
)
dynamodb.Table(
    "orders",
    name="orders",
    billing_mode="PAY_PER_REQUEST",
    hash_key="id",
    attributes=[dynamodb.TableAttributeArgs(name="id", type="S")],
    tags=TAGS,
    opts=pulumi.ResourceOptions(protect=True),
)
