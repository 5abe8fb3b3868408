"""Rules about dead-letter queues: each work queue has one of its kind, which keeps longer and admits only it.

https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
"""

from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Stack, Unknown
from tms_policies.references import tail
from tms_policies.registry import rule
from tms_policies.rules.sqs import QUEUE
from tms_policies.rules.sqs_redrive import ALLOW, REDRIVE, Redrive, redrives_of, settings_of
from tms_policies.settings import integer
from tms_policies.values import is_true, items, number, shown, unproven

_DEFAULT_SECONDS = 345_600  # 4 days, what SQS keeps when nothing is said
_MAXIMUM_SECONDS = 1_209_600  # 14 days, the longest that SQS keeps


def _fifo(queue: Resource) -> bool:
    return is_true(queue.props.get("fifoQueue"))


def _called(queue: Resource) -> str:
    """Return a queue's physical name, its logical one while that is not known."""
    name = queue.props.get("name")
    return name if isinstance(name, str) else queue.name


def _kept(queue: Resource) -> float | Unknown:
    value = queue.props.get("messageRetentionSeconds")
    return value if isinstance(value, Unknown) else number(value) or _DEFAULT_SECONDS


@rule(
    "sqs-queue-dead-letter",
    severity="high",
    scope="stack",
    types=(QUEUE, REDRIVE, ALLOW),
    reads=("redrivePolicy", "redriveAllowPolicy", "messageRetentionSeconds", "fifoQueue"),
    settings={
        "minimumReceives": integer(
            "Smallest maxReceiveCount; with 1 a single failed delivery is final", 2, (1, 1000)
        ),
        "maximumReceives": integer("Largest maxReceiveCount", 10, (1, 1000)),
    },
    remedy="Declare a redrive policy on the queue and a redrive-allow policy on its dead-letter queue.",
    why="A message that always fails is delivered until it expires, holds back the others of its "
    "FIFO group, and is then lost. In a standard dead-letter queue it expires by the time at "
    "which it was first sent, so one that keeps no longer than the source loses it before "
    "anybody looks. "
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/setting-up-dead-letter-queue-retention.html",
)
def dead_letter(stack: Stack, settings: Bag) -> Iterable[Finding]:
    """Each work queue has a dead-letter queue of its kind, kept longer, for its sources only."""
    redrives = redrives_of(stack)
    for queue in stack.of(QUEUE):
        actual = [item for item in redrives if item.source is queue]
        sources = [item.source for item in redrives if item.source is not queue and item.names(queue)]
        if sources:
            yield from _admission(stack, queue, sources)
        elif not actual:
            yield Finding(
                f"the queue {queue.name} has no dead-letter queue: what cannot be processed is lost",
                'redrive_policy=json.dumps({"deadLetterTargetArn": "<arn>", "maxReceiveCount": 3})',
                queue.urn,
            )
        for item in actual:
            yield from _redrive(stack, item, settings)


def _redrive(stack: Stack, redrive: Redrive, settings: Bag) -> Iterable[Finding]:
    """Check one redrive policy: its count, its target's kind, and how long the target keeps."""
    queue = redrive.source
    if isinstance(redrive.setting, Unknown):
        yield unproven(redrive.setting, f"the redrive policy of {queue.name} must be readable", queue.urn)
    else:
        yield from _count(queue, redrive.setting.get("maxReceiveCount"), settings)
    targets = [resource for resource in stack.of(QUEUE) if redrive.names(resource)]
    for target in targets:
        yield from _pair(queue, target)
    if targets or isinstance(redrive.setting, Unknown):
        return
    arn = redrive.setting.get("deadLetterTargetArn")
    if not isinstance(arn, str) or not arn.startswith("arn:"):
        yield Finding(
            f"redrivePolicy of {queue.name} names no queue in deadLetterTargetArn",
            '"deadLetterTargetArn": "arn:aws:sqs:<region>:<account>:<name>"',
            queue.urn,
        )
    elif arn.endswith(".fifo") != _fifo(queue):
        yield _other_kind(queue, tail(arn))


def _count(queue: Resource, value: object, settings: Bag) -> Iterable[Finding]:
    """Check after how many deliveries a message moves."""
    low, high = settings["minimumReceives"], settings["maximumReceives"]
    count = number(value)
    if isinstance(value, Unknown):
        yield unproven(value, f"maxReceiveCount of {queue.name} must be {low:g} to {high:g}", queue.urn)
    elif count is None or not low <= count <= high:
        yield Finding(
            f"maxReceiveCount of {queue.name} is {shown(value)}, not {low:g} to {high:g}",
            f'"maxReceiveCount": {low:g}',
            queue.urn,
        )


def _other_kind(queue: Resource, target: str) -> Finding:
    kind = "a FIFO queue" if _fifo(queue) else "a standard queue"
    return Finding(
        f"{queue.name} is {kind} and its dead-letter queue {target} is not",
        f"a dead-letter queue that is {kind} too",
        queue.urn,
    )


def _pair(queue: Resource, target: Resource) -> Iterable[Finding]:
    """Check a queue against its dead-letter queue."""
    if target is queue:
        yield Finding(
            f"redrivePolicy of {queue.name} names the queue itself in deadLetterTargetArn",
            '"deadLetterTargetArn": "<ARN of another queue>"',
            queue.urn,
        )
        return
    if _fifo(queue) != _fifo(target):
        yield _other_kind(queue, target.name)
    source, retained = _kept(queue), _kept(target)
    for item in (source, retained):
        if isinstance(item, Unknown):
            yield unproven(item, f"{target.name} must keep messages longer than {queue.name}", queue.urn)
            return
    if not (retained > source or retained == _MAXIMUM_SECONDS):  # pyright: ignore[reportOperatorIssue] - no Unknown is left
        yield Finding(
            f"{target.name} keeps messages {retained:g} s, its source {queue.name} {source:g} s: too short",
            f"message_retention_seconds={_MAXIMUM_SECONDS} on {target.name}",
            target.urn,
        )


def _admission(stack: Stack, queue: Resource, sources: list[Resource]) -> Iterable[Finding]:
    """Check which queues a dead-letter queue admits: its sources by name, nobody else."""
    names = sorted(_called(item) for item in sources)
    unnamed = next((name for item in sources if isinstance(name := item.props.get("name"), Unknown)), None)
    line = (
        'redrive_allow_policy=json.dumps({"redrivePermission": "byQueue", '
        f'"sourceQueueArns": [ARNs of {", ".join(names)}]}})'
    )
    results = list(settings_of(stack, queue, "redriveAllowPolicy", ALLOW))
    if not results:
        yield Finding(f"the dead-letter queue {queue.name} admits every queue", line, queue.urn)
    for _, setting in results:
        if isinstance(setting, Unknown):
            yield unproven(setting, f"{queue.name} must admit its sources by name", queue.urn)
            continue
        arns = items(setting.get("sourceQueueArns"))
        admitted = sorted(tail(item) for item in arns if isinstance(item, str))
        by_name = setting.get("redrivePermission") == "byQueue"
        if by_name and len(admitted) < len(arns):
            continue
        if by_name and unnamed:
            yield unproven(unnamed, f"{queue.name} must admit its sources by name", queue.urn)
        elif not by_name or admitted != names:
            yield Finding(
                f"redriveAllowPolicy of {queue.name} is {shown(setting.get('redrivePermission'))} "
                f"for {shown(admitted)}, its sources are {shown(names)}",
                line,
                queue.urn,
            )
