"""Who may use the stack's own key: only those who need it for what the settings encrypt with it."""

from collections.abc import Iterator, Sequence

from components.bucket_policy import CLOUDTRAIL
from components.grants import Need
from components.naming import Naming
from components.settings import Settings
from components.settings.fields import STACK_KEY
from components.statements import Statement

_USE = ["kms:Decrypt", "kms:GenerateDataKey"]
_STORES = ("dynamodb", "s3", "sqs")
"""Services through which agents come to what is encrypted."""


def key_access(settings: Settings, naming: Naming) -> list[Statement]:
    """Return the statements of the key's policy.

    The account may administer the key through IAM, as it must, or the key could be lost (KMS developer
    guide, "Default key policy"). Roles of agents and accounts that read documents use it through the services
    that hold the data; AWS's own services use it for what of this account they encrypt. Who has nothing to do
    with what is set to stack-key is not named. Amazon ECR is not named either: it works by grants, which
    whoever makes the repository gives it (Amazon ECR user guide, "Encryption at rest").
    """
    return [
        administered(naming),
        *_by_agents(settings, naming),
        *_by_readers(settings, naming),
        *_by_services("UsedByPublishersOfAlarms", _publishers_with_key(settings), naming),
        *_by_services("UsedBySendersToQueues", _senders(settings), naming),
        *_by_logs(settings, naming),
        *_by_trails(settings, naming),
    ]


def administered(naming: Naming) -> Statement:
    """Return the statement that lets the account's IAM policies say who may do what with a key."""
    return {
        "Sid": "AdministeredByTheAccount",
        "Effect": "Allow",
        "Principal": {"AWS": naming.account_root(naming.account)},
        "Action": "kms:*",
        "Resource": "*",
    }


def publishers(settings: Settings) -> list[str]:
    """Return the services that publish to the topic of alarms.

    Source: SNS developer guide, "Enable compatibility between event sources from AWS services and encrypted
    topics".
    """
    if settings.observability is None:
        return []
    cost, services = settings.cost, ["cloudwatch.amazonaws.com"]
    services += ["budgets.amazonaws.com"] if cost else []
    services += ["costalerts.amazonaws.com"] if cost and cost.anomalies else []
    return sorted(services)


def _by_agents(settings: Settings, naming: Naming) -> Iterator[Statement]:
    """Yield who of the agents uses the key through which service, for what they may use themselves."""
    for service in _STORES:
        roles = sorted(
            naming.role(agent.role_name)
            for key, agent in settings.agents.items()
            if any(_store_with_key(need, settings) == service for need in settings.needs(key))
        )
        if roles:
            yield {
                "Sid": f"UsedByAgentsThrough{service.capitalize()}",
                "Effect": "Allow",
                "Principal": {"AWS": roles},
                "Action": _USE,
                "Resource": "*",
                "Condition": {"StringEquals": {"kms:ViaService": naming.service_in_region(service)}},
            }


def _store_with_key(need: Need, settings: Settings) -> str | None:
    """Return the service that a need goes through, if what it is about is encrypted with the key."""
    if need.kind == "table":
        table = settings.tables[need.target]
        return "dynamodb" if (table.encryption or settings.encryption.tables) == STACK_KEY else None
    if need.kind == "prefix":
        return "s3" if _documents_with_key(settings) else None
    return "sqs" if need.kind == "queue" and settings.encryption.queues == STACK_KEY else None


def _documents_with_key(settings: Settings) -> bool:
    return (settings.documents.encryption or settings.encryption.buckets) == STACK_KEY


def _by_readers(settings: Settings, naming: Naming) -> Iterator[Statement]:
    """Yield the accounts that read documents: without the key they get them encrypted.

    The encryption context is the bucket, or the object where its writer went without the bucket's own key
    (S3 user guide, "Reducing the cost of SSE-KMS with Amazon S3 Bucket Keys"; for other accounts: KMS
    developer guide, "Allow users in other accounts to use a KMS key").
    """
    accounts = {reader.account_id for reader in settings.documents.cross_account_readers}
    if accounts and _documents_with_key(settings):
        bucket = settings.documents.name
        yield {
            "Sid": "UsedByAccountsThatReadDocuments",
            "Effect": "Allow",
            "Principal": {"AWS": sorted(map(naming.account_root, accounts))},
            "Action": "kms:Decrypt",
            "Resource": "*",
            "Condition": {
                "StringEquals": {"kms:ViaService": naming.service_in_region("s3")},
                "StringLike": {
                    "kms:EncryptionContext:aws:s3:arn": [naming.bucket(bucket), naming.objects(bucket)]
                },
            },
        }


def _publishers_with_key(settings: Settings) -> list[str]:
    observability = settings.observability
    return publishers(settings) if observability and observability.topic_key == STACK_KEY else []


def _senders(settings: Settings) -> list[str]:
    """Return the services that send to queues, where those are encrypted with the key.

    Source: SQS developer guide, "Configure KMS permissions for AWS services".
    """
    if settings.encryption.queues != STACK_KEY:
        return []
    services = ["sns.amazonaws.com"] if any(queue.topics for queue in settings.queues.values()) else []
    if settings.ingest:
        by_rules = settings.queues[settings.ingest.queue].fifo
        services.append("events.amazonaws.com" if by_rules else "s3.amazonaws.com")
    return sorted(services)


def _by_services(sid: str, services: Sequence[str], naming: Naming) -> Iterator[Statement]:
    if services:
        yield {
            "Sid": sid,
            "Effect": "Allow",
            "Principal": {"Service": services},
            "Action": _USE,
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:SourceAccount": naming.account}},
        }


def _by_logs(settings: Settings, naming: Naming) -> Iterator[Statement]:
    """Yield CloudWatch Logs (user guide, "Encrypt log data in CloudWatch Logs using KMS")."""
    observability, trail = settings.observability, settings.audit_trail
    chosen = (observability.log_key if observability else None, trail.encryption if trail else None)
    if STACK_KEY in chosen:
        yield {
            "Sid": "UsedByLogGroups",
            "Effect": "Allow",
            "Principal": {"Service": naming.service_in_region("logs")},
            "Action": [
                "kms:Decrypt",
                "kms:DescribeKey",
                "kms:Encrypt",
                "kms:GenerateDataKey",
                "kms:GenerateDataKeyWithoutPlaintext",
                "kms:ReEncryptFrom",
                "kms:ReEncryptTo",
            ],
            "Resource": "*",
            "Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": naming.log_groups()}},
        }


def _by_trails(settings: Settings, naming: Naming) -> Iterator[Statement]:
    """Yield CloudTrail, for the audit trail alone.

    Source: CloudTrail user guide, "Configure AWS KMS key policies for CloudTrail".

    Decrypt is what it needs to put files into a bucket that has a bucket key, as the audit bucket does.
    """
    trail = settings.audit_trail
    if trail and trail.encryption == STACK_KEY:
        yield {
            "Sid": "UsedByTheAuditTrail",
            "Effect": "Allow",
            "Principal": {"Service": CLOUDTRAIL},
            "Action": ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:SourceArn": naming.trail(trail.name)}},
        }
