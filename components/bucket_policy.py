"""Who may come into a bucket, beside those whom IAM lets in."""

from components.naming import Naming
from components.settings import AuditBucket, DocumentsBucket
from components.settings.audit_trail import AuditTrailSettings
from components.statements import Statement

CLOUDTRAIL = "cloudtrail.amazonaws.com"


def log_delivery(documents: DocumentsBucket, audit: AuditBucket, naming: Naming) -> Statement:
    """Return the statement that lets S3 deliver the documents bucket's logs.

    Source: S3 user guide, "Enabling Amazon S3 server access logging".
    """
    return {
        "Sid": "AccessLogDelivery",
        "Effect": "Allow",
        "Principal": {"Service": "logging.s3.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": naming.objects(audit.name, audit.log_prefix),
        "Condition": {
            "ArnLike": {"aws:SourceArn": naming.bucket(documents.name)},
            "StringEquals": {"aws:SourceAccount": naming.account},
        },
    }


def trail_delivery(trail: AuditTrailSettings | None, audit: AuditBucket, naming: Naming) -> list[Statement]:
    """Return the statements that let CloudTrail deliver the audit trail's log files; none without a trail.

    Source: CloudTrail user guide, "Amazon S3 bucket policy for CloudTrail".
    """
    if trail is None:
        return []
    grant: Statement = {"Effect": "Allow", "Principal": {"Service": CLOUDTRAIL}}
    for_trail = {"aws:SourceArn": naming.trail(trail.name)}
    return [
        {
            **grant,
            "Sid": "TrailReadsAcl",
            "Action": "s3:GetBucketAcl",
            "Resource": naming.bucket(audit.name),
            "Condition": {"StringEquals": for_trail},
        },
        {
            **grant,
            "Sid": "TrailDelivery",
            "Action": "s3:PutObject",
            "Resource": naming.objects(audit.name, f"{trail.prefix}AWSLogs/{naming.account}/"),
            "Condition": {"StringEquals": {**for_trail, "s3:x-amz-acl": "bucket-owner-full-control"}},
        },
    ]


def cross_account_reads(documents: DocumentsBucket, naming: Naming) -> list[Statement]:
    """Return one statement per account that may read prefixes of the documents bucket."""
    readers: dict[str, list[str]] = {}
    for reader in documents.cross_account_readers:
        path = documents.prefixes[reader.prefix].path
        readers.setdefault(reader.account_id, []).append(naming.objects(documents.name, path))
    return [
        {
            "Sid": f"ReadBy{account}",
            "Effect": "Allow",
            "Principal": {"AWS": naming.account_root(account)},
            "Action": "s3:GetObject",
            "Resource": sorted(resources),
        }
        for account, resources in sorted(readers.items())
    ]
