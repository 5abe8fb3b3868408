"""Types of S3 that set one thing of a bucket."""

from toolkit.aws.types.import_ids import joined
from toolkit.aws.types.model import AwsType
from toolkit.aws.types.parts import ConsolePage, Cost, Delivery, Loss, actions

_BUCKET = joined("bucket")
_PAGE = ConsolePage("/s3/buckets/{name}?region={region}", name="bucket")


TYPES: tuple[AwsType, ...] = (
    AwsType(
        "aws:s3/bucketAccelerateConfiguration:BucketAccelerateConfiguration",
        import_id=_BUCKET,
        reads=actions("s3", "GetAccelerateConfiguration"),
        console=_PAGE,
    ),
    AwsType(
        "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
        import_id=_BUCKET,
        reads=actions("s3", "GetBucketCORS"),
        console=_PAGE,
    ),
    AwsType(
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        import_id=_BUCKET,
        reads=actions("s3", "GetLifecycleConfiguration"),
        delivery=Delivery(
            "buckets",
            "s3/bucket_lifecycle_configuration.go",
            create=actions("s3", "PutLifecycleConfiguration"),
            update=actions("s3", "PutLifecycleConfiguration"),
            kept="to remove it is to lose what it guards",
        ),
        console=_PAGE,
        cost=Cost(properties=("rules",)),
    ),
    AwsType(
        "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
        import_id=_BUCKET,
        reads=actions("s3", "GetBucketObjectLockConfiguration"),
        console=_PAGE,
    ),
    AwsType(
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        import_id=_BUCKET,
        reads=actions("s3", "GetBucketOwnershipControls"),
        delivery=Delivery(
            "buckets",
            "s3/bucket_ownership_controls.go",
            create=actions("s3", "PutBucketOwnershipControls"),
            update=actions("s3", "PutBucketOwnershipControls"),
            kept="to remove it is to lose what it guards",
        ),
        console=_PAGE,
    ),
    AwsType(
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        import_id=_BUCKET,
        loss=Loss("access", "the bucket may become public"),
        reads=actions("s3", "GetBucketPublicAccessBlock"),
        delivery=Delivery(
            "buckets",
            "s3/bucket_public_access_block.go",
            create=actions("s3", "PutBucketPublicAccessBlock"),
            update=actions("s3", "PutBucketPublicAccessBlock"),
            kept="to remove it is to lose what it guards",
        ),
        console=_PAGE,
    ),
    AwsType(
        "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
        import_id=_BUCKET,
        reads=actions("s3", "GetReplicationConfiguration"),
        console=_PAGE,
    ),
    AwsType(
        "aws:s3/bucketRequestPaymentConfiguration:BucketRequestPaymentConfiguration",
        import_id=_BUCKET,
        reads=actions("s3", "GetBucketRequestPayment"),
        console=_PAGE,
    ),
    AwsType(
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        import_id=_BUCKET,
        loss=Loss("access", "the setting may vanish"),
        reads=actions("s3", "GetEncryptionConfiguration"),
        delivery=Delivery(
            "buckets",
            "s3/bucket_server_side_encryption_configuration.go",
            create=actions("s3", "PutEncryptionConfiguration"),
            update=actions("s3", "PutEncryptionConfiguration"),
            kept="to remove it is to lose what it guards",
        ),
        console=_PAGE,
    ),
    AwsType(
        "aws:s3/bucketVersioning:BucketVersioning",
        import_id=_BUCKET,
        loss=Loss("access", "what is overwritten in between would be lost"),
        reads=actions("s3", "GetBucketVersioning"),
        delivery=Delivery(
            "buckets",
            "s3/bucket_versioning.go",
            create=actions("s3", "PutBucketVersioning"),
            update=actions("s3", "PutBucketVersioning"),
            kept="to remove it is to lose what it guards",
        ),
        console=_PAGE,
        cost=Cost(properties=("versioningConfiguration",)),
    ),
    AwsType(
        "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
        import_id=_BUCKET,
        reads=actions("s3", "GetBucketWebsite"),
        console=_PAGE,
    ),
)
