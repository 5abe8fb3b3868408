"""The estate as people left it: what the settings describe, made by hands that forget, and more besides."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from examples.estate.manual_setup.creation import make
from examples.estate.manual_setup.model import Hands, Inputs, Wanted

STATUS = "ai-trade-matching-processing-status"
KEY = "processing_id"
"""The status table's real hash key; every document about it says another."""
_NEVER_BACKED_UP = ("ExceptionsTable", "AgentRegistry")
_NO_DEAD_LETTERS = ("ops-desk", "senior-ops", "compliance", "engineering", "orchestrator-monitoring")
_SYSTEM = "trade-matching-system"
_NEVER_MADE = (
    # components of which there is nothing
    *("Keys$", "Ingest$", "AuditTrail$", "Cost$", "Observability$aws:sns/", "Observability$aws:s3/"),
    *("Observability$aws:cloudwatch/metricAlarm:", "Observability$aws:cloudwatch/dashboard:"),
    # Who made queues and the bucket wrote no policy for them, and what roles may do came from what they share
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


def made_by_hand(endpoint: str, described: Iterable[Wanted]) -> int:
    """Make the estate in an empty account, call by call.

    Args:
        endpoint: Where the account is.
        described: What the settings describe.

    Returns:
        How many resources of those described were made.
    """
    hands = make(endpoint, _remembered(described))
    _extras(hands)
    return len(hands.made)


def _remembered(described: Iterable[Wanted]) -> Iterator[Wanted]:
    """Give what was made of what is described, as it was made."""
    for one in described:
        if not any(part in one.urn for part in _NEVER_MADE):
            yield replace(one, inputs=_HABITS.get(one.type, _as_it_is)(dict(one.inputs)))


def _as_it_is(inputs: Inputs) -> Inputs:
    return inputs


def _table(inputs: Inputs) -> Inputs:
    made = {**inputs, "deletionProtectionEnabled": False}
    if inputs["name"] in _NEVER_BACKED_UP:
        made |= {"pointInTimeRecovery": None, "tags": {"Project": _SYSTEM}}
    if inputs["name"] == STATUS:
        made |= {"hashKey": KEY, "attributes": [{"name": KEY, "type": "S"}]}
    return made


def _role(inputs: Inputs) -> Inputs:
    return {**inputs, "assumeRolePolicy": _TRUST}


def _repository(inputs: Inputs) -> Inputs:
    """As AgentCore's toolkit makes it."""
    never = {"imageScanningConfiguration": {"scanOnPush": False}, "imageTagMutability": "MUTABLE"}
    return {**inputs, **never, "tags": {}}


def _log_group(inputs: Inputs) -> Inputs:
    return {**inputs, "retentionInDays": None, "tags": {}}


def _bucket_policy(inputs: Inputs) -> Inputs:
    """As the console writes it for access logs, which then arrive."""
    document = json.loads(inputs["policy"])
    kept = [one for one in document["Statement"] if "logging.s3" in str(one["Principal"])]
    return {**inputs, "policy": json.dumps({**document, "Statement": kept})}


_HABITS = {
    "aws:s3/bucketPolicy:BucketPolicy": _bucket_policy,
    "aws:dynamodb/table:Table": _table,
    "aws:iam/role:Role": _role,
    "aws:ecr/repository:Repository": _repository,
    "aws:cloudwatch/logGroup:LogGroup": _log_group,
}


def _extras(hands: Hands) -> None:
    """Make what nothing declares: doubled suffixes, shared roles, forgotten tables, topics and logs."""
    hands.at("s3").create_bucket(Bucket=f"{_SYSTEM}-agentcore-production-production")
    for role in ("agentcore-handler-execution-role", "agentcore-s3-proxy-role"):
        hands.at("iam").create_role(RoleName=role, AssumeRolePolicyDocument=_TRUST)
    hands.at("dynamodb").create_table(
        TableName="BankTradeData-production",
        AttributeDefinitions=[{"AttributeName": "Trade_ID", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "Trade_ID", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
    )
    hands.at("sns").create_topic(Name=f"{_SYSTEM}-billing-alerts-production")
    hands.at("logs").create_log_group(logGroupName="/aws/lambda/trade-notifier-production")
