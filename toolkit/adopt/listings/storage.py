"""Listings of what holds data: DynamoDB, S3, SQS, SNS, KMS, secrets and parameters."""

from toolkit.adopt.listings.model import Listing, rows

LISTINGS = (
    Listing(
        "aws:dynamodb/table:Table",
        "dynamodb",
        "list_tables",
        "dynamodb:ListTables",
        rows("TableNames[].{id: @, name: @}"),
    ),
    Listing(
        "aws:s3/bucket:Bucket",
        "s3",
        "list_buckets",
        "s3:ListAllMyBuckets",
        rows("Buckets[].{id: Name, bucket: Name, name: Name}"),
        match=("bucket",),
    ),
    Listing(
        "aws:sqs/queue:Queue",
        "sqs",
        "list_queues",
        "sqs:ListQueues",
        rows("QueueUrls[].{id: @, name: @}"),
        arguments={"MaxResults": 1000},  # without it AWS gives the first thousand and no token
    ),
    Listing(
        "aws:sns/topic:Topic",
        "sns",
        "list_topics",
        "sns:ListTopics",
        rows("Topics[].{id: TopicArn, name: TopicArn}"),
    ),
    Listing(
        "aws:sns/topicSubscription:TopicSubscription",
        "sns",
        "list_subscriptions",
        "sns:ListSubscriptions",
        # one that waits for its confirmation has no ARN yet, and cannot be imported
        rows(
            "Subscriptions[?starts_with(SubscriptionArn, 'arn:')].{id: SubscriptionArn, "
            "name: SubscriptionArn, topic: TopicArn, protocol: Protocol, endpoint: Endpoint}"
        ),
        match=("topic", "protocol", "endpoint"),
    ),
    Listing(
        "aws:kms/key:Key",
        "kms",
        "list_keys",
        "kms:ListKeys",
        rows("Keys[].{id: KeyId, name: KeyId}"),
        arguments={"Limit": 1000},  # a hundred otherwise
    ),
    Listing(
        "aws:kms/alias:Alias",
        "kms",
        "list_aliases",
        "kms:ListAliases",
        rows(
            "Aliases[].{id: AliasName, name: AliasName, key: TargetKeyId, "
            "aws: starts_with(AliasName, 'alias/aws/')}"
        ),
    ),
    Listing(
        "aws:secretsmanager/secret:Secret",
        "secretsmanager",
        "list_secrets",
        "secretsmanager:ListSecrets",
        rows("SecretList[].{id: ARN, name: Name, aws: OwningService && `true`}"),
    ),
    Listing(
        "aws:ssm/parameter:Parameter",
        "ssm",
        "describe_parameters",
        "ssm:DescribeParameters",
        rows("Parameters[].{id: Name, name: Name}"),
    ),
)
