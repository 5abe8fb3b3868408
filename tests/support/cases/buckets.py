"""Buckets and every setting of them."""

import json

from tests.support.cases.case import ACCOUNT, REGION, Case

BUCKETS = [
    Case("aws:s3/bucket:Bucket", "bucket-minimal", "round-trip-minimal", {"bucket": "round-trip-minimal"}),
    Case(
        "aws:s3/bucket:Bucket",
        "bucket-rich",
        "round-trip-rich",
        {"bucket": "round-trip-rich", "objectLockEnabled": True, "tags": {"Purpose": "documents"}},
    ),
    Case(
        "aws:s3/bucket:Bucket",
        "bucket-logs",
        "round-trip-logs",
        {"bucket": "round-trip-logs", "forceDestroy": True},
    ),
    Case(
        "aws:s3/bucketVersioning:BucketVersioning",
        "versioning",
        "round-trip-rich",
        {"bucket": "round-trip-rich", "versioningConfiguration": {"status": "Enabled"}},
        ("bucket-rich",),
    ),
    Case(
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        "encryption-minimal",
        "round-trip-minimal",
        {
            "bucket": "round-trip-minimal",
            "rules": [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}}],
        },
        ("bucket-minimal",),
    ),
    Case(
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        "encryption-rich",
        "round-trip-rich",
        {
            "bucket": "round-trip-rich",
            "rules": [
                {
                    "applyServerSideEncryptionByDefault": {
                        "sseAlgorithm": "aws:kms",
                        "kmsMasterKeyId": f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/documents",
                    },
                    "bucketKeyEnabled": True,
                }
            ],
        },
        ("bucket-rich",),
    ),
    Case(
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        "blocks-minimal",
        "round-trip-minimal",
        {"bucket": "round-trip-minimal"},
        ("bucket-minimal",),
    ),
    Case(
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        "blocks-rich",
        "round-trip-rich",
        {
            "bucket": "round-trip-rich",
            "blockPublicAcls": True,
            "blockPublicPolicy": True,
            "ignorePublicAcls": True,
            "restrictPublicBuckets": True,
        },
        ("bucket-rich",),
    ),
    Case(
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        "ownership",
        "round-trip-rich",
        {"bucket": "round-trip-rich", "rule": {"objectOwnership": "BucketOwnerEnforced"}},
        ("bucket-rich",),
    ),
    Case(
        "aws:s3/bucketPolicy:BucketPolicy",
        "bucket-policy",
        "round-trip-logs",
        {
            "bucket": "round-trip-logs",
            "policy": json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Deny",
                            "Principal": "*",
                            "Action": "s3:*",
                            "Resource": ["arn:aws:s3:::round-trip-logs", "arn:aws:s3:::round-trip-logs/*"],
                            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                        },
                        {
                            "Effect": "Allow",
                            "Principal": {"Service": ["logging.s3.amazonaws.com"]},
                            "Action": ["s3:PutObject"],
                            "Resource": ["arn:aws:s3:::round-trip-logs/access/*"],
                        },
                    ],
                }
            ),
        },
        ("bucket-logs",),
    ),
    Case(
        "aws:s3/bucketLogging:BucketLogging",
        "logging",
        "round-trip-rich",
        {"bucket": "round-trip-rich", "targetBucket": "round-trip-logs", "targetPrefix": "access/"},
        ("bucket-rich", "bucket-policy"),
    ),
    Case(
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "lifecycle-minimal",
        "round-trip-minimal",
        {
            "bucket": "round-trip-minimal",
            "rules": [{"id": "all", "status": "Enabled", "expiration": {"days": 30}}],
        },
        ("bucket-minimal",),
    ),
    Case(
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "lifecycle-rich",
        "round-trip-rich",
        {
            "bucket": "round-trip-rich",
            "rules": [
                {
                    "id": "bank",
                    "status": "Enabled",
                    "filter": {"prefix": "BANK/"},
                    "transitions": [
                        {"days": 90, "storageClass": "GLACIER"},
                        {"days": 30, "storageClass": "STANDARD_IA"},
                    ],
                    "expiration": {"days": 2555},
                    "noncurrentVersionTransitions": [{"noncurrentDays": 30, "storageClass": "GLACIER"}],
                    "noncurrentVersionExpiration": {"noncurrentDays": 365, "newerNoncurrentVersions": 3},
                    "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7},
                },
                {
                    "id": "tagged",
                    "status": "Disabled",
                    "filter": {"and": {"prefix": "reports/", "tags": {"Kind": "draft"}}},
                    "expiration": {"date": "2030-01-01T00:00:00Z"},
                },
                {
                    "id": "markers",
                    "status": "Enabled",
                    "filter": {},
                    "expiration": {"expiredObjectDeleteMarker": True},
                },
            ],
        },
        ("bucket-rich", "versioning"),
    ),
]
