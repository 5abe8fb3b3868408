"""Tables and buckets, by hand."""

from examples.estate.manual_setup.model import Attributes, Console, Creator, PlannedResource, plain, tags


def table(console: Console, resource: PlannedResource) -> Attributes:
    """Create a table, then set recovery and expiry, which have calls of their own."""
    inputs, tables = resource.inputs, console.client("dynamodb")
    ranged = [{"AttributeName": inputs["rangeKey"], "KeyType": "RANGE"}] if inputs.get("rangeKey") else []
    encrypted = inputs.get("serverSideEncryption") or {}
    key = console.resolve(resource, "serverSideEncryption", "arn") if encrypted.get("kmsKeyArn") else None
    with_key = {"SSEType": "KMS", "KMSMasterKeyId": key} if key else {}
    answer = tables.create_table(
        TableName=inputs["name"],
        AttributeDefinitions=[
            {"AttributeName": attribute["name"], "AttributeType": attribute["type"]}
            for attribute in inputs["attributes"]
        ],
        KeySchema=[{"AttributeName": inputs["hashKey"], "KeyType": "HASH"}, *ranged],
        BillingMode=inputs["billingMode"],
        DeletionProtectionEnabled=bool(inputs.get("deletionProtectionEnabled")),
        Tags=tags(inputs),
        **({"SSESpecification": {"Enabled": True, **with_key}} if encrypted.get("enabled") else {}),
    )["TableDescription"]
    recovery = inputs.get("pointInTimeRecovery") or {}
    if recovery.get("enabled"):
        days = {"RecoveryPeriodInDays": recovery["recoveryPeriodInDays"]}
        tables.update_continuous_backups(
            TableName=inputs["name"],
            PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True, **days},
        )
    if inputs.get("ttl"):
        tables.update_time_to_live(
            TableName=inputs["name"],
            TimeToLiveSpecification={"Enabled": True, "AttributeName": inputs["ttl"]["attributeName"]},
        )
    return {"id": inputs["name"], "arn": answer["TableArn"]}


def bucket(console: Console, resource: PlannedResource) -> Attributes:
    """Create a bucket; its settings are set by calls of their own."""
    name = resource.inputs["bucket"]
    console.client("s3").create_bucket(Bucket=name)
    if resource.inputs.get("tags"):
        console.client("s3").put_bucket_tagging(Bucket=name, Tagging={"TagSet": tags(resource.inputs)})
    return {"id": name, "arn": f"arn:aws:s3:::{name}"}


def _versioning(console: Console, resource: PlannedResource) -> Attributes:
    status = {"Status": resource.inputs["versioningConfiguration"]["status"]}
    console.client("s3").put_bucket_versioning(
        Bucket=resource.inputs["bucket"], VersioningConfiguration=status
    )
    return {}


def _encryption(console: Console, resource: PlannedResource) -> Attributes:
    (rule,) = resource.inputs["rules"]
    by = rule["applyServerSideEncryptionByDefault"]
    key = {"KMSMasterKeyID": console.resolve(resource, "rules", "arn")} if by.get("kmsMasterKeyId") else {}
    console.client("s3").put_bucket_encryption(
        Bucket=resource.inputs["bucket"],
        ServerSideEncryptionConfiguration={
            "Rules": [
                {
                    "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": by["sseAlgorithm"], **key},
                    "BucketKeyEnabled": bool(rule.get("bucketKeyEnabled")),
                }
            ]
        },
    )
    return {}


def _public_access(console: Console, resource: PlannedResource) -> Attributes:
    names = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
    blocked = {name: resource.inputs[name[0].lower() + name[1:]] for name in names}
    console.client("s3").put_public_access_block(
        Bucket=resource.inputs["bucket"], PublicAccessBlockConfiguration=blocked
    )
    return {}


def _ownership(console: Console, resource: PlannedResource) -> Attributes:
    rules = [{"ObjectOwnership": resource.inputs["rule"]["objectOwnership"]}]
    console.client("s3").put_bucket_ownership_controls(
        Bucket=resource.inputs["bucket"], OwnershipControls={"Rules": rules}
    )
    return {}


def _policy(console: Console, resource: PlannedResource) -> Attributes:
    console.client("s3").put_bucket_policy(Bucket=resource.inputs["bucket"], Policy=resource.inputs["policy"])
    return {}


def _logging(console: Console, resource: PlannedResource) -> Attributes:
    target = {
        "TargetBucket": resource.inputs["targetBucket"],
        "TargetPrefix": resource.inputs["targetPrefix"],
    }
    console.client("s3").put_bucket_logging(
        Bucket=resource.inputs["bucket"], BucketLoggingStatus={"LoggingEnabled": target}
    )
    return {}


def _lifecycle(console: Console, resource: PlannedResource) -> Attributes:
    rules = []
    for rule in plain(resource.inputs["rules"]):
        request = {"ID": rule["id"], "Status": rule["status"]}
        request["Filter"] = {"Prefix": (rule.get("filter") or {}).get("prefix") or ""}
        if rule.get("transitions"):
            request["Transitions"] = [
                {"Days": transition["days"], "StorageClass": transition["storageClass"]}
                for transition in rule["transitions"]
            ]
        if rule.get("expiration"):
            request["Expiration"] = {"Days": rule["expiration"]["days"]}
        if rule.get("noncurrentVersionExpiration"):
            expiration = {"NoncurrentDays": rule["noncurrentVersionExpiration"]["noncurrentDays"]}
            request["NoncurrentVersionExpiration"] = expiration
        if rule.get("abortIncompleteMultipartUpload"):
            after = rule["abortIncompleteMultipartUpload"]["daysAfterInitiation"]
            request["AbortIncompleteMultipartUpload"] = {"DaysAfterInitiation": after}
        rules.append(request)
    console.client("s3").put_bucket_lifecycle_configuration(
        Bucket=resource.inputs["bucket"], LifecycleConfiguration={"Rules": rules}
    )
    return {}


def _notification(console: Console, resource: PlannedResource) -> Attributes:
    events = {"EventBridgeConfiguration": {}} if resource.inputs.get("eventbridge") else {}
    console.client("s3").put_bucket_notification_configuration(
        Bucket=resource.inputs["bucket"], NotificationConfiguration=events
    )
    return {}


def _metric(console: Console, resource: PlannedResource) -> Attributes:
    part = (
        {"Filter": {"Prefix": resource.inputs["filter"]["prefix"]}} if resource.inputs.get("filter") else {}
    )
    console.client("s3").put_bucket_metrics_configuration(
        Bucket=resource.inputs["bucket"],
        Id=resource.inputs["name"],
        MetricsConfiguration={"Id": resource.inputs["name"], **part},
    )
    return {}


CREATORS: dict[str, Creator] = {
    "aws:dynamodb/table:Table": table,
    "aws:s3/bucket:Bucket": bucket,
    "aws:s3/bucketVersioning:BucketVersioning": _versioning,
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": _encryption,
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": _public_access,
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": _ownership,
    "aws:s3/bucketPolicy:BucketPolicy": _policy,
    "aws:s3/bucketLogging:BucketLogging": _logging,
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": _lifecycle,
    "aws:s3/bucketNotification:BucketNotification": _notification,
    "aws:s3/bucketMetric:BucketMetric": _metric,
}
