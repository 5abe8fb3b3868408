"""Tables, buckets and queues without what guards them."""

import pulumi
from pulumi_aws import dynamodb, s3, sqs

from faults.common import PROTECTED, TAGS

EXPECTED = {
    "bare-table": {
        "account-resource-protect",
        "account-resource-required-tags",
        "dynamodb-table-billing-on-demand",
        "dynamodb-table-customer-key",
        "dynamodb-table-deletion-protection",
        "dynamodb-table-encryption",
        "dynamodb-table-key-attributes",
        "dynamodb-table-point-in-time-recovery",
        "dynamodb-table-required-expiry",
    },
    "expiring-table": {"account-resource-ignore-changes", "dynamodb-table-ttl-attribute"},
    "bare-bucket": {
        "cloudtrail-trail-data-events",
        "s3-bucket-notification",
        "s3-bucket-object-lock",
        "s3-bucket-replication",
        "s3-bucket-abandoned-uploads",
        "s3-bucket-access-logging",
        "s3-bucket-customer-key",
        "s3-bucket-encryption",
        "s3-bucket-force-destroy",
        "s3-bucket-has-public-access-block",
        "s3-bucket-ownership-controls",
        "s3-bucket-public-acl",
        "s3-bucket-tls-only",
        "s3-bucket-versioning",
    },
    "open-block": {"s3-bucket-public-access-block"},
    "bare-queue": {
        "sqs-queue-customer-key",
        "cloudwatch-queue-alarms",
        "sqs-queue-dead-letter",
        "sqs-queue-encryption",
        "sqs-queue-fifo-naming",
        "sqs-queue-tls-only",
    },
}


def plant() -> None:
    """Declare the faulty resources."""
    dynamodb.Table("bare-table", name="bare", hash_key="id", attributes=[{"name": "other", "type": "S"}])
    dynamodb.Table(
        "expiring-table",
        name="expiring",
        hash_key="id",
        attributes=[{"name": "id", "type": "S"}],
        billing_mode="PAY_PER_REQUEST",
        point_in_time_recovery={"enabled": True},
        server_side_encryption={"enabled": True},
        deletion_protection_enabled=True,
        ttl={"enabled": True, "attribute_name": "id"},
        tags=TAGS,
        opts=pulumi.ResourceOptions(protect=True, ignore_changes=["pointInTimeRecovery"]),
    )

    s3.Bucket(
        "bare-bucket", bucket="bare-bucket", force_destroy=True, acl="public-read", tags=TAGS, opts=PROTECTED
    )
    s3.BucketPublicAccessBlock("open-block", bucket="elsewhere", block_public_acls=False)

    sqs.Queue("bare-queue", name="bare.fifo", tags=TAGS, opts=PROTECTED)
