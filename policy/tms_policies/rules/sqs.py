"""Rules about SQS queues: encryption, TLS, FIFO naming.

https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html
"""

from collections.abc import Iterable

from tms_policies.documents.parse import parse
from tms_policies.documents.transport import refuses_plain, undecided
from tms_policies.model import Bag, Finding, Resource, Rule, Stack, Unknown
from tms_policies.rules.references import attached, tail
from tms_policies.values import is_false, is_true, shown, unproven

QUEUE = "aws:sqs/queue:Queue"
POLICY = "aws:sqs/queuePolicy:QueuePolicy"


def encryption(queue: Resource, _settings: Bag) -> Iterable[Finding]:
    """Encryption by a key of SQS or of KMS; a KMS key that is an output is a key all the same."""
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


def fifo_naming(queue: Resource, _settings: Bag) -> Iterable[Finding]:
    """`.fifo` at the name's end exactly if it is a FIFO queue, which deduplicates by content."""
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


def tls_only(stack: Stack, _settings: Bag) -> Iterable[Finding]:
    """Each queue has a policy that denies what comes without TLS."""
    for queue in stack.of(QUEUE):
        yield from _tls_of(stack, queue)


def _tls_of(stack: Stack, queue: Resource) -> Iterable[Finding]:
    name = queue.props.get("name")
    physical = name if isinstance(name, str) else "<queue>"
    beside = attached(stack, POLICY, "queueUrl", queue)
    given = [queue.props.get("policy"), *(one.props.get("policy") for one in beside)]
    documents = [parse(one) for one in given if one not in (None, "")]
    line = (
        '{"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "<arn>", '
        '"Condition": {"Bool": {"aws:SecureTransport": "false"}}} in the queue policy'
    )
    if not documents:
        yield Finding(f"the queue {queue.name} has no QueuePolicy in this stack", line, queue.urn)
        return
    needed = (_arn_like(queue, physical),)
    problems = [refuses_plain(one, "sqs", needed) for one in documents]
    if None in problems:
        return
    hidden = undecided(documents, "sqs", name)
    if hidden:
        yield unproven(hidden, f"the policy of {queue.name} must deny what comes without TLS", queue.urn)
    else:
        yield Finding(f"the policy of the queue {queue.name}: {problems[0]}", line, queue.urn)


def _arn_like(queue: Resource, name: str) -> str:
    """Give the queue's ARN; while it is not known, without region and account."""
    arn = queue.props.get("arn")
    return arn if isinstance(arn, str) else f"arn:aws:sqs:::{name}"


RULES = (
    Rule(
        "sqs-queue-encryption",
        "high",
        ("FSBP:SQS.1", "CKV_AWS_27", "AwsSolutions-SQS2"),
        "A queue encrypts its messages.",
        "Set sqs_managed_sse_enabled=True, or kms_master_key_id.",
        (QUEUE,),
        encryption,
        reads=("sqsManagedSseEnabled", "kmsMasterKeyId"),
        why="SQS encrypts by itself only queues that are created anew, and over TLS; one that was "
        "made before, or whose encryption was turned off, keeps its messages on disk in the "
        "clear. "
        "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html",
    ),
    Rule(
        "sqs-queue-fifo-naming",
        "medium",
        (),
        "A queue's name ends in .fifo exactly if it is a FIFO queue, and FIFO queues deduplicate by content.",
        "Set fifo_queue=True, content_based_deduplication=True and a name that ends in .fifo together.",
        (QUEUE,),
        fifo_naming,
        reads=("fifoQueue", "name", "contentBasedDeduplication"),
        why="SQS refuses a FIFO queue without the suffix and a standard queue with it, but only when "
        "the run has begun. Without deduplication by content, a message that is sent without a "
        "deduplication id is refused. "
        "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-exactly-once-processing.html",
    ),
    Rule(
        "sqs-queue-tls-only",
        "high",
        ("AwsSolutions-SQS4",),
        "Each queue refuses requests without TLS.",
        "Deny sqs:* to everybody when aws:SecureTransport is false.",
        (QUEUE,),
        tls_only,
        reads=("policy",),
        scope="stack",
        why="Over plain HTTP whoever is on the way can read the messages and change them, and SQS "
        "takes such requests unless the queue's policy denies them. "
        "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html",
    ),
)
