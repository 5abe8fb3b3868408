"""The metrics that are watched, and the parts of a system that emit them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi

from components.naming import ENDPOINT, SERVICE_ENDPOINT
from components.settings import Agent, DocumentsBucket, Queue, Table
from components.settings.declarations import called

Dimensions = Mapping[str, pulumi.Input[str]]
FILTER = "entire"
"""Id of the request metrics of the whole documents bucket."""
AGENT_CALL = "InvokeAgentRuntime"
"""What AgentCore calls a call of an agent."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Monitored:
    """The parts of a system that are watched.

    Attributes:
        queues: Work queues by logical name.
        tables: Tables by logical name.
        operations: Operations that agents use on each table, which are those that emit its errors.
        documents: The documents bucket.
        agents: Agents by logical name.
        rules: Names of the EventBridge rules that feed the queue of new documents, by prefix.
    """

    queues: Mapping[str, Queue]
    tables: Mapping[str, Table]
    operations: Mapping[str, Sequence[str]]
    documents: DocumentsBucket
    agents: Mapping[str, Agent]
    rules: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric of one resource.

    Attributes:
        namespace: Its namespace.
        name: Its name.
        dimensions: Which resource; all of the dimensions that the service emits it with.
        statistic: How a period's values become one: a statistic, or a percentile such as `p95`.
    """

    namespace: str
    name: str
    dimensions: Dimensions
    statistic: str


def queue_metric(physical: str, name: str, statistic: str = "Maximum") -> Metric:
    """Return a queue's metric (SQS developer guide, "Available CloudWatch metrics for Amazon SQS")."""
    return Metric("AWS/SQS", name, {"QueueName": physical}, statistic)


def bucket_metric(documents: DocumentsBucket, name: str, part: str = FILTER) -> Metric:
    """Return a request metric of the documents bucket, or of a part of it.

    Source: S3 user guide, "Metrics and dimensions".
    """
    return Metric("AWS/S3", name, {"BucketName": documents.name, "FilterId": part}, "Sum")


def model_ids(agents: Mapping[str, Agent]) -> list[str]:
    """Return the ids that models are called by, which is what Bedrock's metrics name."""
    return sorted({called(model) for agent in agents.values() for model in agent.models})


def model_metric(model: str, name: str, statistic: str) -> Metric:
    """Return a model's metric (Bedrock user guide, "Monitor bedrock-runtime inference")."""
    return Metric("AWS/Bedrock", name, {"ModelId": model}, statistic)


def endpoint_names(agent: Agent) -> list[str]:
    """Return what metrics call the endpoints of an agent's runtime.

    Both are watched: a call that names none goes to the service's own, whatever the program set.
    """
    return [f"{agent.runtime_name}::{endpoint}" for endpoint in (ENDPOINT, SERVICE_ENDPOINT)]
