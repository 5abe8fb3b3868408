"""What IAM calls each operation of AWS."""

# Operations whose IAM action has another name: the service authorization reference, by service
_OTHERWISE = {
    "sts:GetCallerIdentity": "",  # needs no permission
    "s3:ListBuckets": "s3:ListAllMyBuckets",
    "s3:HeadBucket": "s3:ListBucket",
    "s3:ListObjects": "s3:ListBucket",
    "s3:ListObjectsV2": "s3:ListBucket",
    "s3:CopyObject": "s3:PutObject",
    "s3:HeadObject": "s3:GetObject",
    "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
    "s3:GetBucketLifecycleConfiguration": "s3:GetLifecycleConfiguration",
    "s3:GetBucketLifecycle": "s3:GetLifecycleConfiguration",
    "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
    "s3:GetObjectLockConfiguration": "s3:GetBucketObjectLockConfiguration",
    "s3:GetBucketNotificationConfiguration": "s3:GetBucketNotification",
    "s3:GetBucketReplication": "s3:GetReplicationConfiguration",
    "s3:GetBucketAccelerateConfiguration": "s3:GetAccelerateConfiguration",
    "s3:GetBucketCors": "s3:GetBucketCORS",
    "s3:GetBucketMetricsConfiguration": "s3:GetMetricsConfiguration",
    "s3:PutBucketEncryption": "s3:PutEncryptionConfiguration",
    "s3:PutBucketLifecycle": "s3:PutLifecycleConfiguration",
    "s3:PutBucketLifecycleConfiguration": "s3:PutLifecycleConfiguration",
    "s3:PutPublicAccessBlock": "s3:PutBucketPublicAccessBlock",
    "s3:PutBucketMetricsConfiguration": "s3:PutMetricsConfiguration",
    "s3:DeleteBucketMetricsConfiguration": "s3:PutMetricsConfiguration",
    "s3:PutBucketNotificationConfiguration": "s3:PutBucketNotification",
    "s3:DeleteBucketTagging": "s3:PutBucketTagging",
    **{
        f"budgets:{one}": "budgets:ViewBudget"
        for one in (
            "DescribeBudget",
            "DescribeBudgets",
            "DescribeNotificationsForBudget",
            "DescribeSubscribersForNotification",
        )
    },
    **{
        f"budgets:{one}": "budgets:ModifyBudget"
        for one in ("CreateBudget", "CreateNotification", "DeleteBudget", "UpdateBudget")
    },
    "iam:ListOpenIdConnectProviders": "iam:ListOpenIDConnectProviders",
    "resourcegroupstaggingapi:GetResources": "tag:GetResources",
}
_SERVICES = {"bedrock-agentcore-control": "bedrock-agentcore"}


def action(call: str) -> str:
    """Give the IAM action of an operation; empty if it needs none."""
    service, name = call.split(":")
    if service == "apigatewayv2":
        return "apigateway:GET"
    return _OTHERWISE.get(call, f"{_SERVICES.get(service, service)}:{name}")
