"""What each agent may do, as data: `components.matrix` gives it the names of a stack, and nothing else does.

A need names a logical prefix, table, queue or agent of the settings, exact actions and the reason. Every
agent also gets what its runtime needs to start, to log and to be traced (AgentCore developer guide, "IAM
permissions for AgentCore Runtime"). One stack may give more, by the `grants` of its agents.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["prefix", "table", "queue", "agent"]
KINDS: tuple[Kind, ...] = ("prefix", "table", "queue", "agent")
READ = ("s3:GetObject",)
WRITE = ("s3:PutObject",)
CONSUME = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")
SEND = ("sqs:SendMessage", "sqs:GetQueueAttributes")
INVOKE_MODEL = ("bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream")
USE_MEMORY = (
    "bedrock-agentcore:GetMemory",
    "bedrock-agentcore:CreateEvent",
    "bedrock-agentcore:ListEvents",
    "bedrock-agentcore:RetrieveMemoryRecords",
)
WRITE_LOGS = ("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams")
PULL_IMAGE = ("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")
TRACE = (
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
)
LOOK_UP = ("dynamodb:GetItem", "dynamodb:Query", "dynamodb:DescribeTable")

METRICS_NAMESPACE = "bedrock-agentcore"
"""The only CloudWatch namespace that a runtime publishes to."""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that an agent must be able to do.

    Attributes:
        kind: What `target` is a logical name of.
        target: The logical name in the settings.
        actions: Exact IAM actions.
        reason: Why, for the reader of the permission matrix.
        optional: Whether the need falls away where the settings do not have the target.
    """

    kind: Kind
    target: str
    actions: tuple[str, ...]
    reason: str
    optional: bool = False


GRANTABLE: dict[Kind, tuple[str, ...]] = {
    "prefix": (
        *("s3:GetObject", "s3:GetObjectAttributes", "s3:GetObjectTagging", "s3:GetObjectVersion"),
        *("s3:PutObject", "s3:PutObjectTagging", "s3:DeleteObject", "s3:DeleteObjectTagging"),
        *("s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:RestoreObject"),
    ),
    "table": (
        *("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:Scan"),
        *("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"),
        "dynamodb:DescribeTable",
    ),
    "queue": (
        *("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:SendMessage"),
        *("sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:PurgeQueue"),
    ),
    "agent": (
        "bedrock-agentcore:InvokeAgentRuntime",
        "bedrock-agentcore:InvokeAgentRuntimeForUser",
        "bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStream",
        "bedrock-agentcore:GetAgentCard",
        "bedrock-agentcore:StopRuntimeSession",
    ),
}
"""What a stack file may grant: work on objects, items, messages and sessions, not on what holds them.

Service authorization reference; a test holds every action against it.
"""

GRANTS: dict[str, tuple[Need, ...]] = {
    "pdf-adapter": (
        Need("prefix", "bank", READ, "reads the bank's trade confirmations"),
        Need("prefix", "counterparty", READ, "reads the counterparties' trade confirmations"),
        Need("prefix", "canonical", WRITE, "writes the text that it took out of a confirmation"),
        Need("queue", "document-upload", CONSUME, "is told of new documents"),
        Need("queue", "extraction", SEND, "passes a read document on"),
        Need("queue", "exception", SEND, "reports a document that it cannot read"),
    ),
    "trade-extraction": (
        Need("prefix", "canonical", READ, "reads the text of a confirmation"),
        Need("table", "bank-trades", ("dynamodb:PutItem", *LOOK_UP), "writes the bank's trades"),
        Need("table", "counterparty-trades", ("dynamodb:PutItem", *LOOK_UP), "writes counterparties' trades"),
        Need("queue", "extraction", CONSUME, "is told of documents to extract"),
        Need("queue", "matching", SEND, "passes an extracted trade on"),
        Need("queue", "exception", SEND, "reports a trade that it cannot extract"),
    ),
    "trade-matching": (
        Need("table", "bank-trades", ("dynamodb:Scan", *LOOK_UP), "compares the bank's trades"),
        Need("table", "counterparty-trades", ("dynamodb:Scan", *LOOK_UP), "compares counterparties' trades"),
        Need("prefix", "reports", WRITE, "writes matching reports"),
        Need("queue", "matching", CONSUME, "is told of trades to match"),
        Need("queue", "hitl-review", SEND, "asks a person about an unclear match"),
        Need("queue", "exception", SEND, "reports a trade that does not match"),
    ),
    "exception-management": (
        Need(
            "table",
            "exceptions",
            ("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:Scan", *LOOK_UP),
            "keeps the register of exceptions and lists it",
        ),
        Need("prefix", "exceptions", WRITE, "writes exception reports"),
        Need("queue", "exception", CONSUME, "is told of exceptions"),
        Need("queue", "ops-desk", SEND, "routes an exception by severity"),
        Need("queue", "senior-ops", SEND, "routes an exception by severity"),
        Need("queue", "compliance", SEND, "routes an exception by kind"),
        Need("queue", "engineering", SEND, "routes an exception by kind"),
    ),
    "orchestrator": (
        Need(
            "table",
            "processing-status",
            ("dynamodb:PutItem", "dynamodb:UpdateItem", *LOOK_UP),
            "keeps the status of each workflow",
        ),
        Need("table", "agent-registry", ("dynamodb:Scan", *LOOK_UP), "finds agents and their endpoints"),
        Need("table", "bank-trades", ("dynamodb:Scan", *LOOK_UP), "watches trades against their deadlines"),
        Need("table", "counterparty-trades", ("dynamodb:Scan", *LOOK_UP), "as for the bank's trades"),
        Need("prefix", "decisions", WRITE, "keeps its decisions", optional=True),
        Need("queue", "orchestrator-monitoring", CONSUME, "is told of what agents did"),
        Need("agent", "pdf-adapter", ("bedrock-agentcore:InvokeAgentRuntime",), "starts a step"),
        Need("agent", "trade-extraction", ("bedrock-agentcore:InvokeAgentRuntime",), "starts a step"),
        Need("agent", "trade-matching", ("bedrock-agentcore:InvokeAgentRuntime",), "starts a step"),
        Need("agent", "exception-management", ("bedrock-agentcore:InvokeAgentRuntime",), "starts a step"),
    ),
}
