"""The shape of queues and agents, and which keys encrypt what: what can be written, its default, its meaning.

Keys of the mappings (`bank-trades`, `document-upload`, ...) are logical names: they make up the resources'
URNs and must never change; the physical names beside them are what exists in the account.
"""

from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from components.settings.agentcore import ImageDigest
from components.settings.fields import (
    AES256,
    AWS_MANAGED,
    SQS_MANAGED,
    STACK_KEY,
    LogGroupName,
    MemoryId,
    ModelId,
    QueueName,
    RepositoryName,
    RoleName,
    RuntimeName,
    Strict,
    TagValue,
    TopicName,
    key_or,
    within,
)
from components.settings.grants import Grant
from components.settings.storage import BucketKey, TableKey

QueueKey = Annotated[str, key_or(SQS_MANAGED, STACK_KEY)]


class Queue(Strict, frozen=True):
    """A work queue and its dead-letter queue, which is always of the same kind."""

    name: QueueName = Field(description="physical name; a FIFO queue's ends in .fifo")
    dead_letter_name: QueueName = Field(description="physical name of the dead-letter queue")
    purpose: TagValue = Field(description="value of the Purpose tag")
    standard_reason: str | None = Field(
        default=None, min_length=20, description="why this queue is not FIFO; makes it a standard queue"
    )
    high_throughput: bool = Field(
        default=False, description="FIFO only: deduplication and throughput per message group"
    )
    visibility_timeout_seconds: Annotated[int, within(30, 300, "seconds")] = Field(
        default=300, description="agent processing time"
    )
    retention_seconds: Annotated[int, within(60, 1209599, "seconds")] = Field(
        default=345600, description="how long an unread message stays"
    )
    dead_letter_retention_seconds: Annotated[int, within(61, 1209600, "seconds")] = Field(
        default=1209600, description="how long a dead letter stays; longer than retentionSeconds"
    )
    max_receive_count: Annotated[int, within(1, 1000, "receives")] = Field(
        default=3, description="receives before a message is a dead letter"
    )

    topics: list[TopicName] = Field(
        default=[], description="SNS topics of this account and region that may send to it"
    )

    @property
    def fifo(self) -> bool:
        """Whether the queue keeps order."""
        return self.standard_reason is None

    @field_validator("dead_letter_retention_seconds")
    @classmethod
    def _outlives_its_source(cls, value: int, info: ValidationInfo) -> int:
        source = info.data.get("retention_seconds")
        if isinstance(source, int) and value <= source:
            raise ValueError(f"allowed is more than retentionSeconds ({source})")
        return value


class Model(Strict, frozen=True):
    """A foundation model that an agent invokes."""

    id: ModelId = Field(description="foundation model id")
    profile: Literal["us", "global"] | None = Field(
        default=None, description="inference profile it is called through; global routes world-wide"
    )


class Agent(Strict, frozen=True):
    """An agent on Bedrock AgentCore; components/grants.py says what it may do in every stack."""

    role_name: RoleName = Field(description="physical name of its execution role")
    runtime_name: RuntimeName = Field(description="its AgentCore runtime, without the service's suffix")
    log_group: LogGroupName = Field(description="its own log group")
    repository: RepositoryName = Field(description="ECR repository of its image")
    models: list[Model] = Field(description="models it invokes; [] for none")
    memory_id: MemoryId | None = Field(default=None, description="AgentCore memory it uses")
    image_digest: ImageDigest | None = Field(
        default=None, description="image that this stack runs; goes before that of agentcore.yaml"
    )
    grants: list[Grant] = Field(
        default=[], description="what it may do here beside components/grants.py; needs.yaml must have it too"
    )


class Encryption(Strict, frozen=True):
    """Keys at rest, where a table or bucket does not say otherwise."""

    tables: TableKey = Field(
        default=AWS_MANAGED, description="aws-managed, aws-owned, stack-key or a key ARN"
    )
    buckets: BucketKey = Field(default=AES256, description="AES256, stack-key or a key ARN")
    queues: QueueKey = Field(default=SQS_MANAGED, description="sqs-managed, stack-key or a key ARN")
    images: BucketKey = Field(
        default=AES256,
        description="AES256, stack-key or a key ARN, of repositories; it is fixed when they are made",
    )
