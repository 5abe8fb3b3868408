"""The estate as people left it: what the settings describe, with what hands do to it over the years."""

import json
from typing import Any

import boto3

STATUS = "ai-trade-matching-processing-status"
KEY = "processing_id"
"""The status table's real hash key; every document about it says another."""
_NEVER_BACKED_UP = ("ExceptionsTable", "AgentRegistry")
_NO_DEAD_LETTERS = ("ops-desk", "senior-ops", "compliance", "engineering", "orchestrator-monitoring")
_SYSTEM = "trade-matching-system"


def age(endpoint: str) -> None:
    """Do to the live system by hand what the inventory says was done to it."""
    _Hands(endpoint).work()


class _Hands:
    def __init__(self, endpoint: str) -> None:
        self._endpoint = endpoint

    def _at(self, service: str) -> Any:  # noqa: ANN401 - boto3 makes clients at run time
        return boto3.client(
            service,  # pyright: ignore[reportArgumentType,reportCallIssue]
            endpoint_url=self._endpoint,
            region_name="us-east-1",
            aws_access_key_id="person",
            aws_secret_access_key="person",  # noqa: S106 - the embedded AWS takes any
        )

    def work(self) -> None:
        self._tables()
        self._queues()
        self._extras()

    def _tables(self) -> None:
        tables = self._at("dynamodb")
        for name in _NEVER_BACKED_UP:
            tables.update_continuous_backups(
                TableName=name, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": False}
            )
            arn = tables.describe_table(TableName=name)["Table"]["TableArn"]
            tables.untag_resource(ResourceArn=arn, TagKeys=["Purpose", "ManagedBy"])
        was = tables.describe_table(TableName=STATUS)["Table"]
        tags = tables.list_tags_of_resource(ResourceArn=was["TableArn"])["Tags"]
        tables.update_table(TableName=STATUS, DeletionProtectionEnabled=False)
        tables.delete_table(TableName=STATUS)
        tables.create_table(
            TableName=STATUS,
            AttributeDefinitions=[{"AttributeName": KEY, "AttributeType": "S"}],
            KeySchema=[{"AttributeName": KEY, "KeyType": "HASH"}],
            BillingMode="PAY_PER_REQUEST",
            SSESpecification={"Enabled": True},
            DeletionProtectionEnabled=True,
            Tags=tags,
        )
        tables.update_time_to_live(
            TableName=STATUS, TimeToLiveSpecification={"Enabled": True, "AttributeName": "expiresAt"}
        )
        tables.update_continuous_backups(
            TableName=STATUS,
            PointInTimeRecoverySpecification={
                "PointInTimeRecoveryEnabled": True,
                "RecoveryPeriodInDays": 35,
            },
        )

    def _queues(self) -> None:
        queues = self._at("sqs")
        for url in queues.list_queues(QueueNamePrefix=_SYSTEM)["QueueUrls"]:
            name = url.rpartition("/")[2].removeprefix(f"{_SYSTEM}-")
            if not name.startswith(_NO_DEAD_LETTERS):
                continue
            if "-dlq-" in name:
                queues.delete_queue(QueueUrl=url)
            else:
                queues.set_queue_attributes(QueueUrl=url, Attributes={"RedrivePolicy": ""})

    def _extras(self) -> None:
        """Make what nothing declares: doubled suffixes, shared roles, forgotten tables and queues."""
        self._at("s3").create_bucket(Bucket=f"{_SYSTEM}-agentcore-production-production")
        trust = {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Service": ["bedrock-agentcore.amazonaws.com", "lambda.amazonaws.com"]},
                    "Action": "sts:AssumeRole",
                }
            ],
        }
        for role in ("agentcore-handler-execution-role", "agentcore-s3-proxy-role"):
            self._at("iam").create_role(RoleName=role, AssumeRolePolicyDocument=json.dumps(trust))
        self._at("dynamodb").create_table(
            TableName="BankTradeData-production",
            AttributeDefinitions=[{"AttributeName": "Trade_ID", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "Trade_ID", "KeyType": "HASH"}],
            BillingMode="PAY_PER_REQUEST",
        )
        self._at("sns").create_topic(Name=f"{_SYSTEM}-billing-alerts-production")
        self._at("logs").create_log_group(logGroupName="/aws/lambda/trade-notifier-production")
