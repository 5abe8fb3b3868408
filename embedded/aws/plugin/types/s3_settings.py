"""The settings of an S3 bucket that are resources of their own; each is one call to put, get and drop it."""

from embedded.aws.plugin.model import Policy
from embedded.aws.plugin.shapes import inverse, pick
from embedded.aws.plugin.types.s3_setting import S3Client, setting
from embedded.aws.plugin.values import Bag

_BLOCKS = {
    "blockPublicAcls": "BlockPublicAcls",
    "blockPublicPolicy": "BlockPublicPolicy",
    "ignorePublicAcls": "IgnorePublicAcls",
    "restrictPublicBuckets": "RestrictPublicBuckets",
}
_KEY = {"sseAlgorithm": "SSEAlgorithm", "kmsMasterKeyId": "KMSMasterKeyID"}
_GRANTEE = {
    "type": "Type",
    "displayName": "DisplayName",
    "emailAddress": "EmailAddress",
    "id": "ID",
    "uri": "URI",
}


def _put_versioning(client: S3Client, bucket: str, new: Bag) -> None:
    """Versioning can be switched on and suspended; a bucket without it is `Disabled`, and no call says so."""
    configuration = new["versioningConfiguration"]
    if configuration["status"] != "Disabled":
        names = {"status": "Status", "mfaDelete": "MFADelete"}
        client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration=pick(configuration, names))


def _get_versioning(client: S3Client, bucket: str) -> Bag:
    """Versioning as it is."""
    live = client.get_bucket_versioning(Bucket=bucket)
    delete = pick(live, {"MFADelete": "mfaDelete"})
    return {"versioningConfiguration": {"status": live.get("Status", "Disabled"), **delete}}


def _drop_versioning(client: S3Client, bucket: str) -> None:
    """Versioning never goes away once it was on; it is suspended."""
    if client.get_bucket_versioning(Bucket=bucket).get("Status") == "Enabled":
        client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Suspended"})


def _put_encryption(client: S3Client, bucket: str, new: Bag) -> None:
    """Default encryption."""
    rules = [
        {
            "ApplyServerSideEncryptionByDefault": pick(
                rule.get("applyServerSideEncryptionByDefault") or {}, _KEY
            ),
            "BucketKeyEnabled": bool(rule.get("bucketKeyEnabled")),
        }
        for rule in new["rules"]
    ]
    client.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": rules})


def _get_encryption(client: S3Client, bucket: str) -> Bag:
    """Default encryption as it is."""
    rules = client.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"]
    return {
        "rules": [
            {
                "applyServerSideEncryptionByDefault": pick(
                    rule.get("ApplyServerSideEncryptionByDefault") or {}, inverse(_KEY)
                ),
                "bucketKeyEnabled": bool(rule.get("BucketKeyEnabled")),
            }
            for rule in rules
        ]
    }


def _put_blocks(client: S3Client, bucket: str, new: Bag) -> None:
    """Put the four public-access blocks; absent ones are off."""
    blocks = {attribute: bool(new.get(name)) for name, attribute in _BLOCKS.items()}
    client.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=blocks)


def _get_blocks(client: S3Client, bucket: str) -> Bag:
    """Return the four public-access blocks as they are."""
    live = client.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]
    return {name: bool(live.get(attribute)) for name, attribute in _BLOCKS.items()}


def _put_ownership(client: S3Client, bucket: str, new: Bag) -> None:
    """Write who owns objects."""
    rule = {"ObjectOwnership": new["rule"]["objectOwnership"]}
    client.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls={"Rules": [rule]})


def _get_ownership(client: S3Client, bucket: str) -> Bag:
    """Return who owns objects."""
    rules = client.get_bucket_ownership_controls(Bucket=bucket)["OwnershipControls"]["Rules"]
    return {"rule": {"objectOwnership": rules[0]["ObjectOwnership"]}}


def _put_logging(client: S3Client, bucket: str, new: Bag) -> None:
    """Access logging."""
    enabled: Bag = {"TargetBucket": new["targetBucket"], "TargetPrefix": new["targetPrefix"]}
    if new.get("targetGrants"):
        enabled["TargetGrants"] = [
            {"Grantee": pick(grant["grantee"], _GRANTEE), "Permission": grant["permission"]}
            for grant in new["targetGrants"]
        ]
    client.put_bucket_logging(Bucket=bucket, BucketLoggingStatus={"LoggingEnabled": enabled})


def _get_logging(client: S3Client, bucket: str) -> Bag | None:
    """Access logging as it is."""
    enabled = client.get_bucket_logging(Bucket=bucket).get("LoggingEnabled")
    if not enabled:
        return None
    grants = [
        {"grantee": pick(grant["Grantee"], inverse(_GRANTEE)), "permission": grant["Permission"]}
        for grant in enabled.get("TargetGrants") or []
    ]
    names = {"TargetBucket": "targetBucket", "TargetPrefix": "targetPrefix"}
    return {"targetPrefix": "", **pick(enabled, names), "targetGrants": grants or None}


MODELS = {
    "aws:s3/bucketVersioning:BucketVersioning": setting(
        "s3_bucket_versioning",
        _put_versioning,
        _get_versioning,
        _drop_versioning,
        computed=frozenset({"versioningConfiguration.mfaDelete"}),
        unread=frozenset({"mfa"}),
    ),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": setting(
        "s3_bucket_server_side_encryption_configuration",
        _put_encryption,
        _get_encryption,
        lambda client, bucket: client.delete_bucket_encryption(Bucket=bucket),
        missing="ServerSideEncryptionConfigurationNotFoundError",
        computed=frozenset({"rules.blockedEncryptionTypes"}),
    ),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": setting(
        "s3_bucket_public_access_block",
        _put_blocks,
        _get_blocks,
        lambda client, bucket: client.delete_public_access_block(Bucket=bucket),
        missing="NoSuchPublicAccessBlockConfiguration",
        owner=False,
        refused=frozenset({"skipDestroy"}),
    ),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": setting(
        "s3_bucket_ownership_controls",
        _put_ownership,
        _get_ownership,
        lambda client, bucket: client.delete_bucket_ownership_controls(Bucket=bucket),
        missing="OwnershipControlsNotFoundError",
        owner=False,
    ),
    "aws:s3/bucketLogging:BucketLogging": setting(
        "s3_bucket_logging",
        _put_logging,
        _get_logging,
        lambda client, bucket: client.put_bucket_logging(Bucket=bucket, BucketLoggingStatus={}),
        sets={"targetGrants": "permission"},
        refused=frozenset({"targetObjectKeyFormat"}),
    ),
    "aws:s3/bucketPolicy:BucketPolicy": setting(
        "s3_bucket_policy",
        lambda client, bucket, new: client.put_bucket_policy(Bucket=bucket, Policy=new["policy"]),
        lambda client, bucket: {"policy": client.get_bucket_policy(Bucket=bucket)["Policy"]},
        lambda client, bucket: client.delete_bucket_policy(Bucket=bucket),
        missing="NoSuchBucketPolicy",
        owner=False,
        texts={"policy": Policy},
    ),
}
