"""The estate as people left it: what the settings describe, created by hand with gaps, and more besides."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from examples.estate.manual_setup.creation import create_resources
from examples.estate.manual_setup.model import Console, Inputs, PlannedResource

STATUS = "ai-trade-matching-processing-status"
KEY = "processing_id"
"""The status table's real hash key; every document about it says another."""
_NEVER_BACKED_UP = ("ExceptionsTable", "AgentRegistry")
_NO_DEAD_LETTERS = ("ops-desk", "senior-ops", "compliance", "engineering", "orchestrator-monitoring")
_SYSTEM = "trade-matching-system"
_NEVER_CREATED = (
    # components of which nothing was created
    *("Keys$", "Ingest$", "AuditTrail$", "Cost$", "Observability$aws:sns/", "Observability$aws:s3/"),
    *("Observability$aws:cloudwatch/metricAlarm:", "Observability$aws:cloudwatch/dashboard:"),
    # queues and the bucket have no policy, and roles have their permissions from shared policies
    *("aws:sqs/queuePolicy:", "aws:sqs/redriveAllowPolicy:", "::documents-policy", "aws:iam/rolePolicy:"),
    "aws:ecr/lifecyclePolicy:",
    *(f"::{queue}-{part}" for queue in _NO_DEAD_LETTERS for part in ("dlq", "redrive")),
)
_TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": ["bedrock-agentcore.amazonaws.com", "lambda.amazonaws.com"]},
                "Action": "sts:AssumeRole",
            }
        ],
    }
)


def set_up_by_hand(endpoint: str, planned: Iterable[PlannedResource]) -> int:
    """Create the estate in an empty account, call by call.

    Args:
        endpoint: URL of the account.
        planned: The resources that the settings describe.

    Returns:
        The number of planned resources that were created.
    """
    console = create_resources(endpoint, _as_people_made_it(planned))
    _create_extras(console)
    return len(console.created)


def _as_people_made_it(planned: Iterable[PlannedResource]) -> Iterator[PlannedResource]:
    """Yield the planned resources that people created, with the settings that they chose."""
    for resource in planned:
        if not any(part in resource.urn for part in _NEVER_CREATED):
            change = _HABITS.get(resource.type, _as_planned)
            yield replace(resource, inputs=change(dict(resource.inputs)))


def _as_planned(inputs: Inputs) -> Inputs:
    return inputs


def _table(inputs: Inputs) -> Inputs:
    table = {**inputs, "deletionProtectionEnabled": False}
    if inputs["name"] in _NEVER_BACKED_UP:
        table |= {"pointInTimeRecovery": None, "tags": {"Project": _SYSTEM}}
    if inputs["name"] == STATUS:
        table |= {"hashKey": KEY, "attributes": [{"name": KEY, "type": "S"}]}
    return table


def _role(inputs: Inputs) -> Inputs:
    return {**inputs, "assumeRolePolicy": _TRUST}


def _repository(inputs: Inputs) -> Inputs:
    """Return a repository as AgentCore's toolkit creates it."""
    defaults = {"imageScanningConfiguration": {"scanOnPush": False}, "imageTagMutability": "MUTABLE"}
    return {**inputs, **defaults, "tags": {}}


def _log_group(inputs: Inputs) -> Inputs:
    return {**inputs, "retentionInDays": None, "tags": {}}


def _bucket_policy(inputs: Inputs) -> Inputs:
    """Return the policy as the console writes it for access logs."""
    document = json.loads(inputs["policy"])
    statements = [
        statement for statement in document["Statement"] if "logging.s3" in str(statement["Principal"])
    ]
    return {**inputs, "policy": json.dumps({**document, "Statement": statements})}


_HABITS = {
    "aws:s3/bucketPolicy:BucketPolicy": _bucket_policy,
    "aws:dynamodb/table:Table": _table,
    "aws:iam/role:Role": _role,
    "aws:ecr/repository:Repository": _repository,
    "aws:cloudwatch/logGroup:LogGroup": _log_group,
}


def _create_extras(console: Console) -> None:
    """Create what nothing declares: doubled suffixes, shared roles, forgotten tables, topics and logs."""
    console.client("s3").create_bucket(Bucket=f"{_SYSTEM}-agentcore-production-production")
    for role in ("agentcore-handler-execution-role", "agentcore-s3-proxy-role"):
        console.client("iam").create_role(RoleName=role, AssumeRolePolicyDocument=_TRUST)
    console.client("dynamodb").create_table(
        TableName="BankTradeData-production",
        AttributeDefinitions=[{"AttributeName": "Trade_ID", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "Trade_ID", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
    )
    console.client("sns").create_topic(Name=f"{_SYSTEM}-billing-alerts-production")
    console.client("logs").create_log_group(logGroupName="/aws/lambda/trade-notifier-production")
