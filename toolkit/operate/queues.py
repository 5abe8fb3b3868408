"""Work queues with their dead-letter queues: what waits there, and for how long."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from components.settings import Queue, Settings
from components.settings.observability import Thresholds
from toolkit.aws.calls import ABSENT, AwsError, in_parallel
from toolkit.operate.context import StackAccount
from toolkit.operate.problem import Problem

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
        in_flight: Messages that somebody works on.
        delayed: Messages that may not be read yet.
        dead: Messages in the dead-letter queue, whatever state they are in; None if there is none.
        oldest_seconds: Age of the oldest message that is not deleted; None if CloudWatch has no datapoint.
        problems: What is not well.
    """

    name: str
    physical: str
    visible: int | None
    in_flight: int | None
    delayed: int | None
    dead: int | None
    oldest_seconds: int | None
    problems: tuple[Problem, ...] = ()


def _counts(place: StackAccount, name: str) -> dict[str, int] | None:
    """Give the figures of a queue by `_COUNTS`; None if there is no such queue."""
    about = f"queue {name}"
    try:
        url = place.ask("sqs", "get_queue_url", about, QueueName=name)["QueueUrl"]
        given = place.ask(
            "sqs", "get_queue_attributes", about, QueueUrl=url, AttributeNames=[*_COUNTS.values()]
        )
    except AwsError as error:
        if error.name in ABSENT:
            return None
        raise
    return {key: int(given["Attributes"].get(attribute, 0)) for key, attribute in _COUNTS.items()}


def ages(place: StackAccount, names: Sequence[str]) -> dict[str, int]:
    """Give the age of the oldest message in seconds by physical queue name, where there is a datapoint.

    Raises:
        AwsError: CloudWatch does not say.
    """
    until = datetime.now(UTC)
    found: dict[str, int] = {}
    for start in range(0, len(names), _AT_A_TIME):
        asked = {f"q{index}": name for index, name in enumerate(names[start : start + _AT_A_TIME])}
        pages = place.pages(
            "cloudwatch",
            "get_metric_data",
            "the queues' metrics",
            MetricDataQueries=[_metric(key, name) for key, name in asked.items()],
            StartTime=until - _LOOK_BACK,
            EndTime=until,
            ScanBy="TimestampDescending",
        )
        for page in pages:
            for one in page["MetricDataResults"]:
                if one["Values"]:
                    found.setdefault(asked[one["Id"]], int(one["Values"][0]))
    return found


def _metric(key: str, queue: str) -> Mapping[str, Any]:
    metric = {
        "Namespace": "AWS/SQS",
        "MetricName": "ApproximateAgeOfOldestMessage",
        "Dimensions": [{"Name": "QueueName", "Value": queue}],
    }
    return {"Id": key, "MetricStat": {"Metric": metric, "Period": _PERIOD_SECONDS, "Stat": "Maximum"}}


def _problems(
    queue: Queue, counts: dict[str, int] | None, dead: int | None, age: int | None, limits: Thresholds
) -> list[Problem]:
    found: list[Problem] = []
    make = "make it: ./pulumiw up"
    if counts is None:
        found.append(Problem("the queue does not exist", make))
    if dead is None:
        found.append(Problem(f"its dead-letter queue {queue.dead_letter_name} does not exist", make))
    elif dead:
        found.append(Problem(f"dead letters: {dead}", "docs/runbooks.md#dead-letters"))
    if counts and counts["visible"] >= limits.queue_messages:
        found.append(Problem(f"{counts['visible']} messages wait", "docs/runbooks.md#queue-depth"))
    if age is not None and age >= limits.message_age_seconds:
        found.append(Problem(f"the oldest message is {age} s old", "docs/runbooks.md#queue-age"))
    return found


def state(place: StackAccount, settings: Settings, name: str, known: Mapping[str, int]) -> QueueState:
    """Give the state of one queue.

    Args:
        place: Where to ask.
        settings: Names, and from where on something is a problem: the thresholds of the alarms.
        name: Its logical name.
        known: What `ages` gave.

    Raises:
        AwsError: SQS does not say.
    """
    queue = settings.queues[name]
    counts, letters = _counts(place, queue.name), _counts(place, queue.dead_letter_name)
    dead = None if letters is None else sum(letters.values())
    age = known.get(queue.name)
    limits = settings.observability.thresholds if settings.observability else Thresholds()
    given = counts or {}
    return QueueState(
        name,
        queue.name,
        given.get("visible"),
        given.get("in_flight"),
        given.get("delayed"),
        dead,
        age,
        tuple(_problems(queue, counts, dead, age, limits)),
    )


def _badness(one: QueueState) -> tuple[Any, ...]:
    """Give what sorts the worst first: missing, dead letters, age, what waits."""
    missing = one.visible is None or one.dead is None
    figures = (one.dead or 0, one.oldest_seconds or 0, one.visible or 0, one.in_flight or 0)
    return (not missing, not one.problems, *(-figure for figure in figures), one.name)


def survey(place: StackAccount, settings: Settings) -> list[QueueState]:
    """Give all queues of a stack, worst first.

    Raises:
        AwsError: AWS does not say.
    """
    known = ages(place, [one.name for one in settings.queues.values()])
    return sorted(
        in_parallel(lambda name: state(place, settings, name, known), settings.queues), key=_badness
    )
