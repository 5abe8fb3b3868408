"""Work queues with their dead-letter queues: how many messages wait, and for how long."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from components.settings import Queue, Settings
from components.settings.observability import Thresholds
from toolkit.aws.calls import ABSENT, AwsError, in_parallel
from toolkit.operate.context import StackAccount
from toolkit.operate.health import HealthIssue

_COUNTS = {
    "visible": "ApproximateNumberOfMessages",
    "in_flight": "ApproximateNumberOfMessagesNotVisible",
    "delayed": "ApproximateNumberOfMessagesDelayed",
}
# SQS sends its metrics each minute, and CloudWatch has them within a few:
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-monitoring-using-cloudwatch.html
_LOOK_BACK = timedelta(minutes=15)
_PERIOD_SECONDS = 60
_AT_A_TIME = 500
"""Metrics in one call: CloudWatch API reference, GetMetricData."""


@dataclass(frozen=True)
class QueueState:
    """What is in a work queue and in its dead-letter queue; figures are approximate, as SQS has them.

    Attributes:
        name: Logical name.
        physical: Physical name of the work queue.
        visible: Messages that wait; None if there is no such queue.
        in_flight: Messages that a consumer has received.
        delayed: Messages that may not be read yet.
        dead: Messages in the dead-letter queue, whatever state they are in; None if there is none.
        oldest_seconds: Age of the oldest message that is not deleted; None if CloudWatch has no datapoint.
        issues: What is wrong with the queue.
    """

    name: str
    physical: str
    visible: int | None
    in_flight: int | None
    delayed: int | None
    dead: int | None
    oldest_seconds: int | None
    issues: tuple[HealthIssue, ...] = ()


def _counts(aws: StackAccount, name: str) -> dict[str, int] | None:
    """Return the message counts of a queue by the keys of `_COUNTS`; None if there is no such queue."""
    about = f"queue {name}"
    try:
        url = aws.ask("sqs", "get_queue_url", about, QueueName=name)["QueueUrl"]
        answer = aws.ask(
            "sqs", "get_queue_attributes", about, QueueUrl=url, AttributeNames=[*_COUNTS.values()]
        )
    except AwsError as error:
        if error.name in ABSENT:
            return None
        raise
    return {key: int(answer["Attributes"].get(attribute, 0)) for key, attribute in _COUNTS.items()}


def ages(aws: StackAccount, names: Sequence[str]) -> dict[str, int]:
    """Return the age of the oldest message in seconds by physical queue name, where there is a datapoint.

    Raises:
        AwsError: CloudWatch refuses the call.
    """
    until = datetime.now(UTC)
    oldest: dict[str, int] = {}
    for start in range(0, len(names), _AT_A_TIME):
        queue_by_id = {f"q{index}": name for index, name in enumerate(names[start : start + _AT_A_TIME])}
        pages = aws.pages(
            "cloudwatch",
            "get_metric_data",
            "the queues' metrics",
            MetricDataQueries=[_metric(key, name) for key, name in queue_by_id.items()],
            StartTime=until - _LOOK_BACK,
            EndTime=until,
            ScanBy="TimestampDescending",
        )
        for page in pages:
            for result in page["MetricDataResults"]:
                if result["Values"]:
                    oldest.setdefault(queue_by_id[result["Id"]], int(result["Values"][0]))
    return oldest


def _metric(key: str, queue: str) -> Mapping[str, Any]:
    metric = {
        "Namespace": "AWS/SQS",
        "MetricName": "ApproximateAgeOfOldestMessage",
        "Dimensions": [{"Name": "QueueName", "Value": queue}],
    }
    return {"Id": key, "MetricStat": {"Metric": metric, "Period": _PERIOD_SECONDS, "Stat": "Maximum"}}


def _issues(
    queue: Queue, counts: dict[str, int] | None, dead: int | None, age: int | None, limits: Thresholds
) -> list[HealthIssue]:
    issues: list[HealthIssue] = []
    next_step = "create it: ./pulumiw up"
    if counts is None:
        issues.append(HealthIssue("the queue does not exist", next_step))
    if dead is None:
        issues.append(
            HealthIssue(f"its dead-letter queue {queue.dead_letter_name} does not exist", next_step)
        )
    elif dead:
        issues.append(HealthIssue(f"dead letters: {dead}", "docs/runbooks.md#dead-letters"))
    if counts and counts["visible"] >= limits.queue_messages:
        issues.append(HealthIssue(f"{counts['visible']} messages wait", "docs/runbooks.md#queue-depth"))
    if age is not None and age >= limits.message_age_seconds:
        issues.append(HealthIssue(f"the oldest message is {age} s old", "docs/runbooks.md#queue-age"))
    return issues


def state(aws: StackAccount, settings: Settings, name: str, oldest: Mapping[str, int]) -> QueueState:
    """Return the state of one queue.

    Args:
        aws: The stack's account.
        settings: Has the names, and the alarms' thresholds, from which on a figure is an issue.
        name: Its logical name.
        oldest: Ages by physical name, as `ages` returns them.

    Raises:
        AwsError: SQS refuses the call.
    """
    queue = settings.queues[name]
    counts, letters = _counts(aws, queue.name), _counts(aws, queue.dead_letter_name)
    dead = None if letters is None else sum(letters.values())
    age = oldest.get(queue.name)
    limits = settings.observability.thresholds if settings.observability else Thresholds()
    figures = counts or {}
    return QueueState(
        name,
        queue.name,
        figures.get("visible"),
        figures.get("in_flight"),
        figures.get("delayed"),
        dead,
        age,
        tuple(_issues(queue, counts, dead, age, limits)),
    )


def _badness(queue: QueueState) -> tuple[Any, ...]:
    """Return a sort key that puts the worst first: missing, dead letters, age, waiting messages."""
    missing = queue.visible is None or queue.dead is None
    figures = (queue.dead or 0, queue.oldest_seconds or 0, queue.visible or 0, queue.in_flight or 0)
    return (not missing, not queue.issues, *(-figure for figure in figures), queue.name)


def survey(aws: StackAccount, settings: Settings) -> list[QueueState]:
    """Return the state of all queues of a stack, worst first.

    Raises:
        AwsError: AWS refuses a call.
    """
    oldest = ages(aws, [queue.name for queue in settings.queues.values()])
    return sorted(in_parallel(lambda name: state(aws, settings, name, oldest), settings.queues), key=_badness)
