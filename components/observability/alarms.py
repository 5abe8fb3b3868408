"""Alarms as data: which metric, from where on, what it means, and where the runbook says what to do.

Every metric is one that its service emits; the page is named where the alarm is made. An alarm rings when
`periods` periods in a row are past the threshold.

No data never rings: every metric here counts or measures work, what waits for it or what went wrong with it,
and services emit nothing where there was none (SQS for queues that are inactive, EventBridge for
FailedInvocations that are zero). That work has stopped shows as the age of messages, not as silence: at night
there is none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import pulumi

from components.ingest import rule_name
from components.naming import ENDPOINT, SERVICE_ENDPOINT
from components.settings import Settings
from components.settings.declarations import called
from components.settings.ingest import IngestSettings
from components.settings.observability import Thresholds

Dimensions = Mapping[str, pulumi.Input[str]]
FIVE_MINUTES = 300
HOUR = 3600
FILTER = "entire"
"""Id of the request metrics of the whole documents bucket."""
AGENT_CALL = "InvokeAgentRuntime"
"""What AgentCore calls a call of an agent."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric of one thing.

    Attributes:
        namespace: Its namespace.
        name: Its name.
        dimensions: Which thing; all of the dimensions that the service emits it with.
        statistic: How a period's values become one: a statistic, or a percentile such as `p95`.
    """

    namespace: str
    name: str
    dimensions: Dimensions
    statistic: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm.

    Attributes:
        key: Its logical name, and the end of its physical one.
        kind: The section of docs/runbooks.md.
        meaning: What it means, in one sentence.
        metrics: What is watched; several become one as `combined` says.
        threshold: It rings above this.
        period: Seconds.
        periods: How many in a row.
        combined: What becomes of several metrics; percentiles cannot be added.
    """

    key: str
    kind: str
    meaning: str
    metrics: tuple[Metric, ...]
    threshold: float
    period: int = FIVE_MINUTES
    periods: int = 1
    combined: Literal["sum", "max"] = "sum"


def alarms(settings: Settings, limits: Thresholds, runtimes: Dimensions) -> Iterator[Alarm]:
    """Give every alarm of a stack.

    Args:
        settings: All settings.
        limits: From where on alarms ring.
        runtimes: ARNs of agents' runtimes, of agents that have one.
    """
    yield from _queues(settings, limits)
    yield from _tables(settings)
    yield from _bucket(settings, limits)
    yield from _models(settings, limits)
    for agent, arn in runtimes.items():
        yield from _agent(agent, settings, arn, limits)
    arrivals = settings.ingest
    if arrivals and settings.queues[arrivals.queue].fifo:
        yield from _arrivals(arrivals)


def queue_metric(physical: str, name: str, statistic: str = "Maximum") -> Metric:
    """Give a queue's metric (SQS developer guide, "Available CloudWatch metrics for Amazon SQS")."""
    return Metric("AWS/SQS", name, {"QueueName": physical}, statistic)


def _queues(settings: Settings, limits: Thresholds) -> Iterator[Alarm]:
    depth, age = "ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage"
    for key, queue in settings.queues.items():
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


def _tables(settings: Settings) -> Iterator[Alarm]:
    """DynamoDB developer guide, "DynamoDB metrics and dimensions"; SystemErrors are told by operation."""
    for key, table in settings.tables.items():
        own = {"TableName": table.name}
        throttles = ("ReadThrottleEvents", "WriteThrottleEvents")
        yield Alarm(
            f"{key}-throttles",
            "table-throttles",
            f"DynamoDB refuses reads or writes of {table.name}: too many for one key, or for the account.",
            tuple(Metric("AWS/DynamoDB", name, own, "Sum") for name in throttles),
            0,
            periods=2,
        )
        operations = operations_on(settings, key)
        if operations:
            yield Alarm(
                f"{key}-system-errors",
                "table-errors",
                f"DynamoDB fails on its own side for {table.name}.",
                tuple(
                    Metric("AWS/DynamoDB", "SystemErrors", {**own, "Operation": one}, "Sum")
                    for one in operations
                ),
                0,
                periods=2,
            )


def operations_on(settings: Settings, table: str) -> list[str]:
    """Give the operations that agents use on a table, which are those that emit its errors."""
    used = {
        action.partition(":")[2]
        for agent in settings.agents
        for need in settings.needs(agent)
        if need.kind == "table" and need.target == table
        for action in need.actions
    }
    return sorted(used - {"DescribeTable"})


def bucket_metric(settings: Settings, name: str, part: str = FILTER) -> Metric:
    """Give a request metric of the documents bucket, or of a part of it.

    Source: S3 user guide, "Metrics and dimensions".
    """
    own = {"BucketName": settings.documents.name, "FilterId": part}
    return Metric("AWS/S3", name, own, "Sum")


def _bucket(settings: Settings, limits: Thresholds) -> Iterator[Alarm]:
    yield Alarm(
        "documents-client-errors",
        "bucket-client-errors",
        "The documents bucket refuses many requests: a missing permission, or objects that are not there.",
        (bucket_metric(settings, "4xxErrors"),),
        limits.client_errors,
    )
    yield Alarm(
        "documents-server-errors",
        "bucket-server-errors",
        "S3 fails on its own side for the documents bucket.",
        (bucket_metric(settings, "5xxErrors"),),
        0,
        periods=2,
    )


def model_ids(settings: Settings) -> list[str]:
    """Give the ids that models are called by, which is what Bedrock's metrics name."""
    return sorted({called(model) for agent in settings.agents.values() for model in agent.models})


def model_metric(model: str, name: str, statistic: str) -> Metric:
    """Give a model's metric (Bedrock user guide, "Monitor bedrock-runtime inference")."""
    return Metric("AWS/Bedrock", name, {"ModelId": model}, statistic)


def _models(settings: Settings, limits: Thresholds) -> Iterator[Alarm]:
    for model in model_ids(settings):
        short = model.replace(".", "-").replace(":", "-")
        yield Alarm(
            f"{short}-throttles",
            "model-throttles",
            f"Bedrock refuses calls of {model}: the account's quota is used up.",
            (model_metric(model, "InvocationThrottles", "Sum"),),
            0,
            periods=2,
        )
        yield Alarm(
            f"{short}-tokens",
            "model-tokens",
            f"{model} is given and gives more tokens in an hour than planned; tokens are what it costs.",
            tuple(model_metric(model, name, "Sum") for name in ("InputTokenCount", "OutputTokenCount")),
            limits.tokens_per_hour,
            period=HOUR,
        )
        yield Alarm(
            f"{short}-latency",
            "model-latency",
            f"{model} answers slowly.",
            (model_metric(model, "InvocationLatency", "p95"),),
            limits.model_milliseconds,
            periods=3,
        )


def endpoints_of(agent: str, settings: Settings) -> list[str]:
    """Give what metrics call the endpoints of an agent's runtime.

    Both are watched: a call that names none goes to the service's own, whatever the program set.
    """
    runtime = settings.agents[agent].runtime_name
    return [f"{runtime}::{endpoint}" for endpoint in (ENDPOINT, SERVICE_ENDPOINT)]


def _agent(agent: str, settings: Settings, arn: pulumi.Input[str], limits: Thresholds) -> Iterator[Alarm]:
    """AgentCore developer guide, "AgentCore generated runtime observability data".

    A runtime's metrics come with all three dimensions or not at all.
    """

    def metrics(statistic: str, *names: str) -> tuple[Metric, ...]:
        return tuple(
            Metric(
                "AWS/Bedrock-AgentCore",
                name,
                {"Resource": arn, "Operation": AGENT_CALL, "Name": endpoint},
                statistic,
            )
            for name in names
            for endpoint in endpoints_of(agent, settings)
        )

    # A surge only. That calls fail to come shows as the age of messages; without messages there is nothing to
    # call for, and an alarm on absence would ring every night.
    yield Alarm(
        f"{agent}-calls",
        "agent-calls",
        f"{agent} is called far more often than planned: one event may start work again and again.",
        metrics("Sum", "Invocations"),
        limits.agent_calls_per_hour,
        period=HOUR,
    )
    yield Alarm(
        f"{agent}-errors",
        "agent-errors",
        f"Calls of {agent} fail.",
        metrics("Sum", "SystemErrors", "UserErrors"),
        limits.agent_errors,
        periods=2,
    )
    yield Alarm(
        f"{agent}-latency",
        "agent-latency",
        f"Calls of {agent} take long.",
        metrics("p95", "Latency"),
        limits.agent_milliseconds,
        periods=3,
        combined="max",
    )


def _arrivals(arrivals: IngestSettings) -> Iterator[Alarm]:
    """EventBridge user guide, "Monitoring Amazon EventBridge"."""
    for prefix in arrivals.prefixes:
        yield Alarm(
            f"arrivals-{prefix}-failures",
            "arrivals",
            f"New documents of {prefix} do not reach the queue.",
            (Metric("AWS/Events", "FailedInvocations", {"RuleName": rule_name(arrivals, prefix)}, "Sum"),),
            0,
        )
