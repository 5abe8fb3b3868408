"""Types of S3: buckets, and what stands beside one."""

from toolkit.aws.types.import_ids import account, joined
from toolkit.aws.types.listing import Listing, rows
from toolkit.aws.types.model import AwsType
from toolkit.aws.types.parts import ConsolePage, Cost, Delivery, Loss, SubResource, actions

_BUCKET = joined("bucket")
_PAGE = ConsolePage("/s3/buckets/{name}?region={region}", name="bucket")


TYPES: tuple[AwsType, ...] = (
    # Unlike a bucket it has no name of its own: an account has it once, for all regions
    AwsType(
        "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
        import_id=account,
        reach="account",
        console=_PAGE,
    ),
    AwsType(
        "aws:s3/bucket:Bucket",
        import_id=_BUCKET,
        listing=Listing(
            "s3",
            "list_buckets",
            "s3:ListAllMyBuckets",
            rows("Buckets[].{id: Name, bucket: Name, name: Name}"),
            match=("bucket",),
        ),
        holds_data=True,
        protect="it holds data",
        retain=True,
        loss=Loss("data", "its objects would be lost"),
        sub_resources=(
            SubResource(
                "accelerationStatus",
                "aws:s3/bucketAccelerateConfiguration:BucketAccelerateConfiguration",
                "bucket",
            ),
            SubResource("acl", "aws:s3/bucketAcl:BucketAcl", "bucket"),
            SubResource("corsRules", "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration", "bucket"),
            SubResource("grants", "aws:s3/bucketAcl:BucketAcl", "bucket", several=True),
            SubResource(
                "lifecycleRules", "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "bucket"
            ),
            SubResource("logging", "aws:s3/bucketLogging:BucketLogging", "bucket"),
            SubResource(
                "objectLockConfiguration",
                "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
                "bucket",
            ),
            SubResource("policy", "aws:s3/bucketPolicy:BucketPolicy", "bucket"),
            SubResource(
                "replicationConfiguration", "aws:s3/bucketReplicationConfig:BucketReplicationConfig", "bucket"
            ),
            SubResource(
                "requestPayer",
                "aws:s3/bucketRequestPaymentConfiguration:BucketRequestPaymentConfiguration",
                "bucket",
            ),
            SubResource(
                "serverSideEncryptionConfiguration",
                "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
                "bucket",
            ),
            SubResource("versioning", "aws:s3/bucketVersioning:BucketVersioning", "bucket"),
            SubResource("website", "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration", "bucket"),
        ),
        reads=actions(
            "s3",
            (
                "GetAccelerateConfiguration GetBucketAcl GetBucketCORS GetBucketLocation "
                "GetBucketLogging GetBucketObjectLockConfiguration GetBucketPolicy "
                "GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite "
                "GetEncryptionConfiguration GetLifecycleConfiguration GetReplicationConfiguration "
                "ListBucket"
            ),
        ),
        delivery=Delivery(
            "buckets",
            "s3/bucket.go",
            create=actions("s3", "CreateBucket PutBucketTagging"),
            update=actions("s3", "PutBucketTagging"),
            documented=actions(
                "s3",
                (
                    "GetAccelerateConfiguration GetBucketAcl GetBucketCORS GetBucketLocation "
                    "GetBucketRequestPayment GetBucketWebsite GetReplicationConfiguration"
                ),
            ),
            kept="its objects may be evidence",
        ),
        console=_PAGE,
    ),
    AwsType(
        "aws:s3/bucketAcl:BucketAcl",
        reads=actions("s3", "GetBucketAcl"),
        console=_PAGE,
    ),
    AwsType(
        "aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration",
        import_id=joined("bucket", "name"),
        console=_PAGE,
    ),
    AwsType(
        "aws:s3/bucketLogging:BucketLogging",
        import_id=_BUCKET,
        reads=actions("s3", "GetBucketLogging"),
        delivery=Delivery(
            "buckets",
            "s3/bucket_logging.go",
            create=actions("s3", "PutBucketLogging"),
            update=actions("s3", "PutBucketLogging"),
            kept="to remove it is to lose what it guards",
        ),
        console=_PAGE,
    ),
    AwsType(
        "aws:s3/bucketMetric:BucketMetric",
        import_id=joined("bucket", "name"),
        reads=actions("s3", "GetMetricsConfiguration"),
        delivery=Delivery(
            "buckets",
            "s3/bucket_metric.go",
            create=actions("s3", "PutMetricsConfiguration"),
            update=actions("s3", "PutMetricsConfiguration"),
            delete=actions("s3", "PutMetricsConfiguration"),
        ),
        console=_PAGE,
        cost=Cost("per metric and month"),
    ),
    AwsType(
        "aws:s3/bucketNotification:BucketNotification",
        import_id=_BUCKET,
        loss=Loss("access", "events in between would not be sent, and the setting may vanish"),
        reads=actions("s3", "GetBucketNotification"),
        delivery=Delivery(
            "buckets",
            "s3/bucket_notification.go",
            create=actions("s3", "PutBucketNotification"),
            update=actions("s3", "PutBucketNotification"),
            delete=actions("s3", "PutBucketNotification"),
        ),
        console=_PAGE,
    ),
    # A setting with its owner's id: the new one is made first, and the deletion of the old one takes it away
    # (https://github.com/pulumi/pulumi-aws/issues/1923)
    AwsType(
        "aws:s3/bucketPolicy:BucketPolicy",
        import_id=_BUCKET,
        loss=Loss("access", "the bucket's policy may vanish"),
        reads=actions("s3", "GetBucketPolicy"),
        delivery=Delivery(
            "buckets",
            "s3/bucket_policy.go",
            create=actions("s3", "PutBucketPolicy"),
            update=actions("s3", "PutBucketPolicy"),
            kept="to remove it is to lose what it guards",
        ),
        console=_PAGE,
    ),
)
