"""Rules about SQS queues: encryption, TLS, FIFO naming.

https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html
"""

from collections.abc import Iterable

from tms_policies.documents.transport import PlainAccess, must_refuse_plain
from tms_policies.model import Bag, Finding, Resource, Stack, Unknown
from tms_policies.references import attached, tail
from tms_policies.registry import rule
from tms_policies.values import is_false, is_true, shown, unproven

QUEUE = "aws:sqs/queue:Queue"
POLICY = "aws:sqs/queuePolicy:QueuePolicy"


@rule(
    "sqs-queue-encryption",
    severity="high",
    types=(QUEUE,),
    reads=("sqsManagedSseEnabled", "kmsMasterKeyId"),
    remedy="Set sqs_managed_sse_enabled=True, or kms_master_key_id.",
    why="SQS encrypts by itself only queues that are created anew, and over TLS; one that was "
    "made before, or whose encryption was turned off, keeps its messages on disk in the "
    "clear. "
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html",
)
def encryption(queue: Resource, _settings: Bag) -> Iterable[Finding]:
    """A queue encrypts its messages.

    Encryption by a key of SQS or of KMS; a KMS key that is an output is a key all the same.
    """
    managed, key = queue.props.get("sqsManagedSseEnabled"), queue.props.get("kmsMasterKeyId")
    if is_true(managed) or key:
        return
    if isinstance(managed, Unknown):
        yield unproven(managed, f"sqsManagedSseEnabled of {queue.name} must be true")
        return
    state = "missing" if managed is None else shown(managed)
    yield Finding(
        f"sqsManagedSseEnabled of {queue.name} is {state} and kmsMasterKeyId is not set",
        "sqs_managed_sse_enabled=True, or kms_master_key_id=<key>",
    )


@rule(
    "sqs-queue-fifo-naming",
    severity="medium",
    types=(QUEUE,),
    reads=("fifoQueue", "name", "contentBasedDeduplication"),
    remedy="Set fifo_queue=True, content_based_deduplication=True and a name that ends in .fifo together.",
    why="SQS refuses a FIFO queue without the suffix and a standard queue with it, but only when "
    "the run has begun. Without deduplication by content, a message that is sent without a "
    "deduplication id is refused. "
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-exactly-once-processing.html",
)
def fifo_naming(queue: Resource, _settings: Bag) -> Iterable[Finding]:
    """A queue's name ends in .fifo exactly if it is a FIFO queue, and FIFO queues deduplicate by content."""
    fifo, name = queue.props.get("fifoQueue"), queue.props.get("name")
    if isinstance(fifo, Unknown):
        yield unproven(fifo, f"whether {queue.name} is a FIFO queue must be known")
        return
    if isinstance(name, Unknown):
        yield unproven(name, "a queue's name must end in .fifo exactly if it is a FIFO queue")
    elif isinstance(name, str) and name.endswith(".fifo") != is_true(fifo):
        line = f'name="{tail(name)}.fifo"' if is_true(fifo) else "fifo_queue=True, or a name without .fifo"
        yield Finding(f"name of {queue.name} is {shown(name)} and fifoQueue is {is_true(fifo)}", line)
    dedup = queue.props.get("contentBasedDeduplication")
    if isinstance(dedup, Unknown):
        yield unproven(dedup, f"contentBasedDeduplication of {queue.name} must be known")
    elif is_true(fifo) and not is_true(dedup):
        yield Finding(
            f"contentBasedDeduplication of the FIFO queue {queue.name} is not on",
            "content_based_deduplication=True",
        )
    elif not is_true(fifo) and dedup is not None and not is_false(dedup):
        yield Finding(
            f"contentBasedDeduplication of {queue.name} is on, but it is no FIFO queue",
            "fifo_queue=True, or content_based_deduplication left out",
        )


@rule(
    "sqs-queue-tls-only",
    severity="high",
    scope="stack",
    types=(QUEUE,),
    reads=("policy",),
    remedy="Deny sqs:* to everybody when aws:SecureTransport is false.",
    why="Over plain HTTP whoever is on the way can read the messages and change them, and SQS "
    "takes such requests unless the queue's policy denies them. "
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html",
)
def tls_only(stack: Stack, _settings: Bag) -> Iterable[Finding]:
    """Each queue refuses requests without TLS."""
    remedy = (
        '{"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "<arn>", '
        '"Condition": {"Bool": {"aws:SecureTransport": "false"}}} in the queue policy'
    )
    for queue in stack.of(QUEUE):
        name, arn = queue.props.get("name"), queue.props.get("arn")
        physical = name if isinstance(name, str) else "<queue>"
        access = PlainAccess("sqs", "queue", (arn if isinstance(arn, str) else f"arn:aws:sqs:::{physical}",))
        yield from must_refuse_plain(queue, attached(stack, POLICY, "queueUrl", queue), access, name, remedy)
