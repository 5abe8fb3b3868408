"""Alarms as data: which metric, from where on, what it means, and where the runbook says what to do.

Every metric is one that its service emits; the page is named where the alarm is made. An alarm rings when
`periods` periods in a row are past the threshold.

No data never rings: every metric here counts or measures work, what waits for it or what went wrong with it,
and services emit nothing where there was none (SQS for queues that are inactive, EventBridge for
FailedInvocations that are zero). That work has stopped shows as the age of messages, not as silence: at night
there is none.
"""

from collections.abc import Iterator

from components.observability.agent_alarms import agent_alarms, model_alarms
from components.observability.alarm import Alarm
from components.observability.metrics import Dimensions, Metric, Monitored, bucket_metric, queue_metric
from components.settings.observability import Thresholds


def alarms(monitored: Monitored, limits: Thresholds, runtimes: Dimensions) -> Iterator[Alarm]:
    """Yield every alarm of a stack.

    Args:
        monitored: What is watched.
        limits: From where on alarms ring.
        runtimes: ARNs of agents' runtimes, of agents that have one.
    """
    yield from _queues(monitored, limits)
    yield from _tables(monitored)
    yield from _bucket(monitored, limits)
    yield from model_alarms(monitored, limits)
    for name, arn in runtimes.items():
        yield from agent_alarms(name, monitored.agents[name], arn, limits)
    yield from _ingest(monitored)


def _queues(monitored: Monitored, limits: Thresholds) -> Iterator[Alarm]:
    depth, age = "ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage"
    for key, queue in monitored.queues.items():
        yield Alarm(
            f"{key}-depth",
            "queue-depth",
            f"More messages wait in {queue.name} than its consumer works off.",
            (queue_metric(queue.name, depth),),
            limits.queue_messages,
            periods=3,
        )
        yield Alarm(
            f"{key}-age",
            "queue-age",
            f"The oldest message in {queue.name} waits too long: its consumer is slow or has stopped.",
            (queue_metric(queue.name, age),),
            limits.message_age_seconds,
            periods=2,
        )
        yield Alarm(
            f"{key}-dead-letters",
            "dead-letters",
            f"A message of {queue.name} failed for good and lies in {queue.dead_letter_name}.",
            (queue_metric(queue.dead_letter_name, depth),),
            0,
        )


def _tables(monitored: Monitored) -> Iterator[Alarm]:
    """Yield the alarms of tables; SystemErrors come by operation.

    Source: DynamoDB developer guide, "DynamoDB metrics and dimensions".
    """
    for key, table in monitored.tables.items():
        dimensions = {"TableName": table.name}
        throttles = ("ReadThrottleEvents", "WriteThrottleEvents")
        yield Alarm(
            f"{key}-throttles",
            "table-throttles",
            f"DynamoDB refuses reads or writes of {table.name}: too many for one key, or for the account.",
            tuple(Metric("AWS/DynamoDB", name, dimensions, "Sum") for name in throttles),
            0,
            periods=2,
        )
        operations = monitored.operations[key]
        if operations:
            yield Alarm(
                f"{key}-system-errors",
                "table-errors",
                f"DynamoDB fails on its own side for {table.name}.",
                tuple(
                    Metric("AWS/DynamoDB", "SystemErrors", {**dimensions, "Operation": operation}, "Sum")
                    for operation in operations
                ),
                0,
                periods=2,
            )


def _bucket(monitored: Monitored, limits: Thresholds) -> Iterator[Alarm]:
    yield Alarm(
        "documents-client-errors",
        "bucket-client-errors",
        "The documents bucket refuses many requests: a missing permission, or objects that are not there.",
        (bucket_metric(monitored.documents, "4xxErrors"),),
        limits.client_errors,
    )
    yield Alarm(
        "documents-server-errors",
        "bucket-server-errors",
        "S3 fails on its own side for the documents bucket.",
        (bucket_metric(monitored.documents, "5xxErrors"),),
        0,
        periods=2,
    )


def _ingest(monitored: Monitored) -> Iterator[Alarm]:
    """Yield the alarms of rules (EventBridge user guide, "Monitoring Amazon EventBridge")."""
    for prefix, rule in monitored.rules.items():
        yield Alarm(
            f"arrivals-{prefix}-failures",
            "arrivals",
            f"New documents of {prefix} do not reach the queue.",
            (Metric("AWS/Events", "FailedInvocations", {"RuleName": rule}, "Sum"),),
            0,
        )
