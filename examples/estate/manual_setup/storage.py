"""Tables, buckets and repositories of images, by hand."""

import json

from examples.estate.manual_setup.model import Hands, Made, Make, Wanted, plain, tags


def table(hands: Hands, one: Wanted) -> Made:
    """Make a table, then switch on what has a switch of its own."""
    given, tables = one.inputs, hands.at("dynamodb")
    ranged = [{"AttributeName": given["rangeKey"], "KeyType": "RANGE"}] if given.get("rangeKey") else []
    encrypted = given.get("serverSideEncryption") or {}
    key = hands.known(one, "serverSideEncryption", "arn") if encrypted.get("kmsKeyArn") else None
    with_key = {"SSEType": "KMS", "KMSMasterKeyId": key} if key else {}
    made = tables.create_table(
        TableName=given["name"],
        AttributeDefinitions=[
            {"AttributeName": each["name"], "AttributeType": each["type"]} for each in given["attributes"]
        ],
        KeySchema=[{"AttributeName": given["hashKey"], "KeyType": "HASH"}, *ranged],
        BillingMode=given["billingMode"],
        DeletionProtectionEnabled=bool(given.get("deletionProtectionEnabled")),
        Tags=tags(given),
        **({"SSESpecification": {"Enabled": True, **with_key}} if encrypted.get("enabled") else {}),
    )["TableDescription"]
    recovery = given.get("pointInTimeRecovery") or {}
    if recovery.get("enabled"):
        days = {"RecoveryPeriodInDays": recovery["recoveryPeriodInDays"]}
        tables.update_continuous_backups(
            TableName=given["name"],
            PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True, **days},
        )
    if given.get("ttl"):
        tables.update_time_to_live(
            TableName=given["name"],
            TimeToLiveSpecification={"Enabled": True, "AttributeName": given["ttl"]["attributeName"]},
        )
    return {"id": given["name"], "arn": made["TableArn"]}


def bucket(hands: Hands, one: Wanted) -> Made:
    """Make a bucket; each of its settings is made by itself."""
    name = one.inputs["bucket"]
    hands.at("s3").create_bucket(Bucket=name)
    if one.inputs.get("tags"):
        hands.at("s3").put_bucket_tagging(Bucket=name, Tagging={"TagSet": tags(one.inputs)})
    return {"id": name, "arn": f"arn:aws:s3:::{name}"}


def _versioning(hands: Hands, one: Wanted) -> Made:
    status = {"Status": one.inputs["versioningConfiguration"]["status"]}
    hands.at("s3").put_bucket_versioning(Bucket=one.inputs["bucket"], VersioningConfiguration=status)
    return {}


def _encryption(hands: Hands, one: Wanted) -> Made:
    (rule,) = one.inputs["rules"]
    by = rule["applyServerSideEncryptionByDefault"]
    key = {"KMSMasterKeyID": hands.known(one, "rules", "arn")} if by.get("kmsMasterKeyId") else {}
    hands.at("s3").put_bucket_encryption(
        Bucket=one.inputs["bucket"],
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


def _public_access(hands: Hands, one: Wanted) -> Made:
    names = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
    blocked = {name: one.inputs[name[0].lower() + name[1:]] for name in names}
    hands.at("s3").put_public_access_block(
        Bucket=one.inputs["bucket"], PublicAccessBlockConfiguration=blocked
    )
    return {}


def _ownership(hands: Hands, one: Wanted) -> Made:
    rules = [{"ObjectOwnership": one.inputs["rule"]["objectOwnership"]}]
    hands.at("s3").put_bucket_ownership_controls(
        Bucket=one.inputs["bucket"], OwnershipControls={"Rules": rules}
    )
    return {}


def _policy(hands: Hands, one: Wanted) -> Made:
    hands.at("s3").put_bucket_policy(Bucket=one.inputs["bucket"], Policy=one.inputs["policy"])
    return {}


def _logging(hands: Hands, one: Wanted) -> Made:
    target = {"TargetBucket": one.inputs["targetBucket"], "TargetPrefix": one.inputs["targetPrefix"]}
    hands.at("s3").put_bucket_logging(
        Bucket=one.inputs["bucket"], BucketLoggingStatus={"LoggingEnabled": target}
    )
    return {}


def _lifecycle(hands: Hands, one: Wanted) -> Made:
    rules = []
    for rule in plain(one.inputs["rules"]):
        made = {"ID": rule["id"], "Status": rule["status"]}
        made["Filter"] = {"Prefix": (rule.get("filter") or {}).get("prefix") or ""}
        if rule.get("transitions"):
            made["Transitions"] = [
                {"Days": each["days"], "StorageClass": each["storageClass"]} for each in rule["transitions"]
            ]
        if rule.get("expiration"):
            made["Expiration"] = {"Days": rule["expiration"]["days"]}
        if rule.get("noncurrentVersionExpiration"):
            gone = {"NoncurrentDays": rule["noncurrentVersionExpiration"]["noncurrentDays"]}
            made["NoncurrentVersionExpiration"] = gone
        if rule.get("abortIncompleteMultipartUpload"):
            after = rule["abortIncompleteMultipartUpload"]["daysAfterInitiation"]
            made["AbortIncompleteMultipartUpload"] = {"DaysAfterInitiation": after}
        rules.append(made)
    hands.at("s3").put_bucket_lifecycle_configuration(
        Bucket=one.inputs["bucket"], LifecycleConfiguration={"Rules": rules}
    )
    return {}


def _notification(hands: Hands, one: Wanted) -> Made:
    events = {"EventBridgeConfiguration": {}} if one.inputs.get("eventbridge") else {}
    hands.at("s3").put_bucket_notification_configuration(
        Bucket=one.inputs["bucket"], NotificationConfiguration=events
    )
    return {}


def _metric(hands: Hands, one: Wanted) -> Made:
    part = {"Filter": {"Prefix": one.inputs["filter"]["prefix"]}} if one.inputs.get("filter") else {}
    hands.at("s3").put_bucket_metrics_configuration(
        Bucket=one.inputs["bucket"],
        Id=one.inputs["name"],
        MetricsConfiguration={"Id": one.inputs["name"], **part},
    )
    return {}


def repository(hands: Hands, one: Wanted) -> Made:
    """Make a repository of images."""
    given = one.inputs
    made = hands.at("ecr").create_repository(
        repositoryName=given["name"],
        imageTagMutability=given["imageTagMutability"],
        imageScanningConfiguration={"scanOnPush": given["imageScanningConfiguration"]["scanOnPush"]},
        **_encrypted(hands, one),
        tags=tags(given),
    )["repository"]
    return {"id": given["name"], "arn": made["repositoryArn"]}


def _encrypted(hands: Hands, one: Wanted) -> dict[str, dict[str, str | None]]:
    """Give how images are encrypted; AWS's own way needs no word."""
    given = one.inputs["encryptionConfigurations"][0]
    if given["encryptionType"] == "AES256":
        return {}
    key = {"kmsKey": hands.known(one, "encryptionConfigurations", "arn")} if given.get("kmsKey") else {}
    return {"encryptionConfiguration": {"encryptionType": given["encryptionType"], **key}}


def _images(hands: Hands, one: Wanted) -> Made:
    text = json.dumps(json.loads(one.inputs["policy"]), indent=2)  # as a person pastes it
    hands.at("ecr").put_lifecycle_policy(repositoryName=one.inputs["repository"], lifecyclePolicyText=text)
    return {}


MAKE: dict[str, Make] = {
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
    "aws:ecr/repository:Repository": repository,
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": _images,
}
