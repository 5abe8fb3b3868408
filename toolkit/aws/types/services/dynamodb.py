"""Types of DynamoDB."""

from toolkit.aws.types.import_ids import NAME, joined
from toolkit.aws.types.listing import Listing, rows
from toolkit.aws.types.model import AwsType
from toolkit.aws.types.parts import ConsolePage, Cost, Delivery, Loss, ProviderFacts, actions

TYPES: tuple[AwsType, ...] = (
    AwsType(
        "aws:dynamodb/globalTable:GlobalTable",
        loss=Loss("id", "its replicas would be lost"),
    ),
    AwsType(
        "aws:dynamodb/kinesisStreamingDestination:KinesisStreamingDestination",
        import_id=joined("tableName", "streamArn", by=","),
        reads=actions("dynamodb", "DescribeKinesisStreamingDestination"),
    ),
    AwsType(
        "aws:dynamodb/resourcePolicy:ResourcePolicy",
        import_id=joined("resourceArn"),
        reads=actions("dynamodb", "GetResourcePolicy"),
    ),
    AwsType(
        "aws:dynamodb/table:Table",
        import_id=NAME,
        listing=Listing(
            "dynamodb",
            "list_tables",
            "dynamodb:ListTables",
            rows("TableNames[].{id: @, name: @}"),
        ),
        holds_data=True,
        protect="it holds data",
        retain=True,
        loss=Loss("data", "its items would be lost"),
        provider=ProviderFacts(
            (
                "dynamodb/table.go",
                "https://www.pulumi.com/registry/packages/aws/api-docs/dynamodb/table/ (autoscaling)",
                "https://github.com/hashicorp/terraform-provider-aws/issues/10304",
            ),
            defaults={"billingMode": "PROVISIONED", "deletionProtectionEnabled": False},
            moving=("readCapacity", "writeCapacity"),
            blocks={"ttl": "enabled"},
        ),
        reads=actions(
            "dynamodb",
            (
                "DescribeContinuousBackups DescribeContributorInsights "
                "DescribeKinesisStreamingDestination DescribeTable DescribeTimeToLive "
                "GetResourcePolicy ListTagsOfResource"
            ),
        ),
        delivery=Delivery(
            "tables",
            "dynamodb/table.go; DynamoDB developer guide, Encryption at rest: authorizing",
            create=(
                *actions("dynamodb", "CreateTable TagResource UpdateContinuousBackups UpdateTimeToLive"),
                *actions(
                    "kms", "CreateGrant Decrypt DescribeKey Encrypt GenerateDataKey ReEncryptFrom ReEncryptTo"
                ),
            ),
            update=(
                *actions(
                    "dynamodb",
                    "TagResource UntagResource UpdateContinuousBackups UpdateTable UpdateTimeToLive",
                ),
                *actions(
                    "kms", "CreateGrant Decrypt DescribeKey Encrypt GenerateDataKey ReEncryptFrom ReEncryptTo"
                ),
            ),
            documented=(
                *actions(
                    "dynamodb",
                    "DescribeContributorInsights DescribeKinesisStreamingDestination GetResourcePolicy",
                ),
                *actions("kms", "CreateGrant Decrypt Encrypt GenerateDataKey ReEncryptFrom ReEncryptTo"),
            ),
            kept="its items may be nowhere else",
        ),
        console=ConsolePage("/dynamodbv2/home?region={region}#table?name={name}"),
        cost=Cost(
            "by requests, storage, indexes and backups",
            properties=(
                "billingMode",
                "globalSecondaryIndexes",
                "pointInTimeRecovery",
                "readCapacity",
                "replicas",
                "streamEnabled",
                "tableClass",
                "writeCapacity",
            ),
        ),
    ),
    AwsType(
        "aws:dynamodb/tag:Tag",
        import_id=joined("resourceArn", "key", by=","),
        reads=actions("dynamodb", "ListTagsOfResource"),
    ),
)
