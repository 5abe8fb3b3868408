"""The shape of every setting: what can be written, its default, and what it means.

Keys of the mappings (`bank-trades`, `document-upload`, ...) are logical names: they make up the resources'
URNs and must never change; the physical names beside them are what exists in the account.
"""

from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from components.grants import GRANTS, Need
from components.settings.agentcore import Declaration, ImageDigest
from components.settings.audit_trail import AuditTrail
from components.settings.cost import Cost
from components.settings.fields import (
    AES256,
    AWS_MANAGED,
    SQS_MANAGED,
    STACK_KEY,
    AccountId,
    LogGroupName,
    MemoryId,
    ModelId,
    PolicyArn,
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
from components.settings.ingest import Ingest
from components.settings.network import Network
from components.settings.observability import Observability
from components.settings.storage import AuditBucket, BucketKey, CustomerKey, DocumentsBucket, Table, TableKey

QueueKey = Annotated[str, key_or(SQS_MANAGED, STACK_KEY)]


class Queue(Strict):
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


class Model(Strict):
    """A foundation model that an agent invokes."""

    id: ModelId = Field(description="foundation model id")
    profile: Literal["us", "global"] | None = Field(
        default=None, description="inference profile it is called through; global routes world-wide"
    )


class Agent(Strict):
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


class Encryption(Strict):
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


class Settings(Strict):
    """Everything that the program reads from stack config."""

    region: str = Field(description="aws:region")
    account: AccountId = Field(description="the one entry of aws:allowedAccountIds")
    tags: dict[str, str] = Field(description="tags of every resource")
    tables: dict[str, Table] = Field(description="tables by logical name")
    documents: DocumentsBucket = Field(description="the documents bucket")
    audit: AuditBucket = Field(description="the audit bucket")
    queues: dict[str, Queue] = Field(description="work queues by logical name")
    agents: dict[str, Agent] = Field(description="agents by logical name")
    encryption: Encryption = Field(default=Encryption(), description="keys at rest")
    key: CustomerKey | None = Field(default=None, description="the stack's own KMS key")
    ingest: Ingest | None = Field(default=None, description="how a new document becomes a message")
    network: Network | None = Field(default=None, description="network that agents run in")
    observability: Observability | None = Field(default=None, description="what is watched")
    audit_trail: AuditTrail | None = Field(default=None, description="who did what in the account")
    cost: Cost | None = Field(default=None, description="what may be spent, and who is told")
    declarations: dict[str, Declaration] = Field(
        default={}, description="what each agent is, from deployment/<agent>/agentcore.yaml"
    )
    permissions_boundary_arn: PolicyArn | None = Field(
        default=None, description="permissions boundary of every role"
    )

    def needs(self, agent: str) -> list[Need]:
        """Give what an agent needs: its grants in components/grants.py, then those of the stack file."""
        held = self.documents.prefixes
        common = (need for need in GRANTS[agent] if not need.optional or need.target in held)
        return [*common, *(grant.need() for grant in self.agents[agent].grants)]
